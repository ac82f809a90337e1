# Balancer: what the init of a balancer decides. Pure: a state, an event and the time give the next
# state and what is to be done. It reads no file and no clock, starts nothing, and keeps nothing between
# two calls, so the tests run it through thousands of failures in seconds. The init (images/balancer/init)
# tells it what happens and does what it says.
#
#   my ($next, @actions) = Balancer::step($state, [ended => 'haproxy', 9, $time_of_day], $now);
#
# The state given stays as it was. `settle` goes on until nothing more follows: what an action brings
# back (a look at an interface, say) is an event too. It is called in each round of the init's loop, so
# it makes no copy: the state given to it becomes the next one.
#
# Events                                  | Actions
#   begin DUTY                            |   say TEXT              a line of the log
#   pass                  time has passed |   track NAME NUMBER     a track file
#   woke LATE      by so many seconds     |   note NAME LINE        another file in /run/tandem
#   ended PROGRAM STATUS TIME-OF-DAY      |   start PROGRAM         -> started, or not_started
#   started PROGRAM PID                   |   bury PROGRAM PID      kill what is left of it
#   not_started PROGRAM WHY               |   signal SIGNAL PROGRAM PID
#   signal TERM|INT|HUP                   |   remove_vip INTERFACE [OF]
#   vrrp STATE [OF]   by Keepalived       |   note_vrrp STATE
#   duty WORD                             |   take_lan INTERFACE    -> handover
#   lan INTERFACE NUMBER  '', 0: none     |   ask                   HAProxy, `until`; -> answer
#   handover OBSTACLE  '' when none       |   last_look PID         -> overdue
#   answer CODE POOL...  of HAProxy, or '' |   forget                the question
#   overdue CODE|undef SLOW POOL...       |   ask_checks            -> checks
#   checks DONE                           |   ask_seen              -> seen (a web server)
#   seen YES POOL...                      |   ask_late POOL         -> late
#   late YES POOL                         |   ask_vip INTERFACE     -> vip
#   vip HERE                              |   watch PID             -> pulse
#   pulse PULSE WAITS                     |   look_lan              -> lan
#   targets [LISTENER...] [PEER...] [POOL...] |   ask_listeners TARGET...  -> the three beside
#   connected, heard, refused TARGET      |   tell PEER LISTENER... these of yours are silent
#   told PEER LISTENER...                 |   beacon PRIORITY PEER...
#   foreign HERE [OF]  the VIP is on the LAN |  ask_foreign INTERFACE -> foreign
#                                         |   end_at_vip            connections to the VIP
#   route THERE      the default route    |   set_route INTERFACE
#   claimed MAC OF-PEER [OF]  by another  |   claim INTERFACE OF... say that the VIP is ours
#                                         |   reload, end
#
# The pools that an answer names have no web server up. One without a name is all that there is, and is
# called `web`.
#
# OF: a balancer with VIPs of its own, which are first there (`balancers.NAME.vips`); an instance of Keepalived for
# each such balancer decides who has them. Without it, or '', what is meant is the VIP, and what goes where it goes.
#
# What makes of answers of listeners a judgement is Listening.pm.
package Balancer;
use v5.36;
use List::Util qw(min);
use Listening;

use constant {
    PROBE_EVERY => 0.1,     # seconds between two questions to HAProxy
    PROBE_LIMIT => 0.2,     # an answer that takes longer is none
    PROBE_FALL  => 1,       # missing answers in a row until HAProxy counts as down
    PROBE_BUSY  => 2,       # the same in seconds, while HAProxy waits for a processor
    WATCH_EVERY => 0.1,     # seconds between two looks at Keepalived
    STOPPED     => 0.1,     # how long it may be stopped by a signal
    SILENT      => 0.5,     # how long it may do nothing at all: it should send or hear adverts
    STANDSTILL  => 0.3,     # the log says what did not run for as long; a peer takes it for dead
    LAN_EVERY   => 1,       # seconds between two looks at the interfaces
    SETTLE      => 5,       # how long to wait for the first web server before joining VRRP
    DEMOTE      => 2,       # how long the peer may take to claim the VIP when we leave
    EMPTY       => 0.3,     # how long we stay open at least, for what is in the queue of the kernel
    DRAIN       => 15,      # how long HAProxy may take to end its connections
    LINGER      => 1,       # how long the last packets may take after that
    ENDING      => 2,       # how long the programs may take to end
    BEACON      => 0.1,     # seconds between two beacons of the init
    GONE        => 2,       # how long a master must see no web server until it says so (see servers)
    NEW_POOL    => 120,     # how long a pool that came with a reload may need until it has a web server
    CLAIM_EVERY => 0.1,     # seconds between two of our claims of the VIP against somebody else's
    CLAIM_SAID  => 60,      # seconds until the log says again that somebody claims it
    SHORT_LIFE  => 10,      # a program that lives no longer than this keeps dying
    BACKOFF     => 8,       # the longest pause before such a program is started again
    LATE        => 0.02,    # being late by less says nothing
};

