# Where the VIP stays (vip.return: never), a balancer that comes back does not take it; one that is better
# does, and a planned move brings it home. The same histories with the usual rule show the difference.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use Judge;
use Test::More;
use World;

# A world that has come to rest, and what is wrong with it so far.
sub settled ($count, $stays) {
    srand 7;
    my $world = World->new(count => $count, stays => $stays);
    my $judge = Judge->new($world, { loop => 0, inotify => 0 });
    World::start_container($world, $_) for $world->nodes;
    rest($world, $judge);
    return ($world, $judge);
}

sub rest ($world, $judge) {
    my $end = $world->{now} + 10;
    $world->run_until($world->{now} + 0.1, sub { $judge->look }) until $world->{now} >= $end || $judge->is_settled;
}

sub wait_for ($world, $judge, $seconds) { $world->run_until($world->{now} + $seconds, sub { $judge->look }) }

# A planned move to the first one: the others yield until it has the VIP.
sub home ($world, $judge) {
    my (undef, @others) = $world->nodes;
    $_->{duty} = 'yield' for @others;
    wait_for($world, $judge, 1);
    $_->{duty} = 'serve' for @others;
    rest($world, $judge);
}

sub owner ($world) { return join ' and ', map { $_->{name} =~ s/haproxy-//r } grep { $_->{vips}{''} } $world->nodes }

# What breaks and heals one balancer, and whether it lets the VIP go.
my %fault = (
    'its container dies'  => [ \&World::die_container, \&World::start_container ],
    'its HAProxy dies'    => [ sub ($w, $n) { World::haproxy_ends($w, $n, 9) }, sub ($w, $n) { } ],
    'it sees no web server' => [ sub ($w, $n) { World::servers($w, $n, 0, 0) }, sub ($w, $n) { World::servers($w, $n, 1, 0) } ],
    'its listeners are dropped' => [ sub ($w, $n) { World::drop($w, $n, 'everywhere') }, sub ($w, $n) { World::drop($w, $n, '') } ],
    'it yields'           => [ sub ($w, $n) { $n->{duty} = 'yield' }, sub ($w, $n) { $n->{duty} = 'serve' } ],
    'it is in maintenance' => [ sub ($w, $n) { $n->{duty} = 'maintenance' }, sub ($w, $n) { $n->{duty} = 'serve' } ],
);

for my $count (2, 3) {
    for my $what (sort keys %fault) {
        my ($break, $heal) = @{ $fault{$what} };
        for my $stays (0, 1) {
            my ($world, $judge) = settled($count, $stays);
            my ($first, $second) = $world->nodes;
            home($world, $judge) if $stays;    # who served first has it
            is(owner($world), 'a', 'the first one begins');
            for my $round ([ $first, 'b' ], [ $second, 'a' ]) {
                my ($node, $next) = @$round;
                next if !$stays && $node != $first;
                wait_for($world, $judge, 2);    # until its listeners have answered for a while
                $break->($world, $node);
                wait_for($world, $judge, 4);
                is(owner($world), $next, "$count balancers, $what: $next has it") unless $what =~ /HAProxy/ && !$stays;
                $heal->($world, $node);
                wait_for($world, $judge, 4);
                rest($world, $judge);
                is(owner($world), $stays ? $next : 'a', "$count balancers, $what and is well again, stays=$stays");
            }
            is_deeply([ $judge->violations, @{ $world->{wrong} } ], [], 'the bounds hold');
        }
    }
}

done_testing;
