# Run: the files in /run/tandem, in which the programs of this container tell each other what they
# know. A line each; node-state hands them on.
package Run;
use v5.36;
use Fcntl qw(O_CREAT O_WRONLY);
use POSIX qw(strftime);
use Time::HiRes qw(sleep time clock_gettime CLOCK_MONOTONIC);

our $DIR = '/run/tandem';    # the tests have another one

sub path ($name) { return "$DIR/$name" }

# Whole or not at all: somebody may read it at this moment. On a disk that is full there is no room for
# a new file beside the old one; then it is written over that one, which needs none.
sub put ($name, $line) {
    return if eval { put_beside($name, $line); 1 };
    my $why = $@;
    eval { put_over($name, $line); 1 } or die $why;
}

sub put_over ($name, $line) {
    sysopen my $file, path($name), O_WRONLY or die "$!\n";    # it is there, or there is no room for it
    my $text = "$line\n";
    (syswrite($file, $text) // 0) == length $text or die "$!\n";
    truncate $file, length $text;
}

# Nothing is said in it any more. The file stays, and with it the room for the next line.
sub blank ($name) { eval { put_over($name, '') } }

sub put_beside ($name, $line) {
    my $new = path(".$name.$$");
    open my $file, '>', $new or die "$new: $!\n";
    my $written = print $file "$line\n";
    $written = close($file) && $written;
    return if $written && rename $new, path($name);
    my $why = $!;
    unlink $new;
    die path($name) . ": $why\n";
}

# A track file is written in place: that is what Keepalived watches for. Over what is there, because an
# empty file would say 0: on a disk that is full, one byte can still replace another.
sub track ($name, $value) {
    my $path = path($name);
    sysopen my $file, $path, O_WRONLY | O_CREAT, 0644 or die "$path: $!\n";
    my $written = syswrite $file, "$value\n";
    close $file;
    die "$path: $!\n" if ($written // 0) != length "$value\n";
}

# Seconds since the machine was started, as in /proc/uptime, which a shell can read too. A container that
# is paused ages; so does one whose machine sleeps.
sub uptime () { return clock_gettime(7) }    # CLOCK_BOOTTIME

# How long ago the init's loop went round last, in milliseconds; nothing when that is not known.
sub turn_age () {
    my $turn = get('turn') // return;
    return $turn =~ /^\s*([\d.]+)$/ ? int 1000 * (uptime() - $1) : undef;
}

# The first line, nothing when there is none, or when it is blank.
sub get ($name) {
    my $line = first_line(path($name)) // return;
    return $line eq '' ? () : $line;
}

# All lines.
sub lines ($name) {
    open my $file, '<', path($name) or return;
    chomp(my @lines = <$file>);
    return @lines;
}

sub first_line ($path) {
    open my $file, '<', $path or return;
    my $line = <$file> // return;
    chomp $line;
    return $line;
}

# The time of day, to milliseconds: 2026-11-22T12:00:00.950Z.
sub time_of_day () {
    my $time = time;
    return strftime('%Y-%m-%dT%H:%M:%S', gmtime $time) . sprintf '.%03dZ', 1000 * ($time - int $time);
}

# Seconds of a clock that does not jump, as the wall clock would.
sub now () { return clock_gettime(CLOCK_MONOTONIC) }

# Looks again and again until it holds; whether it did within so many seconds.
sub await ($seconds, $holds) {
    my $end = now() + $seconds;
    while (!$holds->()) {
        return 0 if now() > $end;
        sleep 0.02;
    }
    return 1;
}

1;
