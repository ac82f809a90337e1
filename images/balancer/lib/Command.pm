# Command: runs another program, never for longer than its caller allows. Process 1 of a balancer
# cannot wait for a program that hangs.
package Command;
use v5.36;
use POSIX qw(:sys_wait_h);
use Run;

my %begun;    # those that nobody waits for, by process: when they must have ended
my %asked;    # those of them that are listened to: how they have ended

# Waits for it, for so many seconds at most. Returns its status as in $?, undef when it did not end in
# time or could not be started, and what it said on both of its streams.
sub run ($seconds, @argv) {
    my $end = Run::now() + $seconds;
    pipe my $reader, my $writer or return (undef, "pipe: $!\n");
    my $pid = launch($writer, @argv) // return (undef, "fork: $!\n");
    close $writer;
    my $said = read_all($reader, $end);
    return (status($pid, $end), $said);
}

# What an ordinary command says, '' when it failed.
sub answer ($seconds, @argv) {
    my ($status, $said) = run($seconds, @argv);
    return defined $status && $status == 0 ? $said : '';
}

# Starts it, and does not wait. `ended` and `kill_overdue` see to its end.
sub begin ($seconds, @argv) {
    open my $nothing, '>', '/dev/null' or return;
    my $pid = launch($nothing, @argv) // return;
    $begun{$pid} = Run::now() + $seconds;
}

# Starts it, and does not wait: what it says is `heard` by and by.
sub ask ($seconds, @argv) {
    pipe my $reader, my $writer or return;
    my $pid = launch($writer, @argv) // return;
    $reader->blocking(0);
    $begun{$pid} = Run::now() + $seconds;
    $asked{$pid} = undef;
    return { pid => $pid, reader => $reader, said => '' };
}

# What an ordinary command said, when it has ended; '' when it failed; undef while it goes on. Whether it
# failed is in `good`.
sub heard ($question) {
    my $read;
    while ($read = sysread $question->{reader}, my $part, 65536) { $question->{said} .= $part }
    return undef unless defined $read;
    my $pid = $question->{pid};
    ended($pid) if !defined $asked{$pid} && waitpid($pid, WNOHANG) == $pid;
    return undef unless defined $asked{$pid};
    $question->{good} = delete($asked{$pid}) == 0;
    return $question->{good} ? $question->{said} : '';
}

# One that has been waited for just now: its status is in $?.
sub ended ($pid) {
    delete $begun{$pid};
    $asked{$pid} = $? if exists $asked{$pid};
}

sub kill_overdue () {
    for my $pid (keys %begun) { kill 'KILL', -$pid if Run::now() > $begun{$pid} }
}

# In a process group of its own, so that what it starts can be killed with it.
sub launch ($output, @argv) {
    my $pid = fork // return;
    if ($pid != 0) {
        setpgrp $pid, $pid;
        return $pid;
    }
    $SIG{$_} = 'DEFAULT' for qw(TERM HUP CHLD INT);
    setpgrp 0, 0;
    POSIX::dup2(fileno $output, $_) for 1, 2;
    exec { $argv[0] } @argv or print STDERR "$argv[0]: $!\n";
    POSIX::_exit(127);
}

sub read_all ($reader, $end) {
    my $said = '';
    while ((my $left = $end - Run::now()) > 0) {
        vec(my $ready = '', fileno $reader, 1) = 1;
        next if select($ready, undef, undef, $left) <= 0;    # -1: a signal came
        last if !sysread $reader, my $part, 65536;
        $said .= $part;
    }
    return $said;
}

# It may have closed its streams and go on.
sub status ($pid, $end) {
    while (1) {
        return $? if waitpid($pid, WNOHANG) == $pid;
        last if Run::now() >= $end;
        select undef, undef, undef, 0.002;
    }
    kill 'KILL', -$pid;
    Run::await(0.2, sub { waitpid($pid, WNOHANG) != 0 });
    return undef;    # one value in a list, too
}

1;
