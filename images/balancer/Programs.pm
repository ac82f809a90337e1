# Programs: starts a program, and says what the kernel knows of its processes. A program that hangs
# cannot say so itself; the scheduler can.
package Programs;
use v5.36;
use POSIX ();

# In a process group of its own, so that all of its processes can be found, and killed. Returns the
# process that leads it.
sub start (@argv) {
    my $pid = fork // die "init: fork: $!\n";
    return $pid if $pid != 0;
    $SIG{$_} = 'DEFAULT' for qw(TERM HUP CHLD INT);
    setpgrp 0, 0;
    setpriority 0, 0, -10;    # ahead of what is not in the path of requests
    exec { $argv[0] } @argv or print STDERR "init: $argv[0]: $!\n";
    POSIX::_exit(127);
}

# How many children a process has.
sub children ($parent) {
    return scalar grep { ((fields($_))[1] // 0) == $parent } glob '/proc/[0-9]*/stat';
}

# Every thread of a program that leads a process group: its state as in ps(1), and how often it gave
# up the processor because it had nothing to do.
sub threads ($group) {
    my @found;
    for my $stat (glob '/proc/[0-9]*/stat') {
        my ($state, undef, $of) = fields($stat) or next;
        next unless $of == $group;
        my $process = $stat =~ s{/stat$}{}r;
        for my $task (glob "$process/task/[0-9]*") {
            my ($state) = fields("$task/stat") or next;
            push @found, { state => $state, rests => rests("$task/status") };
        }
    }
    return @found;
}

# Whether it only waits for a processor, or for a disk: then it is slow, and does not hang.
sub waits ($group) {
    return scalar grep { $_->{state} =~ /[RD]/ } threads($group);
}

# A text that changes while the program works, and 'T' when a signal has stopped a part of it.
sub pulse ($group) {
    my @threads = threads($group);
    return 'T' if grep { $_->{state} =~ /[Tt]/ } @threads;
    return join ' ', map { "$_->{state}$_->{rests}" } @threads;
}

# State, parent, process group: what follows the name in proc_pid_stat(5), which may hold anything.
sub fields ($path) {
    open my $file, '<', $path or return;
    my $line = <$file> // return;
    return split ' ', $line =~ s/^.*\) //sr;
}

sub rests ($path) {
    open my $file, '<', $path or return 0;
    my ($line) = grep { /^voluntary_ctxt_switches/ } <$file>;
    return ($line // '') =~ /(\d+)/ ? $1 : 0;
}

1;
