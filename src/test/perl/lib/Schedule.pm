# Schedule: what is broken when, and healed again, out of one seed; and what a World makes of it.
package Schedule;
use v5.36;
use Judge;
use World;

# Each fault: how likely it is, and what breaks and what heals it. Some heal by themselves.
my %fault = (
    'haproxy dies'          => [ 3, sub ($w, $n) { World::haproxy_ends($w, $n, 9) } ],
    'haproxy hangs'         => [ 3, \&World::hang_haproxy, \&World::wake_haproxy ],
    'haproxy is slow'       => [ 2, slow_haproxy(1), slow_haproxy(0) ],
    'keepalived dies'       => [ 2, sub ($w, $n) { SimulatedVrrp::kill_process($w, $n, 9) } ],
    'keepalived is stopped' => [ 2, sub ($w, $n) { SimulatedVrrp::hang($w, $n, 'stopped') } ],
    'keepalived sleeps'     => [ 2, \&sleep_keepalived ],
    'container is killed'   => [ 2, \&World::die_container, \&World::start_container ],
    'container is paused'   => [ 2, \&World::freeze, \&World::thaw ],
    'container stops'       => [ 2, sub ($w, $n) { World::inform($w, $n, signal => 'TERM') if $n->{up} } ],
    'LAN is cut'            => [ 3, cut(1), cut(0) ],
    'LAN is unplugged'      => [ 1, \&World::unplug, sub ($w, $n) { World::plug($w, $n, 'eth' . int rand 3) } ],
    'web servers are gone'  => [ 3, servers(0, 0), servers(1, 0) ],
    'web servers are late'  => [ 1, servers(0, 1), servers(1, 0) ],
    'a pool is gone'        => [ 3, pool(0), pool(1) ],
    'another pool is gone'  => [ 2, pool(0, -1), pool(1, -1) ],
    'one pool is gone everywhere, another one here' => [ 3, uneven(0), uneven(1) ],
    'listeners are dropped on the LAN' => [ 4, dropped('on the LAN'), dropped('') ],
    'listeners are dropped' => [ 4, dropped('everywhere'), dropped('') ],
    'duty is yield'         => [ 2, duty('yield'), duty('serve') ],
    'duty is maintenance'   => [ 2, duty('maintenance'), duty('serve') ],
    'the loop is slow'      => [ 1, sub ($w, $n) { $n->{slow} = 1 }, sub ($w, $n) { $n->{slow} = 0 } ],
    'inotify is slow'       => [ 1, sub ($w, $n) { $n->{slow_inotify} = 1 }, sub ($w, $n) { $n->{slow_inotify} = 0 } ],
);
my @by_chance = map { ($_) x $fault{$_}[0] } sort keys %fault;

sub faults () { return sort keys %fault }

sub slow_haproxy ($slow) {
    return sub ($world, $node) {
        $node->{haproxy}{slow} = $slow if $node->{haproxy};
        $node->{rested_at} = $world->{now} unless $slow;
        $world->{dirty} = 1;
    };
}

# Before it takes part, nobody can tell whether it sleeps or waits for something.
sub sleep_keepalived ($world, $node) {
    my $state = SimulatedVrrp::standing($node->{keepalived} ? $node : return);
    SimulatedVrrp::hang($world, $node, 'asleep') if $state eq 'MASTER' || $state eq 'BACKUP';
}

sub cut ($cut) {
    return sub ($world, $node) {
        World::trace($world, $node, $cut ? 'LAN cut' : 'LAN healed');
        $node->{cut} = $cut;
        $world->{dirty} = 1;
    };
}

sub servers ($there, $late) { return sub ($world, $node) { World::servers($world, $node, $there, $late) } }

# The first one of several, or another one.
sub pool ($there, $which = 0) {
    return sub ($world, $node) { World::servers($world, $node, $there, 0, $world->{pools}[$which]) };
}

sub uneven ($there) {
    return sub ($world, $node) {
        my ($everywhere, $here) = @{ $world->{pools} }[ 0, -1 ];
        World::servers($world, $_, $there, 0, $everywhere) for $world->nodes;
        World::servers($world, $node, $there, 0, $here);
    };
}

sub dropped ($where) { return sub ($world, $node) { World::drop($world, $node, $where) } }

sub duty ($word) {
    return sub ($world, $node) { $node->{duty} = $word; $world->{dirty} = 1 };
}

