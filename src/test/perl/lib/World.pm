# World: two or three balancers on one LAN, in simulated time. What each of them decides is Balancer.pm,
# the very code that runs in the image. What is around it is modelled here: its loop, HAProxy, the track
# files with the delay of inotify, the LAN; and Keepalived in SimulatedVrrp. docs/decisions/0019 says what
# the model leaves out.
#
# Everything that happens is an event at a time, in order. Nothing reads the clock, and chance is Perl's
# `rand` after `srand`: the same seed is the same history.
package World;
use v5.36;
use Balancer;
use SimulatedVrrp;

use constant LOOP => 0.05;    # the longest that the init's loop sleeps

# Delays, in seconds, each from .. to. The recordings say what is usual.
our %DELAY = (
    haproxy_start    => [ 0.02,   0.15 ],     # from its start until it answers
    haproxy_checks   => [ 0.2,    0.5 ],      # and until its first checks have decided
    haproxy_answer   => [ 0.001,  0.005 ],
    haproxy_late     => [ 0.1,    1.5 ],      # the same, while it gets no processor
    haproxy_sees     => [ 0.1,    0.5 ],      # until it knows that a web server came or went
    keepalived_start => [ 0.02,   0.08 ],     # from its start until it takes part
    program_end      => [ 0.001,  0.03 ],     # from a signal until the program does what it should
    keepalived_end   => [ 0.001,  1.1 ],      # from when Keepalived has let go until it has ended
    child            => [ 0.0001, 0.002 ],    # until the init hears of that, or of a state of VRRP
    inotify          => [ 0.0002, 0.008 ],    # until Keepalived has read a track file
    inotify_slow     => [ 0.01,   0.1 ],      # the same, on a busy machine
    # An advert comes at once, which is 0.0001 s; this is a slow one.
    advert_slow      => [ 0.005,  0.045 ],
    container_start  => [ 0.1,    0.4 ],
    drain            => [ 0,      0.6 ],      # until HAProxy's last connection has ended
    slow_loop        => [ 0,      0.3 ],      # how much later a pass comes while the loop is slow
);

