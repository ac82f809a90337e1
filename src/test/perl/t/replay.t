# The simulation is no toy: three takeovers of a real site (src/test/perl/record) are played again in it, and
# it must agree on who has the VIP, on the order of what each balancer does, and on the times.
#
# What is taken from a recording: when in the interval between two adverts the fault came, and how long HAProxy
# and Keepalived took to start and to end, because that is theirs and not the init's. Everything else is the simulation's.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use Judge;
use List::Util qw(first);
use Test::More;
use World;

# An advert, which moves with the phase that Keepalived's timer happens to have, and a pass of the init's
# loop: the simulation and the recording need not agree on these two.
use constant TOLERANCE => 0.05 + World::LOOP;

my %break = (
    'haproxy-killed'   => sub ($world, $node) { World::haproxy_ends($world, $node, 9) },
    'container-killed' => \&World::die_container,
    'balancer-stopped' => sub ($world, $node) { World::inform($world, $node, signal => 'TERM') },
);

# Lines of time, node and what happened; times count from the fault.
sub recorded ($name) {
    return map { [ /^\s*(\S+)\s+haproxy-(\w)\s+(.*)/ ] } grep { /\S/ } split /^/,
        Home::text("$Home::TESTS/recordings/$name.txt");
}

# The same of the simulation, in the words of a recording.
sub simulated ($name, @recorded) {
    srand 1;
    my $world = World->new(count => 2, tracing => 1);
    my $judge = Judge->new($world, { loop => 0, inotify => 0 });
    my $look  = sub { $judge->look };
    my ($first, @others) = $world->nodes;
    World::start_container($world, $_) for $world->nodes;
    $world->run_until($world->{now} + 0.1, $look) until $judge->is_settled;
    $world->run_until($world->{now} + 1, $look);

    my $time = sub ($what) { (first { $_->[1] eq 'a' && $_->[2] eq $what && $_->[0] >= 0 } @recorded)->[0] };
    local %World::DELAY = %World::DELAY;
    if ($name eq 'haproxy-killed') {
        my $back = $time->('track haproxy_down 0') - $time->('track haproxy_down 1');
        @World::DELAY{qw(haproxy_start haproxy_checks)} = ([ 0.02, 0.02 ], [ $back - 0.07, $back - 0.07 ]);
    } elsif ($name eq 'balancer-stopped') {
        my $drain = $time->('haproxy ended') - $time->('track haproxy_down 1');
        my $end   = $time->('keepalived ended') - $time->('vrrp STOP');
        @World::DELAY{qw(drain keepalived_end)} = ([ $drain, $drain ], [ $end, $end ]);
    }
    my ($last) = map { -$_->[0] } grep { $_->[0] < 0 && $_->[2] =~ /^advert/ && $_->[1] eq 'a' } reverse @recorded;
    my $fault = $first->{keepalived}{of}{''}{advert_at} + $last;
    $world->run_until($fault, $look);
    $world->{trace} = [];
    $break{$name}->($world, $first);
    $world->run_until($fault + 5, $look);
    is_deeply([ $judge->violations, @{ $world->{wrong} } ], [], 'the bounds hold');
    return map { [ $_->[0] - $fault, substr($_->[1], -1), in_words($_->[2]) ] } @{ $world->{trace} };
}

sub in_words ($what) {
    return 'owner' if $what eq 'becomes MASTER';
    return "vrrp $1" if $what =~ /^VRRP (\w+)/;
    return $1 if $what =~ /^(\w+ ended)/;
    return $what;
}

# What both know of.
sub comparable (@events) {
    return grep { $_->[0] >= 0 && $_->[2] =~ /^(track (?!holds)|vrrp|owner|advert 0|(haproxy|keepalived) ended)/ } @events;
}

sub order (@events) { return map { $_->[2] } @events }

sub by_node ($node, $kind, @events) { return grep { $_->[1] eq $node && $_->[2] =~ /^$kind/ } @events }

for my $name (sort keys %break) {
    subtest $name => sub {
        my @real = recorded($name);
        my @model = comparable(simulated($name, @real));
        @real = comparable(@real);
        is_deeply([ map { $_->[1] } grep { $_->[2] eq 'owner' } @model ],
            [ map { $_->[1] } grep { $_->[2] eq 'owner' } @real ], 'who gets the VIP, one after the other');
        for my $node (qw(a b)) {
            for my $kind ('track', 'vrrp', '\w+ ended', 'owner', 'advert 0') {
                my @r = by_node($node, $kind, @real);
                my @m = by_node($node, $kind, @model);
                is_deeply([ order(@m) ], [ order(@r) ], "what haproxy-$node does, in order: $kind") or next;
                for my $i (0 .. $#r) {
                    cmp_ok(abs($r[$i][0] - $m[$i][0]), '<=', TOLERANCE,
                        sprintf '%s %s: %.3f s, simulated %.3f s', $node, $r[$i][2], $r[$i][0], $m[$i][0]);
                }
            }
        }
    };
}

done_testing;
