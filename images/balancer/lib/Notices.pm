# Notices: what of all that happens is told to people, when, and by whom. Pure: what a balancer was told before, and
# the facts of this moment, give what is told now.
#
#   Who tells     of servers and pools the holder of the VIP, so that it is told once. Who takes the VIP takes for
#                 told what the holder before has had time to tell, and tells what was left. In a split brain both
#                 tell, with the same id.
#                 Of a move the one that took the VIP. Of maintenance that goes on and on the one that is in it.
#   When          what was so for SETTLE seconds; a server that is back by then was never down for people. Its end is
#                 told to whom its begin was told.
#   How much      MOST in a time of WINDOW; what is more than that is counted, and the number is told afterwards.
package Notices;
use v5.36;
use Time::Local qw(timegm);

use constant {
    SETTLE    => 3,
    GRACE     => 1,         # and how long it takes to tell it
    CAUSE     => 2,         # until the cause of a move has come from the peer
    MOST      => 20,
    WINDOW    => 600,
    FORGOTTEN => 86_400,
    DAYS      => [ 21, 7, 3, 1 ],    # before the end of a certificate
};

# down: by `server NAME` or `pool NAME`, what is wrong; moves: those to be told; sent: when something was.
sub new () { return { down => {}, moves => [], sent => [], over => 0, told => {}, certificates => {} } }

# @param facts now (seconds since 1970), node, holds, since (when it took the VIP), events (new ones, time and text),
#   duty, duty_since, twins (who else holds the VIP: `node:boot`), boot, certificates (file => its end)
# @return the state, and what is to be told
sub look ($state, $facts) {
    hear($state, $facts, $_) for @{ $facts->{events} };
    my @told = (moves($state, $facts), conditions($state, $facts), twins($state, $facts), duty($state, $facts), ends($state, $facts));
    return ($state, limited($state, $facts->{now}, @told));
}

