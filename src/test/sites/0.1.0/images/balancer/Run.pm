# Run: the files in /run/tandem, in which the programs of this container tell each other what they
# know. A line each; node-state hands them on.
package Run;
use v5.36;
use POSIX qw(strftime);
use Time::HiRes qw(sleep time clock_gettime CLOCK_MONOTONIC);

use constant DIR => '/run/tandem';

sub path ($name) { return DIR . "/$name" }

# Whole or not at all: somebody may read it at this moment.
sub put ($name, $line) {
    my $new = path(".$name.$$");
    open my $file, '>', $new or die "$new: $!\n";
    print $file "$line\n";
    close $file or die "$new: $!\n";
    rename $new, path($name) or die path($name) . ": $!\n";
}

# A track file is written in place: that is what Keepalived watches for.
sub track ($name, $value) {
    open my $file, '>', path($name) or die path($name) . ": $!\n";
    print $file "$value\n";
    close $file or die path($name) . ": $!\n";
}

# The first line, nothing when there is none.
sub get ($name) { return first_line(path($name)) }

sub remove ($name) { unlink path($name) }

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

# Looks again and again until it holds; whether it did within so many seconds.
sub await ($seconds, $holds) {
    my $end = clock_gettime(CLOCK_MONOTONIC) + $seconds;
    while (!$holds->()) {
        return 0 if clock_gettime(CLOCK_MONOTONIC) > $end;
        sleep 0.02;
    }
    return 1;
}

1;
