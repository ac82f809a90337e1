# SimulatedVrrp: Keepalived, as far as the VIP and the beacon depend on it: VRRP version 3 by RFC 9568
# (its sections in brackets), track files with weights, FAULT for weight 0, and unicast adverts. Each instance is called
# by whose VIPs it is about: '' for the VIP, and a balancer that has VIPs of its own.
package SimulatedVrrp;
use v5.36;

# A file of weight 0 is FAULT while it says 1; the others cost their weight.
my @faults = qw(haproxy_down maintenance);

sub skew ($world, $priority) { return (256 - $priority) / 256 * $world->{advert} }    # [6.1]

sub down ($world, $priority) { return 3 * $world->{advert} + skew($world, $priority) }    # [6.1]

sub priority ($world, $node, $of = '') { return $node->{priority}{$of} //= priority_by_files($world, $node, $of) }

sub priority_by_files ($world, $node, $of) {
    my $priority = World::base($world, $node, $of);
    for my $name (keys %{ $world->{weights} }) {
        # Keepalived multiplies the weight by what stands in the file.
        $priority += $world->{weights}{$name} * ($node->{seen}{$name} // 0);
    }
    return $priority < 1 ? 1 : $priority > 254 ? 254 : $priority;
}

# What it has read in the track files.
sub seen ($node, %files) { @$node{qw(seen priority)} = (\%files, {}) }

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
    $node->{keepalived} = { pid => $pid, hangs => '', deferred => [],
        of => { map { $_ => { state => 'INIT', down_at => 0, round => 0 } } @{ $world->{owners} } } };
    at_keepalived($world, $node, $world->{now} + World::between('keepalived_start'), sub {
        seen($node, %{ $node->{files} });
        fault($node) ? enter($world, $node, $_, 'FAULT') : become_backup($world, $node, $_) for @{ $world->{owners} };
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
    for my $of (@{ $world->{owners} }) {
        my $state = standing($node, $of);
        return if $state eq 'STOP';
        enter($world, $node, $of, 'STOP');
        send_advert($world, $node, $of, 0) if $state eq 'MASTER';
    }
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
    seen($node, %{ $node->{seen} }, $name => $value);
    judge_faults($world, $node);
    beacon_changed($world, $node);
}

sub fault ($node) { return $node->{lan} eq '' || grep { $node->{seen}{$_} } @faults }

sub judge_faults ($world, $node) {
    my $keepalived = $node->{keepalived} or return;
    return if $keepalived->{hangs} ne '';
    judge_fault($world, $node, $_) for @{ $world->{owners} };
}

sub judge_fault ($world, $node, $of) {
    my $state = standing($node, $of);
    return if $state =~ /^(INIT|STOP)$/;
    if (fault($node)) {
        return if $state eq 'FAULT';
        # A master lets go at once, and says so with its next advert.
        my $was_master = $state eq 'MASTER';
        my $next = $node->{keepalived}{of}{$of}{advert_at};
        enter($world, $node, $of, 'FAULT');
        at_keepalived($world, $node, $next, sub {
            send_advert($world, $node, $of, 0) if standing($node, $of) eq 'FAULT';
        }) if $was_master;
    } elsif ($state eq 'FAULT') {
        become_backup($world, $node, $of);
    }
}

# --------------------------------------------------------------------------------- the instance

# What an instance is, of a Keepalived that runs.
sub standing ($node, $of = '') { return $node->{keepalived}{of}{$of}{state} }

sub enter ($world, $node, $of, $state) {
    my $instance = $node->{keepalived}{of}{$of};
    @$instance{qw(state round)} = ($state, $instance->{round} + 1);
    $node->{vips}{$of} = $state eq 'MASTER' && $node->{lan} ne '' ? 1 : 0;
    $world->{dirty} = 1;
    World::trace($world, $node, "becomes $state" . ($of eq '' ? '' : " of $of"));
    World::inform($world, $node, vrrp => $state, $of);
}

sub become_backup ($world, $node, $of) {
    enter($world, $node, $of, 'BACKUP');
    down_at($world, $node, $of, $world->{now} + down($world, priority($world, $node, $of)));
}

# When the master counts as gone. One check is always under way; it looks again when that was put off.
sub down_at ($world, $node, $of, $time) {
    my $instance = $node->{keepalived}{of}{$of};
    my ($round, $earlier) = ($instance->{round}, $time < $instance->{down_at});
    $instance->{down_at} = $time;
    return if ($instance->{checked} // -1) == $round && !$earlier;
    $instance->{checked} = $round;
    check_down($world, $node, $of, $round);
}

sub check_down ($world, $node, $of, $round) {
    at_keepalived($world, $node, $node->{keepalived}{of}{$of}{down_at}, sub {
        my $instance = $node->{keepalived}{of}{$of};
        return if $instance->{round} != $round;
        return check_down($world, $node, $of, $round) if $instance->{down_at} - $world->{now} > 1e-9;
        become_master($world, $node, $of);
    });
}

sub become_master ($world, $node, $of) {
    enter($world, $node, $of, 'MASTER');
    advertise($world, $node, $of);
}

# Now, and then once in each interval.
sub advertise ($world, $node, $of) {
    my $instance = $node->{keepalived}{of}{$of};
    my $round = $instance->{round};
    $instance->{advert_at} = $world->{now} + $world->{advert};
    send_advert($world, $node, $of, priority($world, $node, $of));
    at_keepalived($world, $node, $instance->{advert_at}, sub {
        advertise($world, $node, $of) if $instance->{round} == $round;
    });
}

# Most arrive at once. One may be slow or lost, never two in a row: each goes out twice (decision 0015).
sub send_advert ($world, $node, $of, $priority) {
    World::trace($world, $node, "advert $priority" . ($of eq '' ? '' : " of $of")) if $world->{tracing};
    for my $peer (@{ $world->{nodes} }) {
        next if $peer == $node;
        my $keepalived = $peer->{keepalived};
        next if !$keepalived || !World::connected($node, $peer);
        my $delay = $world->{slow_adverts} ? delay($world, $node) : 0;
        next unless defined $delay;
        if ($delay || $peer->{frozen} || $keepalived->{hangs} ne '') {
            at_keepalived($world, $peer, $world->{now} + $delay, sub { hear($world, $peer, $node, $of, $priority) });
        } else {
            hear($world, $peer, $node, $of, $priority);
        }
    }
}

# undef: it is lost.
sub delay ($world, $node) {
    my $chance = $node->{hurt} ? 1 : rand;
    $node->{hurt} = $chance < $world->{slow_adverts};
    return $chance < $world->{slow_adverts} / 3 ? undef : $node->{hurt} ? World::between('advert_slow') : 0;
}

sub hear ($world, $node, $from, $of, $priority) {
    my $state = standing($node, $of);
    my $own = priority($world, $node, $of);
    if ($state eq 'BACKUP') {    # [6.4.2]
        return down_at($world, $node, $of, $world->{now} + skew($world, $own)) if $priority == 0;
        # A lower one does not put it off: this balancer is to have the VIP.
        down_at($world, $node, $of, $world->{now} + down($world, $own)) if $priority >= $own;
    } elsif ($state eq 'MASTER') {    # [6.4.3]
        my $is_higher = $priority > $own || $priority == $own && $from->{place} > $node->{place};
        # Either way the other one is told: vrrp_higher_prio_send_advert, vrrp_lower_prio_no_advert off.
        # Answers to answers would never end: a master that hears itself answered is silent.
        if ($is_higher) {
            become_backup($world, $node, $of);
        } elsif ($priority == 0 || $priority < $own) {
            at_keepalived($world, $node, $world->{now} + 0.0001, sub {
                send_advert($world, $node, $of, priority($world, $node, $of)) if standing($node, $of) eq 'MASTER';
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
    my $runs = $keepalived && $keepalived->{hangs} eq '' && standing($node) !~ /^(INIT|STOP)$/ && !$node->{frozen};
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
