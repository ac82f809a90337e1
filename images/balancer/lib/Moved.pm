# Moved: why the VIP came to a balancer, in a sentence, out of what all of them have noted. Pure. The page has the
# same in JavaScript, with what came after (page/moves.js), `tandem why` from the logs.
package Moved;
use v5.36;
use Notices;

use constant { BEFORE => 10, SKEW => 0.06, OVER => 3 };    # seconds

my @CAUSES = (
    [ qr/^duty: \S+ -> yield$/           => 'it was told to yield' ],
    [ qr/^duty: \S+ -> maintenance$/     => 'it was told to go into maintenance' ],
    [ qr/^running -> demoting$/          => 'it was told to stop' ],
    [ qr/^haproxy ended at (\S+): signal (\d+)$/    => 'HAProxy ended with signal %s' ],
    [ qr/^haproxy ended at (\S+): exit (\d+)$/      => 'HAProxy ended with exit code %s' ],
    [ qr/^no interface holds /           => 'its interface on the LAN was gone' ],
    [ qr/^clients do not reach .* here; / => 'clients did not reach one of its listeners' ],
    [ qr/ does not reach .* here$/       => 'one of its listeners was not reached' ],
    [ qr/^haproxy_down=1$/               => 'HAProxy did not answer' ],
    [ qr/^keepalived hangs: /            => 'Keepalived hung' ],
    [ qr/^keepalived ended at (\S+): signal (\d+)$/ => 'Keepalived ended with signal %s' ],
    [ qr/^keepalived ended at (\S+): exit (\d+)$/   => 'Keepalived ended with exit code %s' ],
    [ qr/^servers_down=[1-9]/            => 'it saw no server up' ],
);
my $RETURNS = qr/^(?:(?:haproxy_down|servers_down|listener_down|leaving|maintenance)=0|starting -> running|keepalived started, |LAN interface is |duty: \S+ -> serve$)/;

# @param to who took it
# @param at when, in seconds
# @param time the same as it was noted
# @param events of all balancers: node, time, text
sub sentence ($to, $at, $time, @events) {
    my @all = sort { $a->{at} <=> $b->{at} } map { { %$_, at => Notices::seconds($_->{time}) // 0 } } @events;
    my ($had) = reverse grep { $_->{text} eq 'VRRP MASTER' && $_->{at} < $at - 0.0005 } @all;
    $had = still_master($to, $at, @all) // $had if $had && $had->{node} eq $to;
    my $clock = clock($time);
    return "$to holds the VIP since $clock" unless $had;
    my $from  = $had->{node};
    my @near  = grep { $_->{node} eq $from && $_->{at} > max($had->{at}, $at - BEFORE) && $_->{at} <= $at + SKEW } @all;
    my $cause = cause(fresh($at, @near));
    if ($cause) {
        my $later = Notices::span($at - $cause->{at});
        return "$from: $cause->{words} at " . clock($cause->{time}) . "; $to held the VIP " . ($from eq $to ? 'again ' : '') . "$later later";
    }
    return "$to was well again and took the VIP back from $from at $clock"
        if $from ne $to && grep { $_->{node} eq $to && $_->{at} > $at - BEFORE && $_->{at} <= $at && $_->{text} =~ $RETURNS } @all;
    return $from eq $to ? "$to holds the VIP again since $clock" : "$to heard no more of $from and holds the VIP since $clock";
}

# Who never said that it is master no more, when the one that takes it had it before, and then not.
sub still_master ($to, $at, @all) {
    my @vrrp = grep { $_->{text} =~ /^VRRP / && $_->{at} < $at - 0.0005 } @all;
    my ($gone) = reverse grep { $_->{node} eq $to } @vrrp;
    return undef if !$gone || $gone->{text} eq 'VRRP MASTER';
    my %last = map { $_->{node} => $_ } grep { $_->{at} <= $gone->{at} } @vrrp;
    my ($still) = grep { $_->{node} ne $to && $_->{text} eq 'VRRP MASTER' } map { $last{$_} } sort keys %last;
    return $still;
}

# Without what was over: it could hold the VIP again before what it noted last, or long before the move.
sub fresh ($at, @near) {
    my @said  = grep { my $event = $_; grep { $event->{text} =~ $_->[0] } @CAUSES } grep { $_->{at} <= $at } @near;
    my $until = max($at - OVER, @said ? $said[-1]{at} : 0);
    my ($again) = reverse grep { $_->{text} =~ $RETURNS && $_->{at} < $until } @near;
    return $again ? grep { $_->{at} >= $again->{at} } @near : @near;
}

sub cause (@near) {
    for my $one (@CAUSES) {
        my ($pattern, $words) = @$one;
        for my $event (@near) {
            my ($when, $how) = $event->{text} =~ $pattern or next;
            my $exact = defined $how ? $when : $event->{time};
            return { time => $exact, at => Notices::seconds($exact) // $event->{at}, words => defined $how ? sprintf($words, $how) : $words };
        }
    }
    return undef;
}

sub clock ($time) { return ($time =~ /T(\S+)Z/)[0] . ' UTC' }

sub max ($one, $other) { return $one > $other ? $one : $other }

1;
