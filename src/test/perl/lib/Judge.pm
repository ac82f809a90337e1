# Judge: what must hold in a World at every moment, each with a bound that follows from the times of
# Balancer.pm and RFC 9568. A condition that is bad may last for its bound and no longer.
#
#   KNOW   how long the init takes at most to know whether HAProxy serves: it may hang just after an
#          answer, so the next question is PROBE_EVERY away, and is without an answer for PROBE_LIMIT; the
#          beginning of a question, its end, and the beginning of the next are noticed a LOOP late
#   TELL   then inotify, until Keepalived knows
#   TAKE   then the VIP moves: a master that gives up says so with its next advert; one that does not is
#          silent for `down`. Who takes part again waits for its own `down`. One advert more, because one
#          may be lost or late: at most one in a row
#   LATE   a pass of the init's loop may come later than it should, as the schedule has it. Time in which the
#          init did not run does not count for others: of each such pass only LOOP does
#
#   owners   Two balancers that can hear each other (both Keepalived work, the LAN is whole) both have the
#            VIP: one takeover, `down`, and the advert that may be lost
#   orphan   A balancer whose Keepalived is stopped or hangs has the VIP, and its init runs: until the init
#            knows: SILENT + WATCH_EVERY, two LOOPs
#   dead     The same with one that has died, or is another one since: the kernel tells the init
#   nobody   A balancer can serve, and nobody that serves has the VIP: KNOW + TELL + TAKE
#   best     A balancer is better than the one that has the VIP: the same; and GONE and one question more
#            when the one that has it lacks a pool, because a master waits so long until it says so, or when
#            the better one has just found a pool again
#   reach    Clients do not reach the listeners of the one that has the VIP, and a peer's have answered for
#            BACK and more: the VIP leaves within REACH
#   new      A new connection that comes to the VIP is led to a balancer that does not serve, while another
#            one does: KNOW + TELL, and the PATIENCE in which a silent beacon counts
package Judge;
use v5.36;
use SimulatedVrrp;
use World;

# The times of Balancer.pm as they are meant to be: a bound must not grow with what it judges. A test
# compares them.
our %MEANT = (PROBE_EVERY => 0.1, PROBE_LIMIT => 0.2, SILENT => 0.5, WATCH_EVERY => 0.1, GONE => 2);

use constant { REACH => 1, BACK => 1 };

use constant KNOW => 0.1 + 0.2 + 3 * World::LOOP;
use constant MARGIN => 0.02;    # answers, child processes, the LAN: each some milliseconds

# @param late how late a pass may come
sub new ($class, $world, $late) {
    my $tell = $World::DELAY{ $late->{inotify} ? 'inotify_slow' : 'inotify' }[1];
    my $down = SimulatedVrrp::down($world, 0);    # for the lowest priority, which waits longest
    my $take = 2 * $world->{advert} + $down;
    my $pass = $late->{loop};
    my $know = KNOW + $pass * (3 + $MEANT{PROBE_LIMIT} / World::LOOP);
    return bless {
        world => $world, since => {}, violations => [],
        bound => {
            owners => $down + $world->{advert} + MARGIN,
            orphan => $MEANT{SILENT} + $MEANT{WATCH_EVERY} + 2 * World::LOOP
                + $pass * (2 + $MEANT{SILENT} / World::LOOP) + MARGIN,
            dead   => 0.01 + $pass,
            nobody => $know + $tell + $take + MARGIN,
            best   => $know + $tell + $take + MARGIN,
            seen   => $MEANT{GONE} + $know + $MEANT{PROBE_EVERY} + World::LOOP + $pass + $tell + $take + MARGIN,
            reach  => REACH + 8 * $pass + ($late->{inotify} ? $tell : 0),
            new    => $know + $tell + SimulatedVrrp::PATIENCE + MARGIN,
        },
    }, $class;
}

sub violations ($judge) { return @{ $judge->{violations} } }

# ------------------------------------------------------------------------------- what is the case

sub works ($node) { return $node->{keepalived} && $node->{keepalived}{hangs} eq '' && !$node->{frozen} }

sub is_on_lan ($node) { return $node->{up} && !$node->{frozen} && !$node->{cut} && $node->{lan} ne '' }

