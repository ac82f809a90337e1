# Programs: starts a program, and says what the kernel knows of its processes. A program that hangs
# cannot say so itself; the scheduler can.
package Programs;
use v5.36;
use POSIX ();

use constant RESTS => "\nvoluntary_ctxt_switches:";    # in proc_pid_status(5)

# In a process group of its own, so that all of its processes can be found, and killed. Returns the
# process that leads it; nothing when there is no room for one more.
sub start (@argv) {
    my $pid = fork // return;
    return $pid if $pid != 0;
    $SIG{$_} = 'DEFAULT' for qw(TERM HUP CHLD INT);
    setpgrp 0, 0;
    setpriority 0, 0, -10;    # ahead of what is not in the path of requests
    exec { $argv[0] } @argv or print STDERR "init: $argv[0]: $!\n";
    POSIX::_exit(127);
}

# How many children a process has.
sub children ($parent) {
    return scalar grep { ((fields("/proc/$_/stat"))[1] // 0) == $parent } numbers('/proc');
}

# Every thread of a program that leads a process group: its state as in ps(1), and how often it gave
# up the processor because it had nothing to do.
sub threads ($group) {
    my @found;
    for my $process (numbers('/proc')) {
        my (undef, undef, $of) = fields("/proc/$process/stat") or next;
        next unless $of == $group;
        for my $task (map { "/proc/$process/task/$_" } numbers("/proc/$process/task")) {
            my ($state) = fields("$task/stat") or next;
            push @found, { state => $state, rests => rests("$task/status") };
        }
    }
    return @found;
}

# Of the program that leads a process group: `stopped` when a signal has stopped a part of it, `gone` when
# none of it is left, else `runs`.
sub standing ($group) {
    my @threads = grep { $_->{state} ne 'Z' } threads($group);
    return !@threads ? 'gone' : pulse(@threads) eq 'T' ? 'stopped' : 'runs';
}

# Whether some of these threads only wait for a processor, or for a disk: then their program is slow,
# and does not hang.
sub wait_in_line (@threads) {
    return scalar grep { $_->{state} =~ /[RD]/ } @threads;
}

# A text that changes while they work, and 'T' when a signal has stopped one of them.
sub pulse (@threads) {
    return 'T' if grep { $_->{state} =~ /[Tt]/ } @threads;
    return join ' ', map { "$_->{state}$_->{rests}" } @threads;
}

# State, parent, process group: what follows the name in proc_pid_stat(5), which may hold anything.
sub fields ($path) {
    my $text = content($path);
    my $name = rindex $text, ') ';
    return $name < 0 ? () : (split ' ', substr($text, $name + 2, 64), 4)[ 0 .. 2 ];
}

sub rests ($path) {
    my $text = content($path);
    my $line = index $text, RESTS;
    return $line < 0 ? 0 : substr($text, $line + length RESTS, 24) =~ /^\s*(\d+)/ ? $1 : 0;
}

# The names in a directory that are numbers: processes, threads.
sub numbers ($directory) {
    opendir my $names, $directory or return;
    return grep { /^\d+$/ } readdir $names;
}

# What a file of /proc says, '' when its process is gone. They are read ten times a second, so without
# Perl's own files, which need five more system calls for each.
sub content ($path) {
    my $file = POSIX::open($path) // return '';
    my $text = '';
    POSIX::read($file, $text, 8192);
    POSIX::close($file);
    return $text;
}

1;