sub hear ($state, $facts, $event) {
    my $at = seconds($event->{time}) // $facts->{now};
    if ($event->{text} eq 'VRRP MASTER') {
        push @{ $state->{moves} }, { at => $at, time => $event->{time}, number => $event->{number} };
    }
    elsif ($event->{text} =~ m{^(?:Backup )?Server (\S+?)(-tls)?/(\S+) is (DOWN|UP)\b(?:[/\w]*, reason: (.*?)(?:, check duration.*|\. \d+ active.*)?$)?}) {
        my ($pool, $tls, $server, $is, $why) = ($1, $2 // '', $3, $4, $5);
        change($state, "server $server", "$pool$tls", $is eq 'DOWN', $at, $why);
        change($state, "pool $pool", "$pool$tls", 0, $at) if $is eq 'UP';
        $state->{down}{"server $server"}{pool} = $pool if $is eq 'DOWN';
    }
    elsif ($event->{text} =~ m{^(?:Backup )?Server (\S+?)(-tls)?/(\S+) is (?:going DOWN for maintenance|.*leaving|.*stopping)}) {
        change($state, "server $3", $1 . ($2 // ''), 0, $at);
    }
    elsif ($event->{text} =~ /^backend (\S+?)(-tls)? has no server available/) {
        change($state, "pool $1", $1 . ($2 // ''), 1, $at);
    }
}

# Of a backend: it is down there, or no more.
sub change ($state, $name, $backend, $down, $at, $why = undef) {
    my $one = $state->{down}{$name};
    if ($down) {
        $one = $state->{down}{$name} = { %{ $one // {} }, since => $at, in => {}, told => $one ? $one->{told} : 0 } if !$one || !%{ $one->{in} };
        $one->{in}{$backend} = 1;
        $one->{why} //= $why;
        delete $one->{over};
    }
    elsif ($one) {
        delete $one->{in}{$backend};
        $one->{over} //= $at unless %{ $one->{in} };
    }
}

# A move is told when its cause may have been heard of.
sub moves ($state, $facts) {
    my @due = grep { $_->{at} + CAUSE <= $facts->{now} } @{ $state->{moves} };
    $state->{moves} = [ grep { $_->{at} + CAUSE > $facts->{now} } @{ $state->{moves} } ];
    return map { {
        id => "vip/$facts->{node}/$facts->{boot}/$_->{number}", kind => 'vip', is => 'news', subject => 'VIP', at => $_->{at},
        time => $_->{time}, text => "$facts->{node} holds the VIP",
    } } @due;
}

sub conditions ($state, $facts) {
    my ($now, @told) = $facts->{now};
    for my $name (sort keys %{ $state->{down} }) {
        my $one = $state->{down}{$name};
        $one->{told} ||= 1 if $facts->{holds} && $one->{since} + SETTLE + GRACE <= ($facts->{since} // 0);
        if (defined $one->{over}) {
            next if $now < $one->{over} + SETTLE;
            push @told, condition($name, $one, 'well') if $one->{told} && $facts->{holds};
            delete $state->{down}{$name};
            next;
        }
        next if $one->{told} || !$facts->{holds} || $now < $one->{since} + SETTLE;
        next if $name =~ /^server / && is_down($state, "pool " . ($one->{pool} // ''));    # it says all
        $one->{told} = 1;
        push @told, condition($name, $one, 'trouble');
    }
    return @told;
}

sub is_down ($state, $name) { return exists $state->{down}{$name} }

sub condition ($name, $one, $is) {
    my ($what, $subject) = split ' ', $name;
    my $in   = join ', ', sort keys %{ $one->{in} };
    my $why  = defined $one->{why} ? ": $one->{why}" : '';
    my $text = $what eq 'pool'
        ? ($is eq 'trouble' ? "no server of $subject is up" : "$subject has a server again")
        : ($is eq 'trouble' ? "$subject is down in $in$why" : "$subject is up again");
    $text .= ', after ' . span($one->{over} - $one->{since}) if $is eq 'well';
    return {
        id => join('/', $what, $subject, int($one->{since} / 60), $is), kind => $what eq 'pool' ? 'pools' : 'servers', is => $is,
        subject => $subject, text => $text, at => $is eq 'well' ? $one->{over} : $one->{since},
    };
}

# Others hold the VIP as well, at two looks one after the other: what is seen once may be a move.
sub twins ($state, $facts) {
    my $twins = $facts->{twins} // return;
    my $all = $facts->{holds} && @$twins ? join '+', sort "$facts->{node}:$facts->{boot}", @$twins : '';
    my ($before, $told) = @{ $state->{twins} // [ '', '' ] };
    my $new = $all ne '' && $all eq $before && $all ne $told;
    my $end = $all eq '' && $told ne '';
    $state->{twins} = [ $all, $new ? $all : $end ? '' : $told ];
    my $names = join ' and ', map { s/:.*//r } split /\+/, $all;
    return notice($facts, "split-brain/$all", 'trouble', "$names hold the VIP, all at once") if $new;
    return notice($facts, "split-brain/$told/well", 'well', 'one balancer holds the VIP again') if $end;
    return;
}

sub notice ($facts, $id, $is, $text) {
    return { id => $id, kind => 'split-brain', is => $is, subject => 'VIP', at => $facts->{now}, text => $text };
}

sub duty ($state, $facts) {
    my ($duty, $since) = @$facts{qw(duty duty_since)};
    if (!defined $duty || $duty eq 'serve' || !defined $since) {
        delete $state->{told}{duty};
        return;
    }
    return if $facts->{now} < $since + FORGOTTEN || $state->{told}{duty}++;
    return {
        id => "maintenance/$facts->{node}/" . int $since, kind => 'maintenance', is => 'trouble', subject => $facts->{node}, at => $facts->{now},
        text => "$facts->{node} has been told to " . ($duty eq 'yield' ? 'yield' : 'be in maintenance') . ' for a day',
    };
}

# Each time that it comes nearer; what it was at the first look is not told.
sub ends ($state, $facts) {
    my @told;
    for my $file (sort keys %{ $facts->{certificates} // {} }) {
        my $end  = $facts->{certificates}{$file};
        my ($days) = grep { $end - $facts->{now} < $_ * 86_400 } reverse @{ +DAYS };
        my $had = $state->{certificates}{$file};
        $state->{certificates}{$file} = { end => $end, days => $days };
        next if !defined $days || !$had || !$facts->{holds} || $had->{end} == $end && defined $had->{days} && $had->{days} <= $days;
        push @told, {
            id => "certificate/$file/" . int($end) . "/$days", kind => 'certificate', is => 'trouble', subject => $file, at => $facts->{now},
            text => "$file ends in less than " . ($days == 1 ? 'a day' : "$days days"),
        };
    }
    return @told;
}

sub limited ($state, $now, @told) {
    $state->{sent} = [ grep { $_ > $now - WINDOW } @{ $state->{sent} } ];
    my @go;
    for my $notice (@told) {
        if (@{ $state->{sent} } >= MOST) { $state->{over}++; next }
        push @{ $state->{sent} }, $now;
        push @go, $notice;
    }
    if ($state->{over} && @{ $state->{sent} } < MOST) {
        push @{ $state->{sent} }, $now;
        push @go, { id => "more/" . int $now, kind => 'more', is => 'news', subject => 'notices', at => $now,
            text => "$state->{over} more things happened in the last " . WINDOW / 60 . ' minutes' };
        $state->{over} = 0;
    }
    return @go;
}

# 54 ms, 2.1 s, 4 min.
sub span ($seconds) {
    $seconds = 0 if $seconds < 0;
    return sprintf '%d ms', 1000 * $seconds if $seconds < 1;
    return sprintf $seconds < 10 ? '%.1f s' : '%.0f s', $seconds if $seconds < 120;
    return sprintf $seconds < 7200 ? '%.0f min' : '%.0f h', $seconds / ($seconds < 7200 ? 60 : 3600);
}

# Of 2026-11-29T14:03:22.120Z.
sub seconds ($time) {
    my ($year, $month, $day, $hour, $minute, $second, $rest) =
        ($time // '') =~ /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?Z/ or return undef;
    return timegm($second, $minute, $hour, $day, $month - 1, $year) + ($rest // 0);
}

1;