# @param count     the number of balancers
# @param pools     the number of pools of web servers
# @param handover  whether connections are handed over: there are beacons
# @param stays     whether the VIP stays where it is (vip.return: never)
# @param spread    whether all but the first have VIPs of their own
# @param change_weights  by the name of a track file: what it costs instead, out of what it should
sub new ($class, %given) {
    my ($count, $pools) = ($given{count}, $given{pools} // 1);
    my $most = Balancer::most_down($count);
    my $counted = $pools < $most ? $pools : $most;
    my $step = int(253 / ($count * (2 + 4 * $counted)));    # as render.Priorities
    $step = 10 if $step > 10;
    my $world = bless {
        now => 0, queue => [], number => 0, nodes => [], trace => [], dirty => 1,
        advert  => $given{advert} // 0.05,
        pools   => [ 'web', map { "pool-$_" } 2 .. $pools ],
        counted => $counted,
        weights => { leaving => -$count * $step, servers_down => -2 * $count * $step,
            listener_down => -2 * $count * $step * $counted },
        handover => $given{handover} // ($count == 2),
        stays    => $given{stays} // 0,
        tracing  => $given{tracing} // 0,
        slow_adverts => 0, wrong => [],
        owners => [ '', $given{spread} ? map { node_name($_) } 1 .. $count - 1 : () ],    # of VIPs: see SimulatedVrrp
    }, $class;
    # What it counts to have the VIP, and how far apart places lie (render.Priorities).
    @$world{qw(holds apart)} = $world->{stays} ? ($count * $step / 2, $step / 2) : (0, $step);
    $world->{weights}{holds} = $world->{holds};
    my $change = $given{change_weights} // {};
    $world->{weights}{$_} = $change->{$_}->($world->{weights}{$_}) for keys %$change;
    for my $place (0 .. $count - 1) {
        push @{ $world->{nodes} }, {
            name => node_name($place), place => $place,
            up => 0, life => 0, frozen => 0, cut => 0, deferred => [], lan => 'eth1', lan_number => 7, vips => {},
            duty => 'serve', dropped => '', dropped_at => -9, rested_at => -9, gone => {}, late => {}, slow => 0, slow_inotify => 0, pids => 0,
        };
    }
    $world->{named} = { map { $_->{name} => $_ } @{ $world->{nodes} } };
    for my $of (@{ $world->{owners} }) {
        my $owner = $of eq '' ? 0 : $world->{named}{$of}{place};
        $world->{turn}{$of} = [ map { ($_ - $owner) % $count } 0 .. $count - 1 ];
    }
    return $world;
}

sub nodes ($world) { return @{ $world->{nodes} } }

sub node_name ($place) { return 'haproxy-' . chr 97 + $place }

# How far from the first it is in the order in which balancers have these VIPs: the owner, and then those after it.
sub turn ($world, $node, $of) { return $world->{turn}{$of}[ $node->{place} ] }

# Its priority there without a handicap (render.Priorities).
sub base ($world, $node, $of) { return 254 - $world->{holds} - $world->{apart} * turn($world, $node, $of) }

# Whether it has any of the VIPs.
sub has_any ($node) { return scalar grep { $_ } values %{ $node->{vips} } }

sub between ($name) {
    my ($from, $to) = @{ $DELAY{$name} };
    return $from + rand() * ($to - $from);
}

sub trace ($world, $node, $text) {
    push @{ $world->{trace} }, [ $world->{now}, $node->{name}, $text ] if $world->{tracing};
}

# ------------------------------------------------------------------------------------------- time

# Does $code at a time.
sub at ($world, $time, $code) { at_node($world, undef, $time, $code) }

# The same, by a process of this container: it waits while the container is frozen, and never comes when
# the container ends before.
sub at_node ($world, $node, $time, $code) {
    my $queue = $world->{queue};
    my $i = @$queue;
    $i-- while $i && $queue->[ $i - 1 ][0] > $time;
    splice @$queue, $i, 0, [ $time, $code, $node ? ($node, $node->{life}) : () ];
}

# Until this time, or until $stop says so, which is asked after each event.
sub run_until ($world, $end, $judge) {
    my $queue = $world->{queue};
    while (@$queue && $queue->[0][0] <= $end) {
        my $event = shift @$queue;
        ($world->{now}, my $code, my $node, my $life) = @$event;
        if (!$node || $node->{life} == $life && !$node->{frozen}) { $code->() }
        elsif ($node->{life} == $life) { push @{ $node->{deferred} }, $code }
        next unless $world->{dirty};
        $world->{dirty} = 0;
        $judge->();
    }
    $world->{now} = $end;
}

# Nothing more is to come. What was to come knows the World, which would never be freed.
sub end ($world) {
    $world->{queue} = [];
    for my $node ($world->nodes) {
        $node->{deferred} = [];
        $node->{keepalived}{deferred} = [] if $node->{keepalived};
    }
}

# ------------------------------------------------------------------------------------- containers

sub start_container ($world, $node) {
    return if $node->{up};
    $node->{life}++;
    $world->{dirty} = 1;
    @$node{qw(open)} = ({});
    @$node{qw(up frozen deferred inbox answer files vips keepalived haproxy wake_at wake wake_due)}
        = (1, 0, [], [], undef, {}, {}, undef, undef, undef, 0, 0);
    SimulatedVrrp::seen($node);
    # Docker attaches the networks before process 1 starts, so an unplugged one starts over and over.
    return at_node($world, $node, $world->{now} + 0.2, sub { die_container($world, $node); start_container($world, $node) })
        if $node->{lan} eq '';
    trace($world, $node, 'container started');
    $node->{state} = Balancer::new(peers => $world->{nodes}->$#*, lan_address => $node->{name},
        owners => [ grep { $_ ne '' } @{ $world->{owners} } ]);
    happened($world, $node, begin => $node->{duty});
    happened($world, $node, targets => ['http'], [ map { $_->{name} } grep { $_ != $node } $world->nodes ]);
    $node->{duty_told} = $node->{duty};
    pass($world, $node);
}

sub die_container ($world, $node) {
    return unless $node->{up};
    trace($world, $node, 'container ended');
    $node->{life}++;
    $world->{dirty} = 1;
    @$node{qw(up frozen vips keepalived haproxy state)} = (0, 0, {}, undef, undef, undef);
    SimulatedVrrp::gone($world, $node);
}

sub freeze ($world, $node) {
    return unless $node->{up};
    trace($world, $node, 'container paused');
    @$node{qw(frozen)} = (1);
    SimulatedVrrp::beacon_changed($world, $node);
    $world->{dirty} = 1;
}

sub thaw ($world, $node) {
    return unless $node->{frozen};
    trace($world, $node, 'container goes on');
    $node->{frozen} = 0;
    SimulatedVrrp::beacon_changed($world, $node);
    my @late = splice @{ $node->{deferred} };
    at_node($world, $node, $world->{now}, $_) for @late;
    $world->{dirty} = 1;
}

sub unplug ($world, $node) {
    trace($world, $node, 'LAN unplugged');
    @$node{qw(lan lan_number vips)} = ('', 0, {});
    SimulatedVrrp::judge_faults($world, $node);
    $world->{dirty} = 1;
}

sub plug ($world, $node, $name) {
    trace($world, $node, "LAN plugged in as $name");
    @$node{qw(lan lan_number)} = ($name, ++$world->{number});
    $world->{dirty} = 1;
}

# Whether what one sends arrives at the other.
sub connected ($one, $other) {
    return !$one->{cut} && !$other->{cut} && $one->{lan} ne '' && $other->{lan} ne '';
}

# --------------------------------------------------------------------------- the loop of the init

# Something that the loop awaits. It wakes up for it. What comes over a pipe comes in order.
sub inform ($world, $node, @event) {
    my $time = $world->{now} + between('child');
    $time = $node->{informed} if ($node->{informed} // 0) > $time;
    $node->{informed} = $time;
    at_node($world, $node, $time, sub {
        push @{ $node->{inbox} }, \@event;
        wake_at($world, $node, $world->{now});
    });
}

# The next pass comes at this time, unless one comes earlier; later when the loop is slow.
sub wake_at ($world, $node, $time) {
    return if defined $node->{wake_at} && $node->{wake_at} <= $time;
    $node->{wake_due} = $time;
    my $pass = ++$node->{wake};
    $time += between('slow_loop') if $node->{slow};
    $node->{wake_at} = $time;
    at_node($world, $node, $time, sub { pass($world, $node) if $node->{wake} == $pass });
}

our ($here, $this);    # the World, and the balancer in it, to which something happens
my $clock = sub { return $here->{now} };
my $carry_out = sub { return carry_out($here, $this, @_) };

sub happened ($world, $node, @event) {
    local ($here, $this) = ($world, $node);
    Balancer::settle($node->{state} // return, \@event, $clock, $carry_out);
}

sub pass ($world, $node) {
    my $now  = $world->{now};
    my $late = $now - $node->{wake_due};
    $node->{wake_at} = undef;
    $node->{wake}++;
    happened($world, $node, woke => $late) if $node->{wake_due} && $late >= 0.02;
    if (my @events = splice @{ $node->{inbox} }) { happened($world, $node, @$_) for @events }
    if ($node->{duty} ne $node->{duty_told}) {
        $node->{duty_told} = $node->{duty};
        happened($world, $node, duty => $node->{duty});
    }
    my $answer = $node->{answer};
    look_at_listeners($world, $node) if %{ $node->{open} };
    happened($world, $node, answer => @$answer[ 1 .. $#$answer ]) if $answer && $answer->[0] <= $now;
    happened($world, $node, 'pass');
    return unless $node->{state};
    # The passes at which nothing is due change nothing: they are left out.
    my $due   = Balancer::due($node->{state});
    my $steps = ($due - $now) / LOOP;
    my $next  = $now + LOOP * ($steps > 1 ? int($steps + 0.999999) : 1);
    $answer = $node->{answer};
    my $comes = $answer && $answer->[0] > $now ? $answer->[0] : 9e9;
    # A slow loop may be late for the one and not for the other.
    wake_at($world, $node, $next) if $node->{slow} || $next <= $comes;
    wake_at($world, $node, $comes) if $comes < 9e9;
}

my %do = (
    say   => sub ($world, $node, $text) { trace($world, $node, $text); return },
    track => \&track,
    start => \&start,
    signal => \&signal,
    remove_vip => sub ($world, $node, $lan, $of = undef) {
        $node->{vips} = defined $of ? { %{ $node->{vips} }, $of => 0 } : {};
        $world->{dirty} = 1;
        return;
    },
    take_lan   => sub ($world, $node, $lan) { return $world->{handover} ? [ handover => '' ] : () },
    look_lan   => sub ($world, $node) { return [ lan => @$node{qw(lan lan_number)} ] },
    ask_vip    => sub ($world, $node, $lan) { return [ vip => has_any($node) ] },
    ask        => \&ask,
    forget     => sub ($world, $node) { $node->{answer} = undef; return },
    last_look  => \&last_look,
    ask_checks => sub ($world, $node) {
        my $haproxy = $node->{haproxy};
        return [ checks => $haproxy && $world->{now} >= $haproxy->{checks} ? 1 : 0 ];
    },
    ask_listeners => \&ask_listeners,
    tell     => \&tell,
    ask_seen => sub ($world, $node) {
        my ($code, @lost) = code($world, $node->{haproxy} // return [ seen => 0 ]);
        return [ seen => $code == 200 ? 1 : 0, @lost ];
    },
    ask_late => sub ($world, $node, $pool) { return [ late => $node->{late}{$pool} ? 1 : 0, $pool ] },
    watch    => \&watch,
    end      => sub ($world, $node) { die_container($world, $node); return },
    ask_foreign => sub ($world, $node, $lan) { return map { [ foreign => $node->{vips}{$_} // 0, $_ ] } @{ $world->{owners} } },
    map { $_ => sub { return } } qw(note note_vrrp bury reload beacon end_at_vip),
);

sub carry_out ($world, $node, $action, @with) {
    return unless $node->{up};
    return $do{$action}->($world, $node, @with);
}

# ------------------------------------------------------------------------------------ what it does

# Keepalived reads what stands in the file when it gets to it.
sub track ($world, $node, $name, $value) {
    $node->{leaves_since} = $world->{now} if $name eq 'leaving' && $value;
    is_blamed($world, $node) if $name eq 'listener_down' && $value;
    lets_go($world, $node) if $name eq 'maintenance' && $value && $node->{keepalived};
    $node->{files}{$name} = $value;
    trace($world, $node, "track $name $value");
    my $keepalived = $node->{keepalived} or return;
    my $delay = between($node->{slow_inotify} ? 'inotify_slow' : 'inotify');
    SimulatedVrrp::at_keepalived($world, $node, $world->{now} + $delay, sub {
        SimulatedVrrp::read_file($world, $node, $name);
    });
    return;
}

# A balancer that leaves, or is asked to, lets go of the VIP when the peer has it, or after DEMOTE seconds.
sub lets_go ($world, $node) {
    return if !has_any($node) || $world->{now} - $node->{leaves_since} >= Balancer::DEMOTE - 1e-6;
    push @{ $world->{wrong} }, sprintf '%s lets go of the VIP at %.3f s, before a peer has it', $node->{name}, $world->{now};
}

# Only one whose listeners are dropped, or were a moment ago (a word counts for WORD seconds), or whose HAProxy has not served for LATE
# seconds, may be taken for one that clients do not reach.
sub is_blamed ($world, $node) {
    my $recent = $node->{dropped} ne '' || $world->{now} - $node->{dropped_at} < 0.7;
    return if $recent || $world->{now} - $node->{rested_at} < 0.7 || ($node->{haproxy} // return)->{hung} || $node->{haproxy}{slow};
    push @{ $world->{wrong} }, sprintf 'listeners of %s are blamed at %.3f s, and answer', $node->{name}, $world->{now};
}

sub start ($world, $node, $program) {
    my $pid = ++$node->{pids};
    my $now = $world->{now};
    if ($program eq 'haproxy') {
        my $ready = $now + between('haproxy_start');
        $node->{haproxy} = { pid => $pid, ready => $ready, checks => $ready + between('haproxy_checks'),
            lost => { %{ $node->{gone} } } };
        my $change = sub { $world->{dirty} = 1 };
        at_node($world, $node, $_, $change) for $ready, $node->{haproxy}{checks};
    } else {
        SimulatedVrrp::start($world, $node, $pid);
    }
    return [ started => $program, $pid ];
}

sub signal ($world, $node, $signal, $program, $pid) {
    my $now = $world->{now};
    if ($program eq 'keepalived') {
        return SimulatedVrrp::kill_process($world, $node, 9) if $signal eq 'KILL';
        SimulatedVrrp::at_keepalived($world, $node, $now + between('program_end'), sub {
            SimulatedVrrp::leave($world, $node);
        });
        return;
    }
    my $haproxy = $node->{haproxy};
    lets_go($world, $node) if $signal eq 'USR1';
    $haproxy->{draining} = 1;    # it accepts no more
    $world->{dirty} = 1;
    at_node($world, $node, $now + between($signal eq 'USR1' ? 'drain' : 'program_end'), sub {
        haproxy_ends($world, $node, 0) if $node->{haproxy} && $node->{haproxy} == $haproxy;
    });
    return;
}

sub haproxy_ends ($world, $node, $status) {
    return unless $node->{haproxy};
    $node->{haproxy} = undef;
    $node->{answer}  = [ $world->{now}, '' ] if $node->{answer};
    $world->{dirty}  = 1;
    trace($world, $node, 'haproxy gone');
    inform($world, $node, ended => 'haproxy', $status, 'T');
}

sub ask ($world, $node) {
    my $haproxy = $node->{haproxy};
    my $now     = $world->{now};
    my $is_open = $haproxy && $now >= $haproxy->{ready} && !$haproxy->{draining};
    $node->{answer}
        = !$is_open        ? [ $now + 0.0005, '' ]
        : $haproxy->{hung} ? [ 9e9, '' ]
        : [ $now + between($haproxy->{slow} ? 'haproxy_late' : 'haproxy_answer'), code($world, $haproxy) ];
    return;
}

# What it says, and the pools that it has lost, where there are several. Until its first checks have decided
# HAProxy believes every web server to be up.
sub code ($world, $haproxy) {
    return 200 if $world->{now} < $haproxy->{checks};
    my @pools = @{ $world->{pools} };
    my @lost  = grep { $haproxy->{lost}{$_} } @pools;
    return (@lost == @pools ? 503 : 200, @pools > 1 ? @lost : ());
}

sub last_look ($world, $node, $pid) {
    my $answer = $node->{answer};
    my $code   = $answer && $answer->[0] <= $world->{now} ? $answer->[1] : undef;
    my @lost   = defined $code ? @$answer[ 2 .. $#$answer ] : ();
    return [ overdue => $code, $pid && $node->{haproxy} && $node->{haproxy}{slow} ? 1 : 0, @lost ];
}

sub watch ($world, $node, $pid) {
    my $hangs = $node->{keepalived} ? $node->{keepalived}{hangs} : 'gone';
    return [ pulse => $hangs eq 'stopped' ? 'T' : $hangs eq '' ? 'p' . $world->{now} : 'asleep', 0 ];
}

# ------------------------------------------------------------------------------------- listeners

# A listener of a node, as another node sees it, or the node itself: heard, refused, connected (and not
# served yet), or '' when no packet comes through. A frozen container has a kernel that takes connections.
sub listener ($world, $node, $from) {
    return 'refused' if !$node->{up} && $node == $from;
    return '' if !$node->{up} || $node->{dropped} eq 'everywhere' || $node != $from && !connected($node, $from);
    return '' if $node->{dropped} eq 'on the LAN' && $node != $from;
    my $haproxy = $node->{haproxy};
    return 'refused' if !$haproxy || $world->{now} < $haproxy->{ready} || $haproxy->{draining};
    return $haproxy->{hung} || $haproxy->{slow} || $node->{frozen} ? 'connected' : 'heard';
}

sub ask_listeners ($world, $node, @targets) {
    my @events;
    for my $target (@targets) {
        my $slash = rindex $target, '/';
        my $other = $slash < 0 ? $node : $world->{named}{ substr $target, 0, $slash };
        my $said = listener($world, $other, $node);
        $said = '' if $other != $node && $world->{slow_adverts} && rand() < $world->{slow_adverts} / 3;
        push @events, [ $said => $target ] if $said ne '';
        $node->{open}{$target} = $other if $said eq 'connected';
    }
    return @events;
}

# Connections that waited in line are served as soon as HAProxy goes on.
sub look_at_listeners ($world, $node) {
    for my $target (sort keys %{ $node->{open} }) {
        my $other = $node->{open}{$target};
        my $said = listener($world, $other, $node);
        next if $said eq 'connected' || $said eq '' && $other->{up};
        delete $node->{open}{$target};
        happened($world, $node, ($said eq 'heard' ? 'heard' : 'refused') => $target);
    }
}

sub tell ($world, $node, $peer, @listeners) {
    my $other = $world->{named}{$peer};
    inform($world, $other, told => $node->{name}, @listeners) if $other->{up} && connected($node, $other);
    return;
}

# Packets to its listeners are dropped: `on the LAN`, `everywhere`, or not any more: ''.
sub drop ($world, $node, $where) {
    trace($world, $node, $where eq '' ? 'listeners answer' : "listeners dropped $where");
    @$node{qw(dropped dropped_at)} = ($where, $world->{now});
    $world->{dirty} = 1;
}

# -------------------------------------------------------------------------------- HAProxy's health

sub hang_haproxy ($world, $node) {
    my $haproxy = $node->{haproxy} or return;
    trace($world, $node, 'haproxy hangs');
    $haproxy->{hung} = 1;
    $node->{answer} = [ 9e9, '' ] if $node->{answer} && $node->{answer}[0] > $world->{now};
    $world->{dirty} = 1;
}

sub wake_haproxy ($world, $node) {
    my $haproxy = $node->{haproxy} or return;
    trace($world, $node, 'haproxy goes on');
    $node->{rested_at} = $world->{now};
    $haproxy->{hung} = 0;
    if ($node->{answer} && $node->{answer}[0] == 9e9) {
        $node->{answer} = [ $world->{now} + between('haproxy_answer'), code($world, $haproxy) ];
        wake_at($world, $node, $node->{answer}[0]) unless $node->{frozen};
    }
    $world->{dirty} = 1;
}

# The web servers of pools come, or go: gone, or only late. HAProxy finds out after its checks.
sub servers ($world, $node, $there, $late, @pools) {
    @pools = @{ $world->{pools} } if !@pools;
    trace($world, $node, "@pools: " . ($there ? 'there' : $late ? 'late' : 'gone'));
    for my $pool (@pools) {
        $node->{gone}{$pool} = $there ? 0 : 1;
        $node->{late}{$pool} = $late;
    }
    $world->{dirty} = 1;
    at_node($world, $node, $world->{now} + between('haproxy_sees'), sub {
        $node->{haproxy}{lost} = { %{ $node->{gone} } } if $node->{haproxy};
        $world->{dirty} = 1;
    });
}

1;
