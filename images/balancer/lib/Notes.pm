# Notes: what the init writes into files for others. A file that cannot be written, on a disk that is
# full and that did not have it before, say, never ends the init, nor does it keep it from anything: the line is written later. Only
# the last word counts.
package Notes;
use v5.36;
use Run;

my %write = (put => \&Run::put, track => \&Run::track);
my %owed;    # by name: how it is written, and the line
my %told;    # those of which the log has spoken
my ($who) = $0 =~ m{([^/]*)$};

# @param how `put`, or `track` for a track file
sub leave ($how, $name, $line) {
    $owed{$name} = [ $how, $line ];
    pay($name);
}

# There is nothing to say any more.
sub forget ($name) {
    delete $owed{$name};
    Run::blank($name);
}

# Tries again to write what could not be written.
sub pay_all () { pay($_) for sort keys %owed }

# The names of the files that still say something else.
sub owed () { return sort keys %owed }

sub pay ($name) {
    my ($how, $line) = @{ $owed{$name} };
    if (eval { $write{$how}->($name, $line); 1 }) {
        delete $owed{$name};
        print STDERR "$who: $name is written again\n" if delete $told{$name};
        return;
    }
    print STDERR "$who: cannot write, and tries again: $@" unless $told{$name}++;
}

1;
