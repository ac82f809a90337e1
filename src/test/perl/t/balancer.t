# What the init of a balancer decides, event by event.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use Balancer;
use Test::More;

# A balancer under test: its state, its time, what it has done since somebody looked, and what it is told
# when it asks.
package Tested {
    sub new ($class, %given) {
        my $peers = delete $given{peers} // 1;
        my $owners = delete $given{owners} // [];
        my $self = bless {
            now => 100, done => [],
            told => { look_lan => [ lan => 'eth1', 7 ], take_lan => [ handover => '' ], ask_checks => [ checks => 1 ],
                ask_late => sub ($pool) { [ late => 0, $pool ] }, ask_vip => [ vip => 0 ], %given },
            pids => 10,
            state => Balancer::new(peers => $peers, lan_address => '192.0.2.1', owners => $owners),
        }, $class;
        return $self;
    }

    sub happens ($self, @event) {
        $self->{state} = Balancer::settle($self->{state}, \@event, sub { $self->{now} }, sub ($action, @with) {
            push @{ $self->{done} }, join ' ', $action, map { $_ // 'undef' } @with;
            return [ started => $with[0], ++$self->{pids} ] if $action eq 'start';
            return $self->questions(@with) if $action eq 'ask_listeners';
            my $told = $self->{told}{$action};
            return ref $told eq 'CODE' ? $told->(@with) : $told // ();
        });
        return $self;
    }

    # Has listeners, here and at one peer. What the test names in `dead` leaves questions without an
    # answer, what it names in `late` takes connections and does not serve them.
    sub listens ($self) {
        return $self->happens(targets => [qw(http https)], ['192.0.2.2']);
    }

    sub questions ($self, @targets) {
        return map { $self->{dead}{$_} ? () : $self->{late}{$_} ? [ connected => $_ ] : [ heard => $_ ] } @targets;
    }

    # Time passes, in the steps of the loop.
    sub waits ($self, $seconds) {
        my $end = $self->{now} + $seconds;
        while ($self->{now} < $end - 1e-9) {
            $self->{now} += 0.05;
            $self->happens('pass');
        }
        return $self;
    }

    # The same, while HAProxy answers each question at once.
    sub serves ($self, $seconds, $code = 200, @lost) {
        my $end = $self->{now} + $seconds;
        while ($self->{now} < $end - 1e-9) {
            $self->waits(0.05);
            $self->happens(answer => $code, @lost) if $self->{state}{question} eq 'asked';
        }
        return $self;
    }

    # What it has done since, of these kinds.
    sub done ($self, $kinds = qr/./) { return grep { /^(?:$kinds)/ } splice @{ $self->{done} } }

    sub track ($self, $name) { return $self->{state}{track}{$name} }

    # One that takes part, as BACKUP or MASTER.
    sub running ($class, $vrrp, %given) {
        my $self = $class->new(%given)->happens(begin => 'serve')->serves(0.3)->happens(vrrp => $vrrp)->serves(0.2);
        $self->done;
        return $self;
    }
}

subtest 'a balancer begins as one that takes no part, and looks for the LAN before it starts HAProxy' => sub {
    my $b = Tested->new->happens(begin => 'serve');
    is_deeply([ $b->done(qr/track|note|look|take|remove|start/) ], [
        'track servers_down 1', 'track servers_unseen 1', 'track listener_down 0', 'track holds 0', 'track leaving 0', 'track maintenance 0',
        'note duty serve', 'track haproxy_down 1', 'track beacon_down 1', 'note_vrrp INIT', 'look_lan',
        'remove_vip eth1', 'take_lan eth1',
    ]);
    $b->happens('pass');
    is_deeply([ $b->done(qr/start/) ], ['start haproxy']);
};

subtest 'Keepalived follows when HAProxy has seen a web server' => sub {
    my $b = Tested->new->happens(begin => 'serve')->serves(0.2);
    ok(grep { $_ eq 'start keepalived' } $b->done);
    is($b->{state}{phase}, 'running');
    is_deeply($b->{state}{track}, { haproxy_down => 0, beacon_down => 0, servers_down => 0, servers_unseen => 0,
        leaving => 0, maintenance => 0, listener_down => 0, holds => 0 });
};

subtest 'HAProxy that believes its web servers to be up before its first checks is not believed' => sub {
    my $b = Tested->new(ask_checks => [ checks => 0 ])->happens(begin => 'serve')->serves(4.9);
    ok(!grep { $_ eq 'start keepalived' } $b->done);
    is($b->track('haproxy_down'), 1);
    $b->serves(0.3);
    ok((grep { $_ eq 'start keepalived' } $b->done), 'after SETTLE seconds it is, whatever');
};

subtest 'without a web server Keepalived follows after SETTLE seconds' => sub {
    my $b = Tested->new->happens(begin => 'serve')->serves(4.9, 503);
    ok(!grep { $_ eq 'start keepalived' } $b->done);
    $b->serves(0.2, 503);
    ok(grep { $_ eq 'start keepalived' } $b->done);
    is($b->track('servers_down'), 1);
};

subtest 'without the LAN Keepalived is not started' => sub {
    my $b = Tested->running('MASTER');
    $b->{told}{look_lan} = [ lan => '', 0 ];
    $b->serves(1.1);
    ok(grep { $_ eq 'say no interface holds 192.0.2.1 any more' } $b->done);
    $b->happens(ended => 'keepalived', 0, 'T')->serves(0.5);
    ok(!grep { $_ eq 'start keepalived' } $b->done);
    $b->{told}{look_lan} = [ lan => 'eth0', 8 ];
    $b->serves(1.1);
    is_deeply([ $b->done(qr/take_lan|start/) ], [ 'take_lan eth0', 'start keepalived' ]);
};

subtest 'an interface that was put back under its old name is another one for Keepalived' => sub {
    my $b = Tested->running('MASTER');
    $b->{told}{look_lan} = [ lan => 'eth1', 9 ];
    $b->serves(1.1);
    is_deeply([ $b->done(qr/remove_vip|take_lan|signal/) ],
        [ 'remove_vip eth1', 'take_lan eth1', 'signal TERM keepalived 12' ]);
};

subtest 'HAProxy that ends is down at once, and started again at once' => sub {
    my $b = Tested->running('MASTER');
    $b->happens(ended => 'haproxy', 9, '2026-11-22T12:00:00.950Z')->happens('pass');
    is_deeply([ $b->done ], [
        'say haproxy ended at 2026-11-22T12:00:00.950Z: signal 9', 'bury haproxy 11',
        'track haproxy_down 1', 'say haproxy_down=1', 'track beacon_down 1', 'say beacon_down=1',
        'start haproxy', 'say haproxy started, process 13',
    ]);
};

subtest 'a program that keeps dying waits 0, 0.5, 1, 2, 4, 8 and 8 seconds' => sub {
    my $b = Tested->running('BACKUP');
    my @pauses;
    for (1 .. 7) {
        $b->happens(ended => 'keepalived', 256, 'T');
        push @pauses, $b->{state}{keepalived}{start_at} - $b->{now};
        $b->{now} = $b->{state}{keepalived}{start_at};
        $b->happens('pass');
    }
    is_deeply(\@pauses, [ 0, 0.5, 1, 2, 4, 8, 8 ]);
    $b->{now} += 11;
    $b->happens(ended => 'keepalived', 256, 'T');
    is($b->{state}{keepalived}{start_at}, $b->{now}, 'one that has lived for more than 10 s begins again');
};

subtest 'a program that cannot be started is tried again' => sub {
    my $b = Tested->running('BACKUP');
    $b->happens(not_started => 'keepalived', 'fork: no room')->happens('pass');
    is_deeply([ $b->done(qr/say|start/) ],
        [ 'say keepalived could not be started: fork: no room', 'start keepalived', 'say keepalived started, process 13' ]);
};

subtest 'Keepalived that ends leaves the VIP behind: it is taken off before anything else' => sub {
    my $b = Tested->running('MASTER');
    $b->happens(ended => 'keepalived', 9, 'T')->happens('pass');
    is_deeply([ $b->done(qr/bury|remove|note_vrrp|start/) ],
        [ 'bury keepalived 12', 'remove_vip eth1', 'note_vrrp DOWN', 'start keepalived' ]);
};

subtest 'a question without an answer means that HAProxy hangs' => sub {
    my $b = Tested->running('MASTER', last_look => [ overdue => undef, 0 ]);
    my $asked = $b->{now};
    $b->waits(0.2);
    is($b->track('haproxy_down'), 0, 'not before PROBE_LIMIT');
    $b->waits(0.15);
    is($b->track('haproxy_down'), 1);
    is($b->track('beacon_down'), 1, 'what it has is lost');
    cmp_ok($b->{now} - $asked, '<=', 0.4 + 1e-9);
};

subtest 'an answer that came while nobody looked is one' => sub {
    my $b = Tested->running('MASTER', last_look => [ overdue => 200, 0 ])->waits(0.5);
    is($b->track('haproxy_down'), 0);
};

subtest 'HAProxy that waits for a processor may be late, for PROBE_BUSY seconds' => sub {
    my $b = Tested->running('MASTER', last_look => [ overdue => undef, 1 ]);
    is(($b->waits(1.8)->done(qr/last_look/))[-1], 'last_look 11');
    is($b->track('haproxy_down'), 0);
    is(($b->waits(0.3)->done(qr/last_look/))[-1], 'last_look undef', 'then nobody asks any more why');
    $b->happens(overdue => undef, 0);
    is($b->track('haproxy_down'), 1);
};

subtest 'no second question while one is open, and none in the pass in which one ended' => sub {
    my $b = Tested->running('BACKUP', last_look => [ overdue => undef, 1 ]);
    is(scalar($b->waits(1)->done(qr/ask\b/)), 1);
    $b->happens(answer => 200)->happens('pass');
    is(scalar($b->done(qr/ask\b/)), 0);
    $b->waits(0.05);
    is(scalar($b->done(qr/ask\b/)), 1);
};

# One with listeners that has served for long, and what is dead since.
sub with_listeners ($vrrp, @dead) {
    my $b = Tested->running($vrrp, last_look => [ overdue => '', 0 ])->listens->serves(2);
    $b->done;
    $b->{dead}{$_} = 1 for @dead;
    return $b;
}

subtest 'a listener of ours that answers nobody sends the VIP to a peer whose listeners do' => sub {
    my $b = with_listeners('MASTER', 'http');
    $b->serves(0.3);
    is($b->track('listener_down'), 0, 'single packets may be lost');
    $b->serves(0.3);
    is($b->track('listener_down'), 1);
    is_deeply([ $b->done(qr/say|track|note/) ], [ 'note listeners 192.0.2.2/http=ok 192.0.2.2/https=ok http=silent https=ok',
        'say clients do not reach http here; 192.0.2.2 works', 'track listener_down 1', 'say listener_down=1' ]);
    is($b->track('haproxy_down'), 0, 'HAProxy lives');
    delete $b->{dead}{http};
    $b->serves(0.9);
    is($b->track('listener_down'), 1, 'not back at its first answer');
    $b->serves(0.3);
    is($b->track('listener_down'), 0);
};

subtest 'dead on both: the VIP stays, and where it is' => sub {
    my $b = with_listeners('MASTER', qw(http 192.0.2.2/http))->serves(3);
    is($b->track('listener_down'), 0);
    my $late = with_listeners('MASTER', 'http')->serves(1);
    is($late->track('listener_down'), 1);
    $late->{dead}{'192.0.2.2/https'} = 1;
    $late->serves(3);
    is($late->track('listener_down'), 1, 'it has left, and does not come back for that');
    is(Tested->running('MASTER', peers => 0)->happens(targets => ['http'], [])->serves(3)->track('listener_down'), 0);
};

subtest 'a peer that cannot reach a listener here is believed when it works itself' => sub {
    my $b = with_listeners('MASTER');
    $b->happens(told => '192.0.2.9', 'http')->serves(0.1);
    is($b->track('listener_down'), 0, 'a stranger is not');
    $b->happens(told => '192.0.2.2', 'http', 'https')->serves(0.1);
    is($b->track('listener_down'), 1);
    is(($b->done(qr/say/))[0], 'say 192.0.2.2 works, and does not reach http https here');
    $b->serves(1.2);
    is($b->track('listener_down'), 1, 'a word counts for WORD seconds, and trust comes back BACK later');
    $b->serves(0.5);
    is($b->track('listener_down'), 0);
    my $dead = with_listeners('MASTER', '192.0.2.2/http')->serves(0.35)->happens(told => '192.0.2.2', 'http')->serves(0.4);
    is($dead->track('listener_down'), 0, 'nor is one that does not answer');
};

subtest 'a word about a listener that is gone changes nothing' => sub {
    my $b = with_listeners('MASTER')->serves(3);
    $b->happens(told => '192.0.2.2', 'reports:5433')->serves(0.2) for 1 .. 10;
    is($b->track('listener_down'), 0, 'it stays where it is');
    $b->happens(told => '192.0.2.2', 'reports:5433', 'http')->serves(0.2);
    is($b->track('listener_down'), 1, 'and another one counts');
};

subtest 'a peer is told which of its listeners do not answer, again and again' => sub {
    my $b = with_listeners('BACKUP', '192.0.2.2/https')->serves(0.4);
    ok(!$b->done(qr/tell/));
    my @told = $b->serves(0.6)->done(qr/tell/);
    is_deeply([ @told[ 0, 1 ] ], [ ('tell 192.0.2.2 https') x 2 ]);
    cmp_ok(scalar @told, '>=', 4);
    delete $b->{dead}{'192.0.2.2/https'};
    $b->serves(0.15)->done;
    ok(!$b->serves(1)->done(qr/tell/));
    ok(!with_listeners('FAULT', '192.0.2.2/https')->serves(2)->done(qr/tell/), 'not by one that takes no part');
};

subtest 'a connection that is not served is late, which counts after LATE seconds only' => sub {
    my $b = with_listeners('MASTER');
    $b->{late}{$_} = 1 for qw(http 192.0.2.2/http);
    $b->serves(1.8);
    is($b->track('listener_down'), 0);
    ok(!$b->done(qr/tell/));
    delete $b->{late}{'192.0.2.2/http'};
    $b->happens(heard => '192.0.2.2/http')->serves(1.5);
    is($b->track('listener_down'), 1);
};

subtest 'time in which the init itself did not run is held against no listener' => sub {
    my $b = with_listeners('MASTER');
    $b->{late}{http} = 1;
    $b->serves(0.3);
    $b->{now} += 5;
    $b->happens(woke => 5)->serves(0.3);
    is($b->track('listener_down'), 0);
};

subtest 'the health port alone is nothing: HAProxy that answers elsewhere lives' => sub {
    my $b = with_listeners('MASTER')->waits(3);
    is($b->track('haproxy_down'), 0);
    ok((grep { /ask_seen/ } $b->done), 'what it sees it says over its own socket');
    $b->happens(seen => 0)->waits(0.1);
    is($b->track('servers_unseen'), 1);
    my $refused = with_listeners('MASTER');
    for (1 .. 20) {
        $refused->waits(0.05);
        $refused->happens(answer => '') if $refused->{state}{question} eq 'asked';
    }
    is($refused->track('haproxy_down'), 0, 'refused there or silent');
};

subtest 'HAProxy hangs when nobody is answered anywhere' => sub {
    my $b = with_listeners('MASTER');
    $b->{late}{$_} = 1 for qw(http https);
    $b->waits(0.45);
    is($b->track('haproxy_down'), 1);
    is($b->track('listener_down'), 0);
};

subtest 'one that has just come back is not blamed for having been away' => sub {
    my $b = with_listeners('MASTER')->happens(ended => 'haproxy', 9, 'T')->happens('pass');
    $b->{dead}{$_} = 1 for qw(http https);
    $b->waits(0.6)->happens(told => '192.0.2.2', 'http', 'https');
    delete @{ $b->{dead} }{qw(http https)};
    $b->happens(answer => 200)->happens(told => '192.0.2.2', 'http', 'https')->serves(2);
    is($b->track('listener_down'), 0);
    ok(!grep { /listener_down/ } $b->done);
};

subtest 'another set of listeners, or of peers' => sub {
    my $b = with_listeners('BACKUP', '192.0.2.2/http')->serves(0.7);
    $b->done;
    $b->happens(targets => [qw(http extra)], ['192.0.2.3'])->serves(0.1);
    is(($b->done(qr/ask_listeners/))[0], 'ask_listeners 192.0.2.3/extra 192.0.2.3/http extra http');
    ok(!$b->serves(1)->done(qr/tell/));
};

subtest 'the beacon goes on while Keepalived is away, as long as HAProxy lives' => sub {
    my $b = with_listeners('MASTER');
    my @sent = $b->serves(1)->done(qr/beacon/);
    is($sent[0], 'beacon 250 192.0.2.2');
    cmp_ok(scalar @sent, '>=', 8);
    $b->happens(vrrp => 'STOP');
    is_deeply([ $b->done(qr/beacon/) ], ['beacon 250 192.0.2.2'], 'at once when Keepalived says that it is gone');
    $b->happens(ended => 'keepalived', 0, 'T');
    is_deeply([ $b->done(qr/beacon/) ], ['beacon 250 192.0.2.2']);
    ok($b->serves(0.5)->done(qr/beacon/) >= 4);
    $b->happens(duty => 'yield');
    is(($b->serves(0.2)->done(qr/beacon/))[-1], 'beacon 150 192.0.2.2', 'it takes no new connections');
    $b->happens(ended => 'haproxy', 9, 'T')->done;
    ok(!grep { /^beacon / } $b->waits(0.5)->done, 'and none without HAProxy');
    my $without = Tested->running('MASTER', take_lan => [ handover => 'nft: no' ])->listens;
    ok(!grep { /^beacon / } $without->serves(1)->done);
};

subtest 'a beacon goes on until the end of a stop' => sub {
    my $b = with_listeners('BACKUP')->happens(signal => 'TERM')->waits(0.5)->happens(ended => 'haproxy', 0, 'T');
    $b->waits(0.1)->done;
    is($b->{state}{phase}, 'lingering');
    is(($b->waits(0.3)->done(qr/beacon/))[0], 'beacon 150 192.0.2.2');
    $b->waits(1)->done;
    is($b->{state}{phase}, 'ending');
    ok(!grep { /^beacon / } $b->waits(0.3)->done);
};

subtest 'a VIP that Keepalived did not put there is taken off' => sub {
    my $b = Tested->running('BACKUP', ask_foreign => [ foreign => 1 ]);
    $b->serves(1.1);
    ok(!$b->done(qr/remove/), 'not at first sight');
    $b->serves(1);
    is_deeply([ $b->done(qr/say|remove/) ],
        [ 'say the VIP is on eth1, and VRRP is BACKUP: somebody else put it there', 'remove_vip eth1 ' ]);
    my $master = Tested->running('MASTER', ask_foreign => [ foreign => 1 ])->serves(4);
    ok(!$master->done(qr/remove/));
    $b->serves(1.1)->happens(vrrp => 'MASTER')->happens(vrrp => 'BACKUP')->done;
    $b->serves(0.9);
    ok(!$b->done(qr/remove/), 'a change of state begins again');
};

subtest 'a default route that is gone is set again' => sub {
    my $b = Tested->running('BACKUP')->happens(route => 1);
    is_deeply([ $b->done(qr/say|set_route/) ], []);
    $b->happens(route => 0);
    is_deeply([ $b->done(qr/say|set_route/) ],
        [ 'say the default route over the LAN is gone, and is set again', 'set_route eth1' ]);
    $b->happens(lan => '', 0)->done;
    $b->happens(route => 0);
    is_deeply([ $b->done(qr/set_route/) ], [], 'not without an interface');
};

subtest 'a claim of the VIP by a stranger is answered, ten times a second at most' => sub {
    my @claims = (qr/^(?:claim|say)/);
    my $b = Tested->running('MASTER')->happens(claimed => '02:00:00:00:00:07', 0);
    is_deeply([ $b->done(@claims) ],
        [ 'say 02:00:00:00:00:07 claims the VIP and is no balancer of this site: the VIP is claimed again', 'claim eth1 ' ]);
    $b->happens(claimed => '02:00:00:00:00:07', 0) for 1 .. 50;
    is_deeply([ $b->done(@claims) ], [], 'not more often');
    $b->serves(0.2);
    is_deeply([ $b->done(@claims) ], ['claim eth1 '], 'once more for all of them');
    $b->serves(1);
    is_deeply([ $b->done(@claims) ], [], 'and not without a claim');
    $b->happens(claimed => '02:00:00:00:00:08', 0);
    is(scalar(my @both = $b->done(@claims)), 2, 'another stranger is named');
    $b->serves(61)->happens(claimed => '02:00:00:00:00:07', 0);
    is(scalar(@both = $b->done(@claims)), 2, 'and the first one again after a minute');
};

subtest 'a peer may claim the VIP, and only a master has it' => sub {
    my $b = Tested->running('MASTER')->happens(claimed => '02:00:00:00:00:07', 1);
    is_deeply([ $b->done(qr/claim|say/) ], []);
    my $backup = Tested->running('BACKUP')->happens(claimed => '02:00:00:00:00:07', 0);
    is_deeply([ $backup->done(qr/claim|say/) ], []);
    $b->happens(claimed => '02:00:00:00:00:07', 0)->happens(claimed => '02:00:00:00:00:07', 0);
    $b->done;
    $b->happens(vrrp => 'BACKUP')->serves(0.3);
    is_deeply([ $b->done(qr/claim/) ], [], 'one that was due is not sent by a backup');
};

# A pair in which the other balancer has VIPs of its own: who has them is said apart.
sub with_owner ($state, $of_b, %told) {
    my $b = Tested->running($state, owners => ['b'], %told)->happens(vrrp => $of_b, 'b');
    $b->done;
    return $b;
}

subtest 'who has the VIPs of another balancer is said apart, and is not who has the VIP' => sub {
    my $b = with_owner('MASTER', 'BACKUP');
    $b->happens(vrrp => 'MASTER', 'b')->happens(vrrp => 'MASTER', 'b')->happens(vrrp => 'MASTER', 'unknown');
    is_deeply([ $b->done(qr/say|note|track/) ], ['say VIPs of b: MASTER']);
    $b->happens(vrrp => 'BACKUP');
    is_deeply([ $b->done(qr/say|note_vrrp/) ], [ 'note_vrrp BACKUP', 'say VRRP BACKUP' ]);
    is_deeply([ $b->{state}{vrrp}, $b->{state}{also}{b} ], [qw(BACKUP MASTER)]);
};

subtest 'with Keepalived all of its VIPs end' => sub {
    my $b = with_owner('MASTER', 'MASTER')->happens(ended => 'keepalived', 9, 'T');
    is_deeply([ $b->done(qr/remove_vip|say V/) ], [ 'remove_vip eth1', 'say VRRP DOWN', 'say VIPs of b: DOWN' ]);
};

subtest 'who has any VIP waits before it says that a pool is lost' => sub {
    my $b = with_owner('BACKUP', 'MASTER')->serves(1.8, 503);
    is($b->track('servers_down'), 0);
    $b->serves(0.4, 503);
    is($b->track('servers_down'), 1);
};

subtest 'a balancer leaves when it has none of the VIPs any more' => sub {
    my $b = with_owner('BACKUP', 'MASTER', ask_vip => [ vip => 1 ])->happens(signal => 'TERM')->waits(0.5);
    ok(!$b->done(qr/ask_vip|USR1/), 'a master need not be asked');
    $b->happens(vrrp => 'BACKUP', 'b')->waits(0.1);
    ok(scalar $b->done(qr/ask_vip/), 'and then the interface is');
    is($b->{state}{phase}, 'demoting');
    $b->{told}{ask_vip} = [ vip => 0 ];
    is($b->waits(0.1)->{state}{phase}, 'draining');
};

subtest 'VIPs of a balancer that Keepalived did not put there are taken off, and no others' => sub {
    my $b = with_owner('MASTER', 'BACKUP', ask_foreign => sub ($lan) { return [ foreign => 1, '' ], [ foreign => 1, 'b' ] });
    $b->serves(2.2);
    is_deeply([ $b->done(qr/say|remove/) ],
        [ 'say VIPs of b are on eth1, and VRRP is BACKUP: somebody else put them there', 'remove_vip eth1 b' ]);
};

subtest 'what is claimed is claimed again by who has it' => sub {
    my $b = with_owner('MASTER', 'BACKUP')->happens(claimed => '02:00:00:00:00:07', 0, 'b');
    is_deeply([ $b->done(qr/claim/) ], []);
    $b->happens(vrrp => 'MASTER', 'b')->happens(claimed => '02:00:00:00:00:07', 0, 'b');
    is_deeply([ $b->done(qr/claim|say \S+ claims/) ], [
        'say 02:00:00:00:00:07 claims VIPs of b and is no balancer of this site: they are claimed again', 'claim eth1 b' ]);
    $b->happens(claimed => '02:00:00:00:00:07', 0, '')->happens(claimed => '02:00:00:00:00:07', 0, 'b')->serves(0.2);
    is_deeply([ $b->done(qr/claim|say \S+ claims/) ], [
        'say 02:00:00:00:00:07 claims the VIP and is no balancer of this site: the VIP is claimed again', 'claim eth1  b' ],
        'both at once, when it is time again, and only what is new is said');
};

subtest 'nobody makes the memory of claims grow' => sub {
    my $b = Tested->running('MASTER');
    $b->happens(claimed => "02:00:00:00:00:$_", 0) for 1000 .. 1250;
    ok(keys %{ $b->{state}{claim_said} } <= 100);
};

subtest 'a backup says at once that it sees no web server, a master after GONE seconds' => sub {
    my $b = Tested->running('BACKUP')->serves(0.15, 503);
    is($b->track('servers_unseen'), 1);
    is($b->track('servers_down'), 1);
    my $m = Tested->running('MASTER')->serves(1.8, 503);
    is($m->track('servers_unseen'), 1, 'new connections do not wait');
    is($m->track('servers_down'), 0);
    $m->serves(0.4, 503);
    is($m->track('servers_down'), 1);
    $m->serves(0.15, 200);
    is($m->track('servers_down'), 0, 'and that it sees one again, at once');
};

subtest 'a master whose web servers are only late keeps the VIP, and says it once' => sub {
    my $m = Tested->running('MASTER', ask_late => [ late => 1 ])->serves(5, 503);
    is($m->track('servers_down'), 0);
    is(scalar($m->done(qr/say web servers take/)), 1);
    $m->serves(0.2, 200)->serves(2.5, 503);
    is(scalar($m->done(qr/say web servers take/)), 1, 'once each time');
};

subtest 'pools are lost and found each for itself, and their number is what is said' => sub {
    my $m = Tested->running('MASTER')->serves(1.5, 200, 'api');
    is($m->track('servers_unseen'), 1, 'new connections do not wait');
    is($m->track('servers_down'), 0);
    $m->serves(0.7, 200, 'api', 'img');
    is($m->track('servers_down'), 1, 'api, after GONE seconds; img has time left');
    is_deeply([ $m->done(qr/say without/) ], ['say without a web server: api']);
    $m->serves(1.5, 200, 'api', 'img');
    is($m->track('servers_down'), 2);
    $m->serves(0.15, 200, 'img');
    is($m->track('servers_down'), 1, 'one is back, and that is said at once');
    $m->serves(3, 503, 'api', 'img', 'web');
    is($m->track('servers_down'), 3);
    $m->serves(0.15);
    is_deeply([ map { $m->track("servers_$_") } qw(down unseen) ], [ 0, 0 ]);
    my $b = Tested->running('BACKUP')->serves(0.15, 200, 'api', 'img');
    is($b->track('servers_down'), 2, 'a backup says it at once');
    $b->serves(1.8, 200, 'img');
    is($b->track('servers_down'), 2, 'and that one is back when the master must have said so');
    is($b->track('servers_unseen'), 1);
    $b->serves(0.4, 200, 'img');
    is($b->track('servers_down'), 1);
    $b->serves(1, 503, 'api', 'img', 'web')->serves(0.15, 200, 'img');
    is($b->track('servers_down'), 1, 'but not when it had none: then it is better than nothing');
};

subtest 'a pool that is lost everywhere hides no other one that is lost here' => sub {
    my $m = Tested->running('MASTER')->serves(3, 200, 'old');
    is($m->track('servers_down'), 1, 'said by all');
    $m->serves(1.8, 200, 'api', 'old');
    is($m->track('servers_down'), 1, 'the peer has time to say the same');
    $m->serves(0.4, 200, 'api', 'old');
    is($m->track('servers_down'), 2);
};

subtest 'a pool that came with a reload is lost when it has had a web server, or has had time to' => sub {
    for my $vrrp (qw(BACKUP MASTER)) {
        my $b = Tested->running($vrrp)->happens(targets => [], [], ['web'])->serves(3, 200, 'doc');
        $b->happens(targets => [], [], [qw(web doc)])->serves(3, 200, 'doc');
        is_deeply([ map { $b->track("servers_$_") } qw(down unseen) ], [ 0, 0 ], "$vrrp: it is new");
        $b->serves(Balancer::NEW_POOL, 200, 'doc');
        is_deeply([ map { $b->track("servers_$_") } qw(down unseen) ], [ 1, 1 ], 'and should be there by now');
        $b = Tested->running($vrrp)->happens(targets => [], [], ['web'])->happens(targets => [], [], [qw(web doc)]);
        $b->serves(0.3)->serves(3, 200, 'doc');
        is($b->track('servers_down'), 1, 'it was there');
    }
    my $first = Tested->running('BACKUP')->happens(targets => [], [], [qw(web doc)])->serves(0.3, 200, 'doc');
    is($first->track('servers_down'), 1, 'at a start all are to be there');
};

subtest 'a pool that is only late is not counted, and others are' => sub {
    my $late = sub ($pool) { [ late => $pool eq 'api' ? 1 : 0, $pool ] };
    my $m = Tested->running('MASTER', ask_late => $late)->serves(3, 200, 'api', 'img');
    is($m->track('servers_down'), 1);
    is_deeply([ $m->done(qr/say web servers/) ], ['say web servers of api take connections and are late: the VIP stays']);
};

subtest 'with one pool of several a balancer takes part, with none after SETTLE seconds' => sub {
    my $b = Tested->new->happens(begin => 'serve')->serves(0.3, 200, 'api');
    ok($b->{state}{keepalived}{pid}, 'Keepalived has started');
    is($b->track('servers_down'), 1);
    my $none = Tested->new->happens(begin => 'serve')->serves(4.9, 503, 'api', 'web');
    ok(!$none->{state}{keepalived}{pid});
    ok($none->serves(0.2, 503, 'api', 'web')->{state}{keepalived}{pid});
};

subtest 'no more is said than priorities can tell' => sub {
    my $b = Tested->running('BACKUP', peers => 2)->serves(0.2, 200, map { "pool-$_" } 1 .. 90);
    is($b->track('servers_down'), Balancer::most_down(3));
    is_deeply([ map { Balancer::most_down($_) } 1, 2, 3, 16, 42 ], [ 31, 15, 10, 1, 1 ]);
};

subtest 'Keepalived that is stopped is killed after STOPPED seconds, and the VIP is taken off' => sub {
    my $b = Tested->running('MASTER', watch => [ pulse => 'T', 0 ])->serves(0.3);
    is_deeply([ ($b->done(qr/say keep|remove|signal/))[0 .. 2] ],
        [ 'say keepalived hangs: stopped by a signal', 'remove_vip eth1', 'signal KILL keepalived -12' ]);
};

subtest 'Keepalived that does nothing for SILENT seconds hangs, if it takes part' => sub {
    my $m = Tested->running('MASTER');
    $m->{told}{watch} = [ pulse => 'asleep', 0 ];
    ok(!$m->serves(0.5)->done(qr/signal/));
    is(($m->serves(0.25)->done(qr/signal/))[0], 'signal KILL keepalived -12');
    my $busy = Tested->running('MASTER', watch => [ pulse => 'asleep', 1 ])->serves(3);
    ok(!$busy->done(qr/signal/), 'one that waits for a processor is not to blame');
    my $fault = Tested->running('FAULT', watch => [ pulse => 'asleep', 0 ])->serves(3);
    ok(!$fault->done(qr/signal/), 'in FAULT it has nothing to do');
    $fault->happens(vrrp => 'BACKUP')->serves(0.3);
    ok(!$fault->done(qr/signal/), 'nor is that held against it later');
};

subtest 'time in which the init itself did not run is held against nobody' => sub {
    my $b = Tested->running('MASTER', watch => [ pulse => 'asleep', 0 ])->serves(0.1)->waits(0.1);
    $b->done;
    $b->{now} += 1.2;
    $b->happens(woke => 1.2)->happens('pass');
    is_deeply([ $b->done(qr/say|signal|track/) ], ['say this balancer did not run for 1.2 s']);
    is($b->track('haproxy_down'), 0);
};

subtest 'yield: the peer is to have the VIP, and that is all' => sub {
    my $b = Tested->running('MASTER')->happens(duty => 'yield');
    is_deeply([ $b->done(qr/track|note/) ], [ 'track leaving 1', 'note duty yield' ]);
    is($b->track('maintenance'), 0);
    $b->happens(duty => 'serve');
    is_deeply([ $b->done(qr/track|note/) ], [ 'track leaving 0', 'note duty serve' ]);
};

subtest 'maintenance comes when the VIP is with the peer' => sub {
    my $b = Tested->running('MASTER', ask_vip => [ vip => 1 ])->happens(duty => 'maintenance')->serves(0.5);
    is_deeply([ $b->done(qr/track|ask_vip/) ], ['track leaving 1'], 'a master does not even look');
    $b->happens(vrrp => 'BACKUP')->serves(0.2);
    is($b->track('maintenance'), 0, 'the VIP is still on the interface');
    $b->{told}{ask_vip} = [ vip => 0 ];
    $b->serves(0.05);
    is($b->track('maintenance'), 1);
    is($b->{state}{in_force}, 'maintenance');
};

subtest 'maintenance comes after DEMOTE seconds in any case, and at once for one that is alone' => sub {
    my $b = Tested->running('MASTER', ask_vip => [ vip => 1 ])->happens(duty => 'maintenance')->serves(1.9);
    is($b->track('maintenance'), 0);
    $b->serves(0.15);
    is($b->track('maintenance'), 1);
    is(Tested->running('MASTER', peers => 0)->happens(duty => 'maintenance')->track('maintenance'), 1);
    is(Tested->new->happens(begin => 'maintenance')->track('maintenance'), 1, 'nor does one that begins wait');
};

subtest 'maintenance that is taken back before it came leaves nothing behind' => sub {
    my $b = Tested->running('MASTER', ask_vip => [ vip => 1 ])->happens(duty => 'maintenance')->serves(0.5);
    is($b->track('leaving'), 1);
    $b->happens(duty => 'serve')->serves(3);
    is($b->track('leaving'), 0);
    is($b->track('maintenance'), 0);
};

subtest 'that it has the VIP is said at once, and not any longer when Keepalived has ended' => sub {
    my $b = Tested->running('BACKUP');
    is($b->track('holds'), 0);
    is($b->happens(vrrp => 'MASTER')->track('holds'), 1);
    is($b->happens(vrrp => 'FAULT')->track('holds'), 0);
    $b->happens(vrrp => 'MASTER')->done;
    $b->happens(ended => 'keepalived', 9, 'T');
    is_deeply([ $b->done(qr/track|start/) ], ['track holds 0'], 'before it is started again');
};

subtest 'SIGTERM: the peer claims the VIP, HAProxy ends what it has, the last packets, the end' => sub {
    my $b = Tested->running('MASTER', ask_vip => [ vip => 1 ])->happens(signal => 'TERM')->serves(1);
    is_deeply([ $b->done(qr/track|say|signal/) ], [ 'track leaving 1', 'say leaving=1', 'say running -> demoting' ]);
    $b->{told}{ask_vip} = [ vip => 0 ];
    $b->happens(vrrp => 'BACKUP')->waits(0.05);
    is_deeply([ $b->done(qr/track|signal/) ], [ 'track holds 0', 'track haproxy_down 1', 'signal USR1 haproxy 11' ]);
    is($b->track('beacon_down'), 0, 'the peer goes on sending what belongs here');
    $b->waits(5);
    is($b->{state}{phase}, 'draining');
    $b->happens(ended => 'haproxy', 0, 'T')->waits(0.1);
    is($b->{state}{phase}, 'lingering');
    is($b->track('beacon_down'), 0);
    $b->waits(1.05);
    is(($b->done(qr/signal/))[-1], 'signal TERM keepalived 12');
    $b->happens(ended => 'keepalived', 0, 'T')->waits(0.05);
    is_deeply([ $b->done(qr/say left|end/) ], [ 'say left', 'end' ]);
};

subtest 'who leaves without a hand-over does not wait for connections that ended when the VIP left' => sub {
    my $leaves = sub ($obstacle, $peers, $vrrp) {
        my $b = Tested->running('MASTER', take_lan => [ handover => $obstacle ], peers => $peers, ask_vip => [ vip => 0 ]);
        $b->happens(signal => 'TERM')->happens(vrrp => $vrrp)->waits(3);
        is($b->{state}{phase}, 'draining');
        return scalar grep { $_ eq 'end_at_vip' } $b->done;
    };
    is($leaves->('nft: no', 1, 'BACKUP'), 1);
    is($leaves->('', 1, 'BACKUP'), 0, 'with one they go on');
    is($leaves->('nft: no', 0, 'MASTER'), 0, 'nobody else has it');
    is($leaves->('nft: no', 1, 'MASTER'), 0, 'nobody has taken it');
};

subtest 'leaving has limits: DEMOTE, DRAIN, LINGER and ENDING' => sub {
    my $b = Tested->running('MASTER', ask_vip => [ vip => 1 ], watch => [ pulse => 'x', 1 ])->happens(signal => 'TERM');
    my $began = $b->{now};
    $b->waits(25);
    my ($end) = $b->done(qr/end/);
    is($end, 'end');
    $b = Tested->running('MASTER', peers => 0)->happens(signal => 'TERM')->happens('pass');
    is($b->{state}{phase}, 'draining', 'one that is alone waits for nobody');
    $b->happens(signal => 'TERM')->happens(signal => 'INT');
    is($b->{state}{phase}, 'draining', 'a second signal changes nothing');
};

subtest 'nothing is started again while it leaves' => sub {
    my $b = Tested->running('MASTER', peers => 0)->happens(signal => 'TERM')->happens('pass');
    $b->done;
    $b->happens(ended => 'haproxy', 0, 'T')->happens(ended => 'keepalived', 9, 'T')->waits(0.5);
    ok(!$b->done(qr/start/));
};

subtest 'SIGHUP reloads, the rules too where connections are handed over' => sub {
    is(((Tested->running('MASTER')->happens(signal => 'HUP')->done(qr/reload/)))[0], 'reload 1');
    my $without = Tested->running('MASTER', take_lan => [ handover => 'nft: no' ]);
    is($without->track('beacon_down'), 1, 'no beacon without a hand-over');
    is(($without->happens(signal => 'HUP')->done(qr/reload/))[0], 'reload 0');
};

subtest 'a step leaves the state that it is given as it was' => sub {
    my $b = Tested->running('MASTER')->listens->serves(0.5);
    my $before = $b->{state};
    my %copy = (%$before, map { my %deep = %{ $before->{$_} }; $_ => \%deep } qw(track haproxy keepalived words said));
    $copy{targets} = { map { $_ => { %{ $before->{targets}{$_} } } } keys %{ $before->{targets} } };
    for my $event ([ ended => 'haproxy', 9, 'T' ], [ duty => 'yield' ], [ answer => 503 ], ['pass'], [ signal => 'TERM' ],
        [ heard => 'http' ], [ connected => 'http' ], [ woke => 1 ], [ told => '192.0.2.2', 'http' ]) {
        my ($next) = Balancer::step($before, $event, $b->{now} + 1);
        isnt($next, $before, "another state after $event->[0]");
        is_deeply($before, \%copy);
    }
};

subtest 'a pass before anything is due changes nothing' => sub {
    my $b = Tested->running('BACKUP')->serves(0.1);
    my $due = Balancer::due($b->{state});
    my ($next, @actions) = Balancer::step($b->{state}, ['pass'], $due - 0.001);
    is($next, $b->{state});
    is(@actions, 0);
    ($next, @actions) = Balancer::step($b->{state}, ['pass'], $due);
    ok(@actions > 0, 'when it is due, something is done');
};

subtest 'what an action brings back comes when the action is over' => sub {
    my $b = Tested->running('MASTER');
    my $begin = $b->{now};
    my $state = Balancer::settle($b->{state}, [ ended => 'haproxy', 9, 'T' ], sub { $b->{now} }, sub { return });
    $state = Balancer::settle($state, ['pass'], sub { $b->{now} }, sub ($action, @with) {
        return if $action ne 'start';
        $b->{now} += 0.1;
        return [ not_started => $with[0], 'no memory' ], [ vrrp => 'BACKUP' ];
    });
    is($state->{vrrp}, 'BACKUP', 'all of it comes');
    is($state->{now}, $begin + 0.1);
};

subtest 'an event that nobody knows is a fault of ours' => sub {
    ok(!eval { Balancer::step(Balancer::new(peers => 1, lan_address => 'x'), ['rain'], 1); 1 });
};

done_testing;