# HAProxy takes new connections and answers them. One that is slow does, in time.
sub serves ($world, $node) {
    my $haproxy = $node->{haproxy};
    return $haproxy && $world->{now} >= $haproxy->{ready} && !$haproxy->{hung} && !$haproxy->{draining}
        && !$node->{frozen};
}

# It could have the VIP: all its parts work, and nobody has asked it to leave.
sub is_able ($world, $node) {
    return is_on_lan($node) && serves($world, $node) && works($node) && !$node->{haproxy}{slow}
        && $world->{now} >= $node->{haproxy}{checks}
        && SimulatedVrrp::standing($node) !~ /^(INIT|STOP)$/ && $node->{lan_number} == $node->{state}{lan_number}
        && $node->{duty} ne 'maintenance' && $node->{state}{phase} eq 'running';
}

# In which order balancers should have the VIP, the best first: bands never touch (render.Priorities). Where
# the VIP stays, all of a band are as good as who has it. VIPs of a balancer begin with that one.
sub rank ($world, $node, $of = '') {
    my ($lost, $all) = (lost($world, $node), $world->{counted});
    my $band = 2 * ($lost < $all ? $lost : $all) + ($node->{files}{listener_down} ? 2 * $all : 0) + ($node->{duty} eq 'serve' && $node->{state}{phase} eq 'running' ? 0 : 1);
    return 100 * $band + ($world->{stays} ? 0 : World::turn($world, $node, $of));
}

# What HAProxy says: how many pools it has lost.
sub lost ($world, $node) {
    my $haproxy = $node->{haproxy} // return scalar @{ $world->{pools} };
    return scalar grep { $haproxy->{lost}{$_} } @{ $world->{pools} };
}

sub sees ($world, $node) { return lost($world, $node) == 0 }

# ------------------------------------------------------------------------------------ judgement

sub look ($judge) {
    my $world  = $judge->{world};
    my @nodes  = $world->nodes;
    my @able = grep { is_able($world, $_) } @nodes;
    my %bad;
    judge_vips($world, \%bad, $_, \@able) for @{ $world->{owners} };
    judge_new($judge, \%bad, [ grep { World::has_any($_) } @nodes ], \@nodes) if $world->{handover};
    $judge->note(\%bad);
}

# The VIP, by '', or the VIPs of a balancer: they are owned together.
sub judge_vips ($world, $bad, $of, $able) {
    my @owners = grep { $_->{vips}{$of} } $world->nodes;
    my $which  = $of eq '' ? '' : " of $of";
    for my $node (@owners) {
        my $is_new = !$node->{keepalived} || SimulatedVrrp::standing($node, $of) eq 'INIT';
        if ($node->{up} && !$node->{frozen} && ($is_new || !works($node))) {
            my $kind = $is_new ? 'dead' : 'orphan';
            $bad->{"$kind $node->{name}$which"} = $kind;
        }
        for my $other (@owners) {
            next if $other->{place} <= $node->{place};
            $bad->{"owners $node->{name} $other->{name}$which"} = 'owners'
                if works($node) && works($other) && World::connected($node, $other);
        }
    }
    my @serving = grep { is_on_lan($_) && serves($world, $_) } @owners;
    for my $node (@$able) {
        $bad->{"nobody $node->{name}$which"} = 'nobody' if !@serving;
    }
    judge_best($world, $bad, $of, $able, \@serving) if @$able && @serving;
    for my $owner (grep { $_->{dropped} ne '' && is_calm($world, $_) } @serving) {
        $bad->{"reach $owner->{name}$which"} = 'reach' if grep { can_take($world, $owner, $_) } @$able;
    }
}

sub judge_best ($world, $bad, $of, $able, $serving) {
    my ($best, $owner) = map { (sort { rank($world, $a, $of) <=> rank($world, $b, $of) } @$_)[0] } $able, $serving;
    return if rank($world, $best, $of) >= rank($world, $owner, $of);
    # One that is not master says as late that it has a pool again (Balancer::servers).
    my $kind = sees($world, $owner) && !$best->{files}{servers_down} ? 'best' : 'seen';
    # A master whose web servers are only late keeps the VIP (decision 0018).
    return if $kind eq 'seen' && grep { $_ } values %{ $owner->{late} };
    # Each pool has its own time.
    my $lack = join ' to ', map { lost($world, $_) } $best, $owner;
    $bad->{"$kind $best->{name} $owner->{name} $lack" . ($of eq '' ? '' : " of $of")} = $kind;
}