# The priority of a beacon: whether this balancer takes new connections (render.Beacon).
use constant { BEACON_OPEN => 250, BEACON_CLOSED => 150 };

# In the order in which they start.
my @programs = qw(haproxy keepalived);

# The phases in which it leaves: the first of them with HAProxy still open.
my %leaves = map { $_ => 1 } qw(demoting draining lingering ending);

# Whether there is a question to HAProxy. One that is over leaves room for the next one a pass later.
use constant { NONE => 'none', ASKED => 'asked', OVER => 'over' };

use constant NEVER => 9e9;

# How many pools servers_down can tell from one another: with their bands, all priorities of so many
# balancers fit below 254 (render.Priorities). Keepalived takes a weight beyond that for a fault.
sub most_down ($balancers) {
    my $most = int((int(253 / (2 * $balancers)) - 2) / 4);
    return $most < 1 ? 1 : $most;
}

# @param peers the number of other balancers
# @param owners those that have VIPs of their own, this one too if it has
sub new (%settings) {
    return {
        also         => { map { $_ => 'INIT' } @{ $settings{owners} // [] } },    # as vrrp, by owner
        most_down    => most_down($settings{peers} + 1),
        peers        => $settings{peers},
        lan_address  => $settings{lan_address},
        phase        => 'starting',   # -> running -> demoting -> draining -> lingering -> ending
        began        => 0,            # when the phase began
        lan          => '',           # the interface that holds lan_address
        lan_number   => 0,            # and its number
        lan_at       => 0,            # when to look for it again
        vrrp         => 'INIT',       # what Keepalived said last
        handover     => 0,            # whether connections are handed over
        question     => NONE,
        until        => 0,            # when the answer must have come
        ask_at       => 0,            # when to ask the next question
        missing      => PROBE_FALL,   # answers missing in a row
        answered     => 0,            # when HAProxy answered last
        code         => undef,        # its answer, while we find out what it is worth
        asked_at     => 0,            # when it was asked last
        serving      => undef,        # since when it answers without a break
        targets      => {},           # the listeners, ours and the peers': see Listening
        names        => [],           # of these, in order
        listen_at    => NEVER,        # when the first of them is to be asked
        news_at      => 0,            # when a look at them may find anything new, if they say nothing
        silent       => [],           # those that were found silent
        at_peers     => [],           # the peers' addresses
        words        => {},           # by peer: what it said of us, and until when that counts
        tell_at      => 0,            # when to tell the peers again what is silent there
        better_away  => -1e9,         # when there was last a reason for listener_down
        heard        => '',           # what was noted of all that
        beacon_at    => 0,            # when to send a beacon of our own
        foreign      => {},           # by OF: how often in a row the VIP was on the LAN and not ours
        claim_at     => 0,            # when the VIP may be claimed again
        claim_due    => {},           # by OF: which are to be
        claim_said   => {},           # by OF and MAC: when the log said that it claims these
        checked      => 0,            # whether this HAProxy's first checks have decided
        pools        => undef,        # those that there are: when each came, 0 when it has had a web server
        lost         => [],           # the pools without a web server, by the last answer
        since        => {},           # and by pool, when there was last one
        looked_at    => 0,            # when that was judged last
        said         => {},           # those that servers_down counts
        back         => {},           # of these, by pool, since when there is one again
        has_none     => 1,            # whether no pool had one, by the last answer
        late_said    => {},           # by pool: when the log last said that they are only late
        watch_at     => 0,            # when to look at Keepalived
        pulse        => '',           # its pulse
        changed      => 0,            # and when that changed
        duty         => 'serve',      # what is asked of this balancer
        asked        => 0,            # and since when
        in_force     => '',           # the duty that is obeyed
        track        => {},           # what the track files say
        haproxy      => { pause => 0, started => 0 },   # pid, started, start_at, pause
        keepalived   => { pause => 0, started => 0 },
    };
}

my %on = (
    begin       => \&begin,
    pass        => \&pass,
    woke        => \&woke,
    ended       => \&ended,
    started     => \&started,
    not_started => \&not_started,
    signal      => \&signal,
    vrrp        => \&vrrp,
    duty        => \&duty,
    lan         => \&lan,
    handover    => \&handover,
    answer      => \&answer,
    overdue     => \&overdue,
    checks      => \&checks,
    seen        => \&seen,
    late        => \&late,
    vip         => \&vip,
    pulse       => \&pulse,
    targets     => \&targets,
    connected   => \&listener_said,
    heard       => \&listener_said,
    refused     => \&listener_said,
    told        => \&told,
    foreign     => \&foreign,
    claimed     => \&claimed,
    route       => \&route,
);

# The next state, and the actions.
sub step ($state, $event, $now) {
    return $state if $event->[0] eq 'pass' && $now < due($state);
    # What lies deeper is replaced as a whole, never written into, but for the targets.
    my $s = { %$state, targets => { map { $_ => { %{ $state->{targets}{$_} } } } @{ $state->{names} } } };
    return ($s, apply($s, $event, $now));
}

# Makes a state the next one; returns the actions.
sub apply ($s, $event, $now) {
    my ($what, @with) = @$event;
    return if $what eq 'pass' && $now < due($s);
    @$s{qw(now do event)} = ($now, [], $what);
    ($on{$what} // die "Balancer: no event is called $what\n")->($s, @with);
    return @{ delete $s->{do} };
}

# Makes a state the one in which nothing more follows from an event, and returns it. $carry_out does an
# action and returns the events that it brings back; that takes time.
sub settle ($state, $event, $clock, $carry_out) {
    my @events = ($event);
    my $now = $clock->();
    while (my $next = shift @events) {
        my @actions = apply($state, $next, $now) or next;
        push @events, map { $carry_out->(@$_) } @actions;
        $now = $clock->() if @events;
    }
    return $state;
}

# When a pass is next worth anything, if nothing else happens.
sub due ($s) {
    return 0 if $s->{question} eq OVER || $s->{duty} ne $s->{in_force} || $leaves{ $s->{phase} };
    my $at = $s->{question} eq ASKED ? $s->{until} : $s->{ask_at};
    $at = $s->{lan_at} if $s->{lan_at} < $at;
    $at = $s->{watch_at} if $s->{watch_at} < $at && $s->{keepalived}{pid};
    $at = $s->{claim_at} if $s->{claim_at} < $at && %{ $s->{claim_due} };
    $at = $s->{beacon_at} if $s->{beacon_at} < $at && $s->{handover};
    $at = $s->{listen_at} if $s->{listen_at} < $at;
    for my $name (@programs) {
        my $start = $s->{$name}{start_at};
        $at = $start if defined $start && $start < $at;
    }
    return $at;
}

# ---------------------------------------------------------------------------------------- small

sub act ($s, @action) { push @{ $s->{do} }, \@action }

sub say_log ($s, $text) { act($s, say => $text) }

sub is_leaving ($s) { return $leaves{ $s->{phase} } && $s->{phase} ne 'demoting' }

# Whether Keepalived takes part in VRRP: then it sends or hears adverts all the time.
sub takes_part ($s) { return $s->{vrrp} eq 'MASTER' || $s->{vrrp} eq 'BACKUP' }

# What Keepalived said last of the VIP, or of the VIPs of this owner.
sub state_of ($s, $of) { return $of eq '' ? $s->{vrrp} : $s->{also}{$of} // 'INIT' }

sub is_master ($s, $of) { return state_of($s, $of) eq 'MASTER' }

# Whether it has any of the VIPs.
sub has_any ($s) { return scalar grep { is_master($s, $_) } '', keys %{ $s->{also} } }

sub enter ($s, $next) {
    say_log($s, "$s->{phase} -> $next");
    @$s{qw(phase began)} = ($next, $s->{now});
}

# Keepalived sees the change through inotify, within milliseconds.
sub track ($s, $name, $value) {
    return if ($s->{track}{$name} // -1) == $value;
    $s->{track} = { %{ $s->{track} }, $name => $value };
    act($s, track => $name, $value);
    say_log($s, "$name=$value") if $s->{phase} ne 'starting' && $name ne 'holds';    # VRRP says that
}

# HAProxy answers, or does not. While we leave it is silent on purpose, and carries on what it has.
sub serves ($s, $yes) {
    track($s, haproxy_down => $yes ? 0 : 1);
    $s->{serving} = $yes ? $s->{serving} // $s->{now} : undef;
    track($s, beacon_down => $yes && $s->{handover} ? 0 : 1) unless is_leaving($s);
}

sub program ($s, $name, %change) { $s->{$name} = { %{ $s->{$name} }, %change } }

sub signal_to ($s, $signal, $name) {
    my $pid = $s->{$name}{pid};
    act($s, signal => $signal, $name, $pid) if $pid;
}

# ---------------------------------------------------------------------------------------- begin

# Nothing is known yet: this balancer takes no part. The LAN is looked for before HAProxy starts.
sub begin ($s, $word) {
    $s->{began} = $s->{now};
    track($s, $_ => 1) for qw(servers_down servers_unseen);
    track($s, $_ => 0) for qw(listener_down holds);
    duty($s, $word);
    obey($s);
    serves($s, 0);
    act($s, note_vrrp => $s->{vrrp});
    $s->{lan_at} = $s->{now} + LAN_EVERY;
    act($s, 'look_lan');
    program($s, haproxy => (start_at => $s->{now}));
}

# ------------------------------------------------------------------------------------ interface

# The interface that holds our address on the LAN, as it is now. Taken out and put back between two
# looks, it may have the same name: its number shows that it is another one, which Keepalived does not
# know.
sub lan ($s, $found, $number) {
    return if $found eq $s->{lan} && $number == $s->{lan_number};
    @$s{qw(lan lan_number)} = ($found, $number);
    return say_log($s, "no interface holds $s->{lan_address} any more") if $found eq '';
    say_log($s, "LAN interface is $found ($s->{lan_address})");
    act($s, remove_vip => $found);
    act($s, take_lan => $found);
    signal_to($s, TERM => 'keepalived');    # comes back on the new one
}

# Without the default route over the LAN, clients in other networks get no answer, and nothing else
# would show it. Taking the LAN sets it as well.
sub route ($s, $there) {
    return if $there || $s->{lan} eq '';
    say_log($s, 'the default route over the LAN is gone, and is set again');
    act($s, set_route => $s->{lan});
}

# Where connections cannot be handed over, this balancer has no beacon, and its peer sends nothing
# here.
sub handover ($s, $obstacle) {
    $s->{handover} = $obstacle eq '' ? 1 : 0;
    say_log($s, 'connections are ' . ($s->{handover} ? 'handed over' : "not handed over: $obstacle"));
}

# ------------------------------------------------------------------------------------- programs

sub start ($s, $name) {
    program($s, $name => (started => $s->{now}, start_at => undef));
    act($s, start => $name);
}

sub started ($s, $name, $pid) {
    program($s, $name => (pid => $pid));
    say_log($s, "$name started, process $pid");
}

sub not_started ($s, $name, $why) {
    say_log($s, "$name could not be started: $why");
    again($s, $name);
}

sub ended ($s, $name, $status, $time_of_day) {
    my $pid = $s->{$name}{pid};
    my $how = $status & 127 ? 'signal ' . ($status & 127) : 'exit ' . ($status >> 8);
    # With the time: the log's own is when somebody read this line, and a peer may have the VIP by then.
    say_log($s, "$name ended at $time_of_day: $how");
    act($s, bury => $name, $pid);    # a part that was stopped, say
    program($s, $name => (pid => undef));
    if ($name eq 'haproxy') {
        serves($s, 0);
        @$s{qw(checked missing)} = (0, PROBE_FALL);
        with_targets($s, %{ $s->{targets} }, map { $_ => Listening::target() } own($s));
    } else {
        # Keepalived that died leaves the VIP behind: two owners, until this is done.
        act($s, remove_vip => $s->{lan});
        vrrp($s, 'DOWN', $_) for '', sort keys %{ $s->{also} };
    }
    again($s, $name);
}

# Started again at once; one that dies within 10 s waits 0.25, 0.5, 1 ... seconds. The first of these
# pauses is none: once is no habit.
sub again ($s, $name) {
    my $program = $s->{$name};
    my $pause = $s->{now} - $program->{started} > SHORT_LIFE ? 0 : $program->{pause} * 2 || 0.25;
    $pause = BACKOFF if $pause > BACKOFF;
    program($s, $name => (pause => $pause, start_at => $s->{now} + ($pause == 0.25 ? 0 : $pause)));
}

sub start_what_is_due ($s) {
    for my $name (@programs) {
        my $at = $s->{$name}{start_at} // next;
        start($s, $name) if $at <= $s->{now} && !is_leaving($s) && !($name eq 'keepalived' && $s->{lan} eq '');
    }
}

# ------------------------------------------------------------------------------------ Keepalived

sub vrrp ($s, $said, $of = '') {
    $s->{changed} = $s->{now} unless takes_part($s);    # it may have had nothing to do for long
    return if $said eq state_of($s, $of);    # a backup says so again after a reload
    $s->{foreign} = { %{ $s->{foreign} }, $of => 0 };
    return also($s, $said, $of) if $of ne '';
    $s->{vrrp} = $said;
    track($s, holds => $said eq 'MASTER' ? 1 : 0);
    act($s, note_vrrp => $said);
    say_log($s, "VRRP $said");
    beacon($s) unless takes_part($s);    # its own has just ended, with "I am gone"
}

# The log has other words for it: who reads there where the VIP went must not take the one for the other.
sub also ($s, $said, $of) {
    return unless exists $s->{also}{$of};
    $s->{also} = { %{ $s->{also} }, $of => $said };
    say_log($s, "VIPs of $of: $said");
}

# Keepalived's beacon ends with Keepalived, but what it speaks for does not: HAProxy carries on its
# connections. So the init sends one too, all the time, and at once when Keepalived has ended.
sub beacon ($s) {
    $s->{beacon_at} = $s->{now} + BEACON;
    return if !$s->{handover} || $s->{phase} eq 'ending' || ($s->{track}{beacon_down} // 1);
    my $closed = grep { $s->{track}{$_} } qw(leaving servers_unseen listener_down);
    act($s, beacon => $closed ? BEACON_CLOSED : BEACON_OPEN, @{ $s->{at_peers} });
}

# The VIP is on our interface, and Keepalived did not put it there: twice in a row, because it may be
# about to say so. Two owners, until it is taken off.
sub foreign ($s, $here, $of = '') {
    my $times = $here && !is_master($s, $of) ? ($s->{foreign}{$of} // 0) + 1 : 0;
    $s->{foreign} = { %{ $s->{foreign} }, $of => $times < 2 ? $times : 0 };
    return if $times < 2;
    my $what = $of eq '' ? 'the VIP is' : "VIPs of $of are";
    my ($it, $state) = ($of eq '' ? 'it' : 'them', state_of($s, $of));
    say_log($s, "$what on $s->{lan}, and VRRP is $state: somebody else put $it there");
    act($s, remove_vip => $s->{lan}, $of);
}

# Somebody else says on the LAN that the VIP is theirs, and the clients believe it, until we say
# otherwise. A peer may: it is about to be master, or there is a split brain, which no word ends.
sub claimed ($s, $mac, $of_peer, $of = '') {
    return if $of_peer || !is_master($s, $of);
    if ($s->{now} - ($s->{claim_said}{"$of $mac"} // -1e9) >= CLAIM_SAID) {
        # So many MACs are one who makes them up.
        my %said = keys %{ $s->{claim_said} } < 100 ? %{ $s->{claim_said} } : ();
        $s->{claim_said} = { %said, "$of $mac" => $s->{now} };
        my $what = $of eq '' ? 'the VIP' : "VIPs of $of";
        say_log($s, "$mac claims $what and is no balancer of this site: " . ($of eq '' ? "$what is" : 'they are') . ' claimed again');
    }
    $s->{claim_due} = { %{ $s->{claim_due} }, $of => 1 };
    claim($s);
}

sub claim ($s) {
    return if $s->{now} < $s->{claim_at};
    my @due = grep { is_master($s, $_) } sort keys %{ $s->{claim_due} };
    @$s{qw(claim_due claim_at)} = ({}, $s->{now} + CLAIM_EVERY);
    act($s, claim => $s->{lan}, @due) if @due && $s->{lan} ne '';
}

# A Keepalived that hangs neither sends adverts nor lets go of the VIP: its peer takes it, and there
# are two owners. A part of it that is stopped ('T') is seen at once. Otherwise: as long as it takes
# part in VRRP it sends or hears adverts, so its threads wake up and go to sleep again, and the pulse
# changes. One that waits for a processor is not to blame.
sub pulse ($s, $pulse, $waits) {
    my $stopped = $pulse eq 'T';
    my $idle    = $s->{now} - $s->{changed};
    if (!$stopped && $pulse ne $s->{pulse}) {
        say_standstill($s, 'keepalived', $idle) if takes_part($s);
        @$s{qw(pulse changed)} = ($pulse, $s->{now});
        return;
    }
    return if $idle < ($stopped ? STOPPED : SILENT);
    return if !$stopped && (!takes_part($s) || $waits);
    say_log($s, 'keepalived hangs: ' . ($stopped ? 'stopped by a signal' : 'it does nothing'));
    act($s, remove_vip => $s->{lan});
    my $pid = $s->{keepalived}{pid};
    act($s, signal => 'KILL', 'keepalived', -$pid) if $pid;
    $s->{changed} = $s->{now};
}

# Why the VIP has moved, when nothing else says so.
sub say_standstill ($s, $what, $seconds) {
    say_log($s, sprintf '%s did not run for %.1f s', $what, $seconds) if $seconds >= STANDSTILL;
}

# --------------------------------------------------------------------------------------- HAProxy

# A code is an answer; '' is none, and none will come on the health port. HAProxy lives all the same when
# one of its listeners has answered meanwhile; as long as there is time, one still may.
sub answer ($s, $code, @lost) {
    return if $s->{question} ne ASKED;
    act($s, 'forget');
    my $elsewhere = $code eq '' && grep { $s->{targets}{$_}{heard} >= $s->{asked_at} } own($s);
    return if $code eq '' && !$elsewhere && own($s) && $s->{now} < $s->{until} && !is_leaving($s);
    $s->{question} = OVER;
    return if is_leaving($s);    # not serving, and said so already
    if ($code eq '' && !$elsewhere) {
        serves($s, 0) if ++$s->{missing} >= PROBE_FALL;
        return;
    }
    @$s{qw(missing answered)} = (0, $s->{now});
    return act($s, 'ask_seen') if $elsewhere;
    code($s, $code, @lost);
}

# What a HAProxy that does not answer on its health port says over its own socket.
sub seen ($s, $yes, @lost) { code($s, $yes ? 200 : 503, @lost) }

sub code ($s, $code, @lost) {
    $s->{code} = $code;
    $s->{lost} = @lost ? \@lost : $code == 200 ? [] : ['web'];
    return worth($s) if $s->{checked};
    # What it says of the web servers can be believed when its first checks have decided, and after SETTLE
    # seconds in any case.
    return checks($s, 1) if $s->{now} - $s->{haproxy}{started} >= SETTLE;
    act($s, 'ask_checks');
}

sub checks ($s, $done) {
    return unless $done;
    $s->{checked} = 1;
    worth($s);
}

# An answer that can be believed: HAProxy serves, and says for which pools it sees a web server. With one of
# them it can take part: how many it lacks, its priority says.
sub worth ($s) {
    serves($s, 1);
    servers($s, @{ $s->{lost} });
    return if $s->{phase} ne 'starting' || $s->{lan} eq '';
    return unless $s->{code} == 200 || $s->{now} - $s->{began} >= SETTLE;
    start($s, 'keepalived');
    enter($s, 'running');
}

# The answer is late. $code is what has come by now, undef when nothing has; $slow: HAProxy waits for a
# processor. On a busy machine an answer may be late because it gets none. One that hangs rests.
sub overdue ($s, $code, $slow, @lost) {
    return answer($s, $code, @lost) if defined $code;
    answer($s, '') unless $slow;
}

# When the last web server of a pool dies, every balancer finds out, but not in the same moment: a master
# that said so first would lose the VIP to a peer that is about to say the same. So a master waits until
# any peer that lost its web servers too must have said so; then the VIP moves only to one that serves
# more pools. The others say so at once, and who sees a web server again says that at once as well, but for
# one who is not master and serves other pools: when a pool is back for all, it may find out first, and the
# VIP would go there and come back. So it waits as long as a master does.
#
# What is said is how many pools are lost, and each for itself waits for that: one that is down everywhere
# moves nothing, and does not hide that a balancer alone has lost another one.
#
# A pool that came with a reload, and has no web server yet, is not lost: the peer, which is reloaded later,
# does not know of it.
#
# On a full machine checks come too late although the web servers answer. A master whose checks fail
# only by that keeps the VIP: they are as late for its peer. Nobody takes it with such checks either.
#
# New connections do not wait for any of that: they go to the peer as long as that one has all pools.
sub servers ($s, @lost) {
    my ($now, $before, $had_none) = @$s{qw(now looked_at has_none)};
    @$s{qw(looked_at has_none)} = ($now, $s->{code} != 200);
    @lost = had($s, @lost);
    return none_lost($s) if !@lost && !%{ $s->{said} };
    $s->{since} = { map { $_ => $s->{since}{$_} // $before } @lost };
    track($s, servers_unseen => @lost ? 1 : 0);
    my $is_master = has_any($s);
    my %lost = map { $_ => 1 } @lost;
    my @back = $is_master || $had_none ? () : grep { !$lost{$_} } sort keys %{ $s->{said} };
    $s->{back} = { map { $_ => $s->{back}{$_} // $now } @back };
    say_lost($s, (grep { $now - $s->{back}{$_} < GONE } @back), grep { !$is_master || $s->{said}{$_} } @lost);
    return unless $is_master;
    act($s, ask_late => $_) for grep { !$s->{said}{$_} && $now - $s->{since}{$_} >= GONE } @lost;
}

# As it is most of the time.
sub none_lost ($s) {
    @$s{qw(since back)} = ({}, {});
    track($s, $_ => 0) for qw(servers_unseen servers_down);
}

# Of the pools without a web server, those that have had one, or should have by now.
sub had ($s, @lost) {
    my $pools = $s->{pools} // return @lost;
    my %down = map { $_ => 1 } @lost;
    if (my @came = grep { $pools->{$_} && !$down{$_} } keys %$pools) {
        $pools = $s->{pools} = { %$pools, map { $_ => 0 } @came };
    }
    return grep { defined $pools->{$_} && ($pools->{$_} == 0 || $s->{now} - $pools->{$_} >= NEW_POOL) } @lost;
}

sub say_lost ($s, @pools) {
    my $before = join ' ', sort keys %{ $s->{said} };
    $s->{said} = { map { $_ => 1 } @pools };
    my $number = keys %{ $s->{said} };
    track($s, servers_down => $number < $s->{most_down} ? $number : $s->{most_down});
    my $after = join ' ', sort keys %{ $s->{said} };
    # With one pool, the line of the track file says it all.
    say_log($s, $after eq '' ? 'each pool has a web server again' : "without a web server: $after")
        if $before ne $after && "$before $after" !~ /^(?:web)? (?:web)?$/;
}

sub late ($s, $yes, $pool = 'web') {
    my $since = $s->{since}{$pool} // return;
    return say_lost($s, $pool, keys %{ $s->{said} }) unless $yes;
    return if ($s->{late_said}{$pool} // -1) > $since;
    $s->{late_said} = { %{ $s->{late_said} }, $pool => $s->{now} };
    say_log($s, 'web servers ' . ($pool eq 'web' ? '' : "of $pool ") . 'take connections and are late: the VIP stays');
}

# Either awaits the answer to the last question, or asks the next one.
sub question ($s) {
    if ($s->{question} eq ASKED) {
        return if $s->{now} < $s->{until};
        my $hopeless = !$s->{haproxy}{pid} || $s->{now} - $s->{answered} >= PROBE_BUSY;
        act($s, last_look => $hopeless ? undef : $s->{haproxy}{pid});
    } elsif ($s->{question} eq OVER) {
        $s->{question} = NONE;
    } elsif ($s->{now} >= $s->{ask_at}) {
        @$s{qw(question asked_at ask_at until)}
            = (ASKED, $s->{now}, $s->{now} + PROBE_EVERY, $s->{now} + PROBE_LIMIT);
        act($s, 'ask');
    }
}

# ------------------------------------------------------------------------------------- listeners

# Our own listeners.
sub own ($s) { return grep { !m{/} } @{ $s->{names} } }

sub of_peer ($s, $peer) { return grep { m{^\Q$peer\E/} } @{ $s->{names} } }

sub with_targets ($s, %targets) {
    $s->{targets} = \%targets;
    $s->{names} = [ sort keys %targets ];
    $s->{listen_at} = min(NEVER, map { $_->{at} } values %targets);
    $s->{news_at} = 0;
}

sub targets ($s, $listeners, $peers, $pools = undef) {
    if ($pools) {
        my ($were, $now) = @$s{qw(pools now)};
        $s->{pools} = { map { $_ => $were ? $were->{$_} // $now : 0 } @$pools };
    }
    my @names = map { my $at = $_; map { $at . $_ } @$listeners } '', map { "$_/" } @$peers;
    with_targets($s, map { $_ => $s->{targets}{$_} // Listening::target() } @names);
    $s->{at_peers} = $peers;
}

sub listener_said ($s, $name) {
    my $target = $s->{targets}{$name} // return;
    # One that goes on answering is no news.
    $s->{news_at} = 0 unless $s->{event} eq 'heard' && Listening::word($target, $s->{now}) eq 'ok';
    return Listening::heard($target, $s->{now}) if $s->{event} eq 'heard';
    return Listening::refused($target) if $s->{event} eq 'refused';
    Listening::connected($target, $s->{now});
}

# A peer finds listeners of ours silent. One that we do not have is no reason: a change of listeners is loaded by
# one balancer after the other, and who is still to load it asks for what is gone.
sub told ($s, $peer, @listeners) {
    return unless grep { $_ eq $peer } @{ $s->{at_peers} };
    my @ours = grep { $s->{targets}{$_} } @listeners or return;
    $s->{words} = { %{ $s->{words} }, $peer => { what => "@ours", until => $s->{now} + Listening::WORD } };
}

sub listeners ($s) {
    my $now = $s->{now};
    look_at_targets($s) if $now >= $s->{news_at};
    my @silent = @{ $s->{silent} };
    # Most of the time it takes no thought.
    better_away($s, grep { !m{/} } @silent) if @silent || %{ $s->{words} } || $s->{track}{listener_down};
    return if $now < $s->{tell_at} || !takes_part($s);
    $s->{tell_at} = $now + Listening::EVERY;
    for my $peer (@{ $s->{at_peers} }) {
        my @there = map { m{^\Q$peer\E/(.*)} ? $1 : () } @silent;
        act($s, tell => $peer, @there) if @there;
    }
}

# In a word what each of them is, and which are to be asked.
sub look_at_targets ($s) {
    my ($now, $targets) = @$s{qw(now targets)};
    my (@due, @silent, @heard);
    my ($at, $news_at) = (NEVER, NEVER);
    for my $name (@{ $s->{names} }) {
        my $target = $targets->{$name};
        push @due, $name if $target->{at} <= $now && Listening::asks($target, $now);
        my $word = Listening::look($target, $now);
        push @heard, "$name=$word";
        push @silent, $name if $word eq 'silent';
        $at = $target->{at} if $target->{at} < $at;
        my $news = Listening::news_at($target);
        $news_at = $news if $news < $news_at;
    }
    act($s, ask_listeners => @due) if @due && !is_leaving($s);
    @$s{qw(listen_at news_at silent)} = ($at, $news_at, \@silent);
    note_heard($s, "@heard");
}

# A listener that clients cannot reach, while a peer's all answer: the VIP is better there. What counts
# is what we find ourselves, and what a peer says that answers. Dead on both it stays; and where it is,
# it stays until the listener has answered for a while. A HAProxy that has just come back had none.
sub better_away ($s, @silent) {
    my $now = $s->{now};
    my @say = grep { $s->{words}{$_} && $s->{words}{$_}{until} > $now } @{ $s->{at_peers} };
    my $is_settled = defined $s->{serving} && $now - $s->{serving} >= Listening::BACK && !is_leaving($s);
    if ($is_settled && (@silent || @say)) {
        my ($to) = grep { works($s, $_) } @silent ? @{ $s->{at_peers} } : @say;
        $s->{better_away} = $now if defined $to || $s->{track}{listener_down};
        return if !defined $to || $s->{track}{listener_down};
        say_log($s, @silent ? "clients do not reach @silent here; $to works"
            : "$to works, and does not reach $s->{words}{$to}{what} here");
        return track($s, listener_down => 1);
    }
    track($s, listener_down => 0) if $now - $s->{better_away} >= Listening::BACK;
}

# Whether all listeners of a peer answer, and have for a while.
sub works ($s, $peer) { return Listening::work($s->{now}, @{ $s->{targets} }{ of_peer($s, $peer) }) }

# For `tandem status`.
sub note_heard ($s, $heard) {
    return if $heard eq $s->{heard};
    $s->{heard} = $heard;
    act($s, note => 'listeners', $heard);
}

# --------------------------------------------------------------------------------- duty, leaving

sub duty ($s, $word) {
    return if $word eq $s->{duty};
    say_log($s, "duty: $s->{duty} -> $word");
    # Nothing is in force until it is obeyed: also when the word before last is back.
    @$s{qw(duty asked in_force)} = ($word, $s->{now}, '');
    obey($s);
}

# Out of service comes after the peer has taken over, so that the VIP always has a holder.
sub obey ($s) {
    my $word = $s->{duty};
    return if $word eq $s->{in_force} || $s->{phase} !~ /^(starting|running)$/;
    track($s, leaving => $word eq 'serve' ? 0 : 1);
    return if $word eq 'maintenance' && !is_free($s, $s->{asked});
    in_force($s);
}

sub in_force ($s) {
    track($s, maintenance => $s->{duty} eq 'maintenance' ? 1 : 0);
    $s->{in_force} = $s->{duty};
    act($s, note => 'duty', $s->{duty});
}

# Whether the peer has claimed the VIP, and we have let go of it, since we said that it should. There
# may be no peer to wait for, or none that can; and at the start there is nothing to let go of. When only
# the interface can tell, it is asked, and `vip` goes on.
sub is_free ($s, $since) {
    my $elapsed = $s->{now} - $since;
    return 1 if $s->{peers} == 0 || $s->{phase} eq 'starting' || $elapsed >= DEMOTE;
    act($s, ask_vip => $s->{lan}) if $elapsed >= EMPTY && !has_any($s);
    return 0;
}

# Whether the VIP is on our interface.
sub vip ($s, $here) {
    return if $here;
    return stop_accepting($s) if $s->{phase} eq 'demoting';
    in_force($s) if $s->{phase} eq 'running' && $s->{duty} ne $s->{in_force};
}

sub signal ($s, $name) {
    return act($s, reload => $s->{handover}) if $name eq 'HUP';
    return if $s->{phase} eq 'demoting' || is_leaving($s);
    track($s, leaving => 1);
    enter($s, 'demoting');
}

# Without a hand-over, connections over the VIP ended when it left: packets of their clients reach the
# peer, which knows nothing of them. HAProxy would wait for them until DRAIN.
sub stop_accepting ($s) {
    track($s, haproxy_down => 1);
    signal_to($s, USR1 => 'haproxy');
    act($s, 'end_at_vip') if !$s->{handover} && $s->{peers} > 0 && !has_any($s);
    enter($s, 'draining');
}

sub go_on_leaving ($s) {
    my $elapsed = $s->{now} - $s->{began};
    if ($s->{phase} eq 'demoting') {
        # The peer claims the VIP before we let go of it.
        stop_accepting($s) if is_free($s, $s->{began});
    } elsif ($s->{phase} eq 'draining') {
        return if $s->{haproxy}{pid} && $elapsed < DRAIN;
        signal_to($s, TERM => 'haproxy');
        enter($s, 'lingering');
    } elsif ($s->{phase} eq 'lingering') {
        # Answers that are still on their way are acknowledged here, over the peer.
        return if $s->{handover} && $elapsed < LINGER;
        signal_to($s, TERM => $_) for @programs;
        enter($s, 'ending');
    } elsif ($s->{phase} eq 'ending') {
        return if $elapsed < ENDING && grep { $s->{$_}{pid} } @programs;
        say_log($s, 'left');
        act($s, 'end');
    }
}

# ------------------------------------------------------------------------------------------ time

# Time in which we did not run ourselves says nothing about the others: a machine without a processor
# to spare, a container that was paused.
sub woke ($s, $late) {
    return if $late < LATE;
    say_standstill($s, 'this balancer', $late);
    $s->{$_} += $late for qw(until changed answered better_away);
    $s->{serving} += $late if defined $s->{serving};
    Listening::slept($_, $late, $s->{now}) for values %{ $s->{targets} };
    $s->{news_at} = 0;
}

sub pass ($s) {
    obey($s) if $s->{duty} ne $s->{in_force};
    question($s);
    listeners($s);
    if ($s->{now} >= $s->{watch_at}) {
        $s->{watch_at} = $s->{now} + WATCH_EVERY;
        act($s, watch => $s->{keepalived}{pid}) if $s->{keepalived}{pid};
    }
    if ($s->{now} >= $s->{lan_at}) {
        $s->{lan_at} = $s->{now} + LAN_EVERY;
        act($s, 'look_lan');
        act($s, ask_foreign => $s->{lan}) if $s->{lan} ne '';
    }
    beacon($s) if $s->{handover} && $s->{now} >= $s->{beacon_at};
    claim($s) if %{ $s->{claim_due} };
    start_what_is_due($s);
    go_on_leaving($s) if $leaves{ $s->{phase} };
}

1;
