# SimulatedVrrp: Keepalived, as far as the VIP and the beacon depend on it: VRRP version 3 by RFC 9568
# (its sections in brackets), track files with weights, FAULT for weight 0, and unicast adverts.
package SimulatedVrrp;
use v5.36;

# A file of weight 0 is FAULT while it says 1; the others cost their weight.
my @faults = qw(haproxy_down maintenance);

sub skew ($world, $priority) { return (256 - $priority) / 256 * $world->{advert} }    # [6.1]

sub down ($world, $priority) { return 3 * $world->{advert} + skew($world, $priority) }    # [6.1]

sub priority ($world, $node) {
    my $priority = $node->{priority};
    for my $name (keys %{ $world->{weights} }) {
        # Keepalived multiplies the weight by what stands in the file.
        $priority += $world->{weights}{$name} * ($node->{seen}{$name} // 0);
    }
    return $priority < 1 ? 1 : $priority > 254 ? 254 : $priority;
}

# ---------------------------------------------------------------------------------- the process

# By Keepalived: later when it hangs or its container is frozen, never when it has ended before.
sub at_keepalived ($world, $node, $time, $code) {
    my $keepalived = $node->{keepalived} or return;
    World::at_node($world, $node, $time, sub { by($node, $keepalived, $code) });
}

sub by ($node, $keepalived, $code) {
    return if !$node->{keepalived} || $node->{keepalived} != $keepalived;
    return push @{ $keepalived->{deferred} }, $code if $keepalived->{hangs} ne '';
    $code->();
}

sub start ($world, $node, $pid) {
    $node->{keepalived} = { pid => $pid, hangs => '', deferred => [], state => 'INIT', down_at => 0, round => 0 };
    at_keepalived($world, $node, $world->{now} + World::between('keepalived_start'), sub {
        $node->{seen} = { %{ $node->{files} } };
        fault($node) ? enter($world, $node, 'FAULT') : become_backup($world, $node);
        beacon_changed($world, $node);
    });
}

sub kill_process ($world, $node, $status) {
    return unless $node->{keepalived};
    World::trace($world, $node, 'keepalived gone');
    $node->{keepalived} = undef;
    $world->{dirty} = 1;
    beacon_changed($world, $node);
    World::inform($world, $node, ended => 'keepalived', $status, 'T');
    return;
}

# SIGTERM: a master says that it leaves [5.2.4], and takes the VIP off. It takes its time to end.
sub leave ($world, $node) {
    my $state = $node->{keepalived}{state};
    return if $state eq 'STOP';
    enter($world, $node, 'STOP');
    send_advert($world, $node, 0) if $state eq 'MASTER';
    beacon_changed($world, $node);
    at_keepalived($world, $node, $world->{now} + World::between('keepalived_end'), sub {
        kill_process($world, $node, 0);
    });
}

# The container has ended, and all that it was.
sub gone ($world, $node) { beacon_changed($world, $node) }

# Stopped by a signal, or asleep for good.
sub hang ($world, $node, $how) {
    my $keepalived = $node->{keepalived} or return;
    World::trace($world, $node, "keepalived $how");
    $keepalived->{hangs} = $how;
    beacon_changed($world, $node);
    $world->{dirty} = 1;
}

# ---------------------------------------------------------------------------------- track files

sub read_file ($world, $node, $name) {
    my $value = $node->{files}{$name};
    return if ($node->{seen}{$name} // -1) == $value;
    $node->{seen}{$name} = $value;
    judge_faults($world, $node);
    beacon_changed($world, $node);
}

sub fault ($node) { return $node->{lan} eq '' || grep { $node->{seen}{$_} } @faults }

sub judge_faults ($world, $node) {
    my $keepalived = $node->{keepalived} or return;
    my $state = $keepalived->{state};
    return if $state =~ /^(INIT|STOP)$/ || $keepalived->{hangs} ne '';
    if (fault($node)) {
        return if $state eq 'FAULT';
        # A master lets go at once, and says so with its next advert.
        my $was_master = $state eq 'MASTER';
        my $next = $keepalived->{advert_at};
        enter($world, $node, 'FAULT');
        at_keepalived($world, $node, $next, sub {
            send_advert($world, $node, 0) if $node->{keepalived}{state} eq 'FAULT';
        }) if $was_master;
    } elsif ($state eq 'FAULT') {
        become_backup($world, $node);
    }
}

# --------------------------------------------------------------------------------- the instance

sub enter ($world, $node, $state) {
    my $keepalived = $node->{keepalived};
    @$keepalived{qw(state round)} = ($state, $keepalived->{round} + 1);
    $node->{vip} = $state eq 'MASTER' && $node->{lan} ne '' ? 1 : 0;
    $world->{dirty} = 1;
    World::trace($world, $node, "becomes $state");
    World::inform($world, $node, vrrp => $state);
}

sub become_backup ($world, $node) {
    enter($world, $node, 'BACKUP');
    down_at($world, $node, $world->{now} + down($world, priority($world, $node)));
}

# When the master counts as gone. One check is always under way; it looks again when that was put off.
sub down_at ($world, $node, $time) {
    my $keepalived = $node->{keepalived};
    my ($round, $earlier) = ($keepalived->{round}, $time < $keepalived->{down_at});
    $keepalived->{down_at} = $time;
    return if ($keepalived->{checked} // -1) == $round && !$earlier;
    $keepalived->{checked} = $round;
    check_down($world, $node, $time, $round);
}

sub check_down ($world, $node, $time, $round) {
    at_keepalived($world, $node, $time, sub {
        my $keepalived = $node->{keepalived};
        return if $keepalived->{round} != $round;
        my $left = $keepalived->{down_at} - $world->{now};
        return check_down($world, $node, $keepalived->{down_at}, $round) if $left > 1e-9;
        become_master($world, $node);
    });
}

sub become_master ($world, $node) {
    enter($world, $node, 'MASTER');
    advertise($world, $node);
}

# Now, and then once in each interval.
sub advertise ($world, $node) {
    my $keepalived = $node->{keepalived};
    my $round = $keepalived->{round};
    $keepalived->{advert_at} = $world->{now} + $world->{advert};
    send_advert($world, $node, priority($world, $node));
    at_keepalived($world, $node, $keepalived->{advert_at}, sub {
        advertise($world, $node) if $keepalived->{round} == $round;
    });
}

# Most arrive at once. One may be slow or lost, never two in a row: each goes out twice (decision 0015).
sub send_advert ($world, $node, $priority) {
    World::trace($world, $node, "advert $priority") if $world->{tracing};
    for my $peer (@{ $world->{nodes} }) {
        next if $peer == $node;
        my $keepalived = $peer->{keepalived};
        next if !$keepalived || !World::connected($node, $peer);
        my $delay = $world->{slow_adverts} ? delay($world, $node) : 0;
        next unless defined $delay;
        my $arrive = sub { hear($world, $peer, $node, $priority) };
        if ($delay || $peer->{frozen} || $keepalived->{hangs} ne '') {
            at_keepalived($world, $peer, $world->{now} + $delay, $arrive);
        } else {
            $arrive->();
        }
    }
}

# undef: it is lost.
sub delay ($world, $node) {
    my $chance = $node->{hurt} ? 1 : rand;
    $node->{hurt} = $chance < $world->{slow_adverts};
    return $chance < $world->{slow_adverts} / 3 ? undef : $node->{hurt} ? World::between('advert_slow') : 0;
}

sub hear ($world, $node, $from, $priority) {
    my $keepalived = $node->{keepalived};
    my $own = priority($world, $node);
    if ($keepalived->{state} eq 'BACKUP') {    # [6.4.2]
        return down_at($world, $node, $world->{now} + skew($world, $own)) if $priority == 0;
        # A lower one does not put it off: this balancer is to have the VIP.
        down_at($world, $node, $world->{now} + down($world, $own)) if $priority >= $own;
    } elsif ($keepalived->{state} eq 'MASTER') {    # [6.4.3]
        my $is_higher = $priority > $own || $priority == $own && $from->{place} > $node->{place};
        # Either way the other one is told: vrrp_higher_prio_send_advert, vrrp_lower_prio_no_advert off.
        # Answers to answers would never end: a master that hears itself answered is silent.
        if ($is_higher) {
            become_backup($world, $node);
        } elsif ($priority == 0 || $priority < $own) {
            at_keepalived($world, $node, $world->{now} + 0.0001, sub {
                send_advert($world, $node, priority($world, $node)) if $node->{keepalived}{state} eq 'MASTER';
            });
        }
    }
}

# ----------------------------------------------------------------------------------- the beacon

# 2: it takes new connections, 1: it carries on what it has, 0: it says that it is gone, or nothing. What
# the peer has heard lasts for PATIENCE when the beacon only falls silent. The beacon itself, each 0.03 s,
# is not simulated one by one: nothing depends on a single one of ten.
use constant PATIENCE => 0.3;

sub beacon_changed ($world, $node) {
    return unless $world->{handover};
    my $keepalived = $node->{keepalived};
    my $runs = $keepalived && $keepalived->{hangs} eq '' && $keepalived->{state} !~ /^(INIT|STOP)$/ && !$node->{frozen};
    my $seen = $node->{seen};
    my $level = !$runs || ($seen->{beacon_down} // 1) || $node->{lan} eq '' ? 0
        : $seen->{leaving} || $seen->{servers_unseen} ? 1 : 2;
    my $said = $node->{beacon} // 0;
    return if $level == $said;
    # It is still believed to be open when it has not said otherwise.
    $node->{open_until} = $runs ? $world->{now} : $world->{now} + PATIENCE if $said == 2;
    $node->{beacon} = $level;
    $world->{dirty} = 1;
}

sub is_open ($world, $node) {
    return ($node->{beacon} // 0) == 2 || ($node->{open_until} // 0) > $world->{now};
}

1;