# Nothing else has happened to it for a while.
sub is_calm ($world, $node) {
    my $last = $node->{stirred} // 0;
    $last = $node->{haproxy}{checks} if $node->{haproxy} && $node->{haproxy}{checks} > $last;
    return is_able($world, $node) && $world->{now} - $last >= BACK + 0.5;
}

# A peer whose listeners answer, and that is no worse otherwise.
sub can_take ($world, $owner, $peer) {
    my $is_reached = $peer->{dropped} eq '' && $world->{now} - $peer->{dropped_at} >= BACK + 0.5;
    return $peer != $owner && $is_reached && is_calm($world, $peer) && sees($world, $peer) && $peer->{duty} eq 'serve'
        && !$peer->{files}{listener_down};
}

# Where a new connection goes that comes to an owner: by its kernel, also while the rest is frozen.
sub judge_new ($judge, $bad, $owners, $nodes) {
    my $world = $judge->{world};
    for my $owner (@$owners) {
        next if $owner->{cut};
        my ($peer) = grep { $_ != $owner } @$nodes;
        my $takes = SimulatedVrrp::is_open($world, $owner) && $owner->{haproxy}
            && $world->{now} >= $owner->{haproxy}{ready} && !$owner->{haproxy}{draining};
        next if $takes ? serves($world, $owner) : 0;
        my $to_peer = !$takes && SimulatedVrrp::is_open($world, $peer) && World::connected($owner, $peer);
        next if $to_peer && serves($world, $peer);
        $bad->{"new $owner->{name}"} = 'new'
            if is_able($world, $peer) && sees($world, $peer) && World::connected($owner, $peer) && $peer->{duty} eq 'serve';
    }
}

# Since when each condition is bad; it is looked at again when its bound is over.
sub note ($judge, $bad) {
    my ($world, $since) = @$judge{qw(world since)};
    delete @$since{ grep { !$bad->{$_} } keys %$since };
    for my $what (keys %$bad) {
        my $bound = $judge->{bound}{ $bad->{$what} };
        if (!$since->{$what}) {
            $since->{$what} = [ $world->{now} ];
            World::at($world, $world->{now} + $bound + 1e-6, sub { $world->{dirty} = 1 });
        } elsif (!$since->{$what}[1] && $world->{now} - $since->{$what}[0] > $bound) {
            $since->{$what}[1] = 1;
            push @{ $judge->{violations} }, sprintf '%s since %.3f s, for more than %.3f s', $what,
                $since->{$what}[0], $bound;
        }
    }
}

# Whether all is as it should be and nothing is under way: then nothing more can come of it.
sub is_settled ($judge) {
    my $world = $judge->{world};
    return 0 if %{ $judge->{since} };
    for my $of (@{ $world->{owners} }) { return 0 if 1 != grep { $_->{vips}{$of} } $world->nodes }
    for my $node ($world->nodes) {
        return 0 if !is_able($world, $node) || $node->{haproxy}{slow};
        for my $of (@{ $world->{owners} }) {
            my $state = SimulatedVrrp::standing($node, $of);
            my $is_owner = $world->{stays} ? $node->{vips}{$of} : World::turn($world, $node, $of) == 0;
            return 0 if $state ne ($is_owner ? 'MASTER' : 'BACKUP') || $state ne Balancer::state_of($node->{state}, $of);
        }
        my %track = %{ $node->{state}{track} };
        delete $track{beacon_down} unless $world->{handover};
        return 0 if delete($track{holds}) != ($node->{vips}{''} // 0);
        return 0 if !sees($world, $node) || grep { $_ } values %track;
        return 0 if grep { $node->{files}{$_} != ($node->{seen}{$_} // -1) } keys %{ $node->{files} };
    }
    return 1;
}

1;
