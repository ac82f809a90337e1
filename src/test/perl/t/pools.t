# Who holds the VIP when balancers have lost pools: the one that serves more, and it moves for nothing else.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use Judge;
use Test::More;
use World;

# What happens, as [ at, place of a balancer, there, pool... ], in so many balancers with three pools; returns
# who held the VIP, in order, and what was wrong.
sub history ($count, @what) {
    srand 7;
    my $world = World->new(count => $count, pools => 3);
    my $judge = Judge->new($world, { loop => 0, inotify => 0 });
    my @held;
    my $look = sub {
        $judge->look;
        my ($owner) = map { $_->{name} } grep { $_->{vips}{''} } $world->nodes;
        push @held, $owner if defined $owner && $owner ne ($held[-1] // '');
    };
    World::start_container($world, $_) for $world->nodes;
    $world->run_until(3, $look);
    my $from = @held;
    for my $one (@what) {
        my ($at, $place, $there, @pools) = @$one;
        World::at($world, 3 + $at, sub { World::servers($world, ($world->nodes)[$place], $there, 0, @pools) });
    }
    $world->run_until(30, $look);
    return ([ @held[ $from - 1 .. $#held ] ], [ $judge->violations, @{ $world->{wrong} } ]);
}

sub held ($what, $count, $expected, @happens) {
    my ($held, $wrong) = history($count, @happens);
    is_deeply($held, [ map { "haproxy-$_" } split / /, $expected ], $what);
    is_deeply($wrong, [], "$what: nothing is wrong");
}

for my $first (0, 1) {
    my $second = 1 - $first;
    held("a pool is down everywhere, and balancer $first finds out first", 2, 'a',
        [ 1, $first, 0, 'web' ], [ 1.3, $second, 0, 'web' ], [ 8, $second, 1, 'web' ], [ 8.2, $first, 1, 'web' ]);
}
held('a pool is down everywhere, and the master alone has lost another one', 2, 'a b a',
    [ 1, 0, 0, 'web' ], [ 1, 1, 0, 'web' ], [ 6, 0, 0, 'pool-2' ], [ 14, 0, 1, 'pool-2' ]);
held('the same, and the backup loses that one too', 2, 'a b a',
    [ 1, 0, 0, 'web' ], [ 1, 1, 0, 'web' ], [ 6, 0, 0, 'pool-2' ], [ 14, 1, 0, 'pool-2' ]);
held('each has lost one, but not the same', 2, 'a', [ 1, 1, 0, 'web' ], [ 5, 0, 0, 'pool-3' ]);
held('one has lost two, the other one', 2, 'a b', [ 1, 0, 0, 'web', 'pool-2' ], [ 1, 1, 0, 'pool-3' ]);
held('the master has lost one for less than GONE', 2, 'a', [ 1, 0, 0, 'web' ], [ 2, 0, 1, 'web' ], [ 3, 0, 0, 'pool-2' ], [ 4, 0, 1, 'pool-2' ]);
held('of three, the one that serves most', 3, 'a c', [ 1, 0, 0, 'web', 'pool-2' ], [ 1, 1, 0, 'web' ], [ 1, 2, 1, 'web' ]);
held('all is lost everywhere', 2, 'a', map { [ 1 + 0.1 * $_, $_, 0, 'web', 'pool-2', 'pool-3' ] } 0, 1);

done_testing;