use constant SETTLED => 8;     # seconds after the last heal within which all must be well

# Runs the history of this seed. Returns what was wrong, and the World.
#
# @param change_weights, tracing as for World
sub run ($seed, %given) {
    srand $seed;
    my $count = rand() < 0.65 ? 2 : 3;
    my $handover = $count == 2 && rand() < 0.8;
    my $pools = rand() < 0.5 ? 1 : 2 + int rand 3;
    my $world = World->new(count => $count, pools => $pools, handover => $handover, stays => $seed % 3 == 0,
        spread => $seed % 3 == 1, %given);
    $world->{slow_adverts} = rand() < 0.3 ? 0.1 : 0;
    my ($last, %late) = plan($world);
    my $judge = Judge->new($world, { loop => $late{loop} ? $World::DELAY{slow_loop}[1] : 0, inotify => $late{inotify} });
    my $look  = sub { $judge->look };
    for my $node ($world->nodes) { World::at($world, rand 0.2, sub { World::start_container($world, $node) }) }
    $world->run_until($last, $look);
    restart($world);
    my $end = $last + SETTLED;
    while ($world->{now} < $end && !$judge->is_settled) { $world->run_until($world->{now} + 0.1, $look) }
    my @wrong = ($judge->violations, @{ $world->{wrong} });
    push @wrong, sprintf 'not settled %d s after the last heal, at %.3f s: %s', SETTLED, $last, state_of($world)
        unless $judge->is_settled;
    $world->end;
    return (\@wrong, $world);
}

# What breaks, and when it is healed: on one balancer or, now and then, on all of them. Returns when the last
# is over.
sub plan ($world) {
    my @nodes = $world->nodes;
    my $last  = 0;
    my %late;
    my %busy;    # what is already broken there
    for (1 .. 1 + int rand 4) {
        my $name  = $by_chance[ rand @by_chance ];
        my $begin = 0.3 + rand 0.9;
        my $is_web = $name =~ /^(?:web servers|listeners|.*pool)/;    # it takes long until something follows
        my $lasts = rand() > ($is_web ? 0.3 : 0.1) ? 0.02 + rand 0.8 : $is_web ? 2.5 + rand 1.5 : 1 + rand 2;
        $begin += 1.5 if $name =~ /^listeners/;    # when all have served for long enough to be judged
        $late{loop}    = 1 if $name eq 'the loop is slow';
        $late{inotify} = 1 if $name eq 'inotify is slow';
        for my $node (rand() < 0.2 ? @nodes : $nodes[ rand @nodes ]) {
            next if $busy{"$name $node->{place}"}++;
            my $from = $begin + rand 0.3;
            my $to   = $from + $lasts + rand 0.3;
            World::at($world, $from, sub {
                World::trace($world, $node, "FAULT $name");
                $node->{stirred} = $world->{now} unless $name =~ /^listeners/;
                $fault{$name}[1]->($world, $node);
            });
            if ($fault{$name}[2]) { World::at($world, $to, sub { heal($world, $node, $name) }) }
            $last = $to if $to > $last;
        }
    }
    return ($last + 0.001, %late);
}

sub heal ($world, $node, $name) {
    World::trace($world, $node, "HEAL $name");
    $node->{stirred} = $world->{now} unless $name =~ /^listeners/;
    $fault{$name}[2]->($world, $node);
}

# Containers that have ended, or will, are started again, as somebody would.
sub restart ($world) { start_again($world, $_) for $world->nodes }

sub start_again ($world, $node) {
    World::start_container($world, $node) if !$node->{up};
    World::at($world, $world->{now} + 0.2, sub { start_again($world, $node) });
}

sub state_of ($world) {
    return join '; ', map {
        my $node = $_;
        my %track = %{ ($node->{state} // {})->{track} // {} };
        "$node->{name} " . join ' ', ($node->{keepalived} ? SimulatedVrrp::standing($node) : 'no Keepalived'),
            (map { $_ eq '' ? 'VIP' : "VIPs of $_" } grep { $node->{vips}{$_} } @{ $world->{owners} }), ($node->{state} // {})->{phase} // 'down', grep { $track{$_} } sort keys %track
    } $world->nodes;
}

# The history as text, for whoever wants to know what went wrong.
sub history ($world) {
    return map { sprintf '%8.4f  %-10s %s', @$_ } grep { $_->[2] !~ /^advert/ } @{ $world->{trace} };
}

1;
