# Shares: how many requests of each web server have failed lately, for `tandem status`. HAProxy counts since
# the start of its worker; after ten good days a server that fails everything would look well. So counters are
# kept for a minute. Pure: a state, rows of `show stat` and the time give the next state.
#
# A server that is not up begins from 0 when it is: what was before is known, and has been dealt with.
package Shares;
use v5.36;
use Stats;

use constant {
    WINDOW => 60,    # seconds that are told
    LATELY => 5,     # the last ones of them, and up to EVERY more: does it still go on?
    EVERY  => 5,     # seconds between two samples that are kept
};

my @COUNTED = qw(tries failed given_up answers_4xx);

# @param rows of web servers
sub look ($state, $rows, $now) {
    my %next;
    for my $row (@$rows) {
        my $name = "$row->{pxname}/$row->{svname}";
        my %raw  = (tries => $row->{stot}, failed => Stats::failed($row), given_up => $row->{cli_abrt},
            answers_4xx => $row->{hrsp_4xx});
        my $one  = $state->{$name} // { raw => \%raw, total => { map { $_ => 0 } @COUNTED }, samples => [] };
        my %total   = grown($one, \%raw);
        my @samples = $row->{status} =~ /^UP/ ? @{ $one->{samples} } : ();
        push @samples, [ $now, @total{@COUNTED} ] if !@samples || $now - $samples[-1][0] >= EVERY;
        shift @samples while @samples > 1 && $samples[1][0] <= $now - WINDOW;
        $next{$name} = { raw => \%raw, total => \%total, samples => \@samples };
    }
    return \%next;
}

# Over reloads: a new worker counts from 0.
sub grown ($one, $raw) {
    my $begun = $raw->{tries} < $one->{raw}{tries};
    return map { $_ => $one->{total}{$_} + ($begun ? $raw->{$_} : more($raw->{$_}, $one->{raw}{$_})) } @COUNTED;
}

sub more ($now, $before) { return $now > $before ? $now - $before : 0 }

# A line for each: name, seconds, requests, those that failed, those that clients gave up, how many of both were
# in the last seconds, and answers 4xx, which are no failures: clients asked for what there is not.
sub lines ($state, $now) { return map { line($_, $state->{$_}, $now) } sort keys %$state }

sub line ($name, $one, $now) {
    my ($begin, @later) = @{ $one->{samples} };
    my ($late) = grep { $_->[0] <= $now - LATELY } reverse @later;
    my @now    = ($now, @{ $one->{total} }{@COUNTED});
    my @since  = map { $now[$_] - $begin->[$_] } 0 .. $#now;
    my @lately = map { $now[$_] - ($late // $begin)->[$_] } 0 .. $#now;
    return join ' ', $name, int $since[0], @since[1 .. 3], $lately[2] + $lately[3], $since[4];
}

1;
