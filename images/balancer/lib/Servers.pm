# Servers: the web servers that went silent. HAProxy says at once when one is down (haproxy.cfg, the
# second `log`). Requests that wait for an Nginx of ours that hangs, or whose machine is gone, would wait
# for `timeout server`: their connections are ended here, by the kernel (ss -K), as if the machine had
# reset them. HAProxy then tries GET and HEAD again on another web server, and answers 502 to the others.
# Those of a web server with a `url`, which may only be busy, are ended later, and nothing of them is
# tried again (end-connections). When, and which of them, is decided in Silence.
#
# A web server that is down because it answers wrongly still answers: what it has, it may end. So may one
# that is silent while there is no other one to ask: it may only be late.
package Servers;
use v5.36;
use Command;
use Events;
use Haproxy;
use Run;
use Silence;
use Socket;
use Stats;

use constant LIMIT => 2;       # seconds for the kernel to end the connections to one of them
use constant LOOK  => 1;       # and to say what it knows of them
use constant AGAIN => 0.25;    # seconds until they are looked at again
use constant COSTLY => 0.2;     # a look that takes as long is not repeated without a rest
use constant MOST  => 16;      # for whom the kernel is asked at a time: each is a process

our $CONFIGURATION = '/etc/tandem/haproxy.cfg';    # the tests have another one

my %silent;    # those whose connections go on, as backend/server: since when, and when to look again
my @looks;     # for what the kernel has been asked
my %patience;  # as it was read last, and of which file
my $read = '';
my $rest = 0;  # until when nothing is looked at

# A socket for what HAProxy says; it reads as ready when there is something.
sub listen ($path) {
    unlink $path;
    socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die "$path: $!\n";
    bind($socket, sockaddr_un($path)) or die "$path: $!\n";
    chmod 0666, $path;    # HAProxy is another user
    return $socket;
}

# Hears what was said, and ends what must be ended; returns what is worth a line of the log.
sub end_silent ($socket) {
    my ($news, $now) = (0, Run::now());
    while (defined recv $socket, my $text, 4096, MSG_DONTWAIT) { $news |= hear($text, $now) }
    my @said = finish($now);
    my $free = MOST - @looks;
    look($now, $free) if $free > 0 && $now >= $rest && grep { $news || $_->{due} <= $now } values %silent;
    return @said;
}

# Whether it changes anything: a web server that is down, or up.
sub hear ($text, $now) {
    Events::note($text);
    my ($name, $reason) = $text =~ m{Server (\S+/\S+) is (?:UP|DOWN, reason: (.*))} or return 0;
    delete $silent{$name};
    $silent{$name} = { since => $now, due => $now } if ($reason // '') =~ /timeout|No route to host/;
    $_->{due} = $now for values %silent;
    return 1;
}

# Asks the kernel for the connections to those whose turn it is, so many at most.
sub look ($now, $most) {
    my @servers  = seen();
    my %up       = map { $_->{backend} => 1 } grep { $_->{status} =~ /^UP/ } @servers;
    my %patience = patience();
    my %asked    = map { $_->{name} => 1 } @looks;
    my @turn     = sort { $silent{$a}{due} <=> $silent{$b}{due} } grep { !$asked{$_} && $silent{$_}{due} <= $now } keys %silent;
    my %due      = map { $_ => 1 } splice @turn, 0, $most;
    $silent{$_}{due} = $now + AGAIN for keys %due;
    for my $server (grep { $due{ $_->{name} } && $up{ $_->{backend} } } @servers) {
        my ($ip, $port) = Silence::place($server->{address}) or next;
        my $question = Command::ask(LOOK, qw(ss -tinoOH dst), $ip, qw(dport =), $port) // next;
        my @same     = map { $_->{name} } grep { $_->{address} eq $server->{address} } @servers;
        push @looks, {
            %$server, ip => $ip, port => $port, question => $question, same => \@same,
            patience => $patience{ $server->{name} },
        };
    }
    # A thousand web servers are four thousand rows, and each look at them half a second, in which nothing
    # else is done here. So it takes a tenth of our time at most.
    my $took = Run::now() - $now;
    $rest = $now + 10 * $took if $took >= COSTLY;
}

# Takes what the kernel has said meanwhile. When it says nothing, it is asked again.
sub finish ($now) {
    my (@open, @said);
    for my $look (@looks) {
        my $text = Command::heard($look->{question});
        if (!defined $text) { push @open, $look; next }
        my $silence = $silent{ $look->{name} };
        next if $text eq '' && !$look->{question}{good} || !$silence;    # failed; or it is up again
        my @connections = Silence::connections($text);
        push @said, $look->{patience}
            ? end_patiently($look, $silence, $now, @connections)
            : end_waiting($look, $silence, @connections);
    }
    @looks = @open;
    return @said;
}

# Of an Nginx of ours: what waits for it, and the rest as soon as it waits as well.
sub end_waiting ($look, $silence, @connections) {
    my @waiting = grep { Silence::waits($_) } @connections;
    my @to      = ('dst', $look->{ip}, 'dport', '=', $look->{port});
    my $all     = @waiting == @connections;
    Command::begin(LIMIT, qw(ss -K --tcp), @to) if $all;
    while (!$all && (my @some = splice @waiting, 0, 200)) {
        my @ports = map { ('or', 'sport', '=', $_->{port}) } @some;
        Command::begin(LIMIT, qw(ss -K --tcp), @to, '(', @ports[ 1 .. $#ports ], ')');
    }
    delete $silent{ $look->{name} } if $all;
    return "$look->{name} is silent: its connections were ended" if $all;
    return $silence->{told}++ ? () : "$look->{name} is silent: what waits for it was ended, what arrives goes on";
}

# Of one that may be slow: all or nothing.
sub end_patiently ($look, $silence, $now, @connections) {
    my $why = Silence::verdict($look->{patience}, int 1000 * ($now - $silence->{since}), $look->{check}, @connections);
    if (!defined $why) {
        $silence->{due} = $now + 1;
        return $silence->{told}++ ? () : "$look->{name} is silent: it may be busy, what it has open goes on";
    }
    Command::begin(2 * LIMIT, 'end-connections', $look->{ip}, $look->{port}, @{ $look->{same} });
    delete $silent{ $look->{name} };
    return "$look->{name} $why: its connections were ended";
}

# Whether both backends of a pool have a web server that is up, or one that takes connections and whose checks only
# wait too long for the answer (L6TOUT, L7TOUT; management guide, 9.1). That one is not out of reach
# from here: it is late, or hangs, and so it is for everybody. Nor is one whose check passes, and that
# is out because it fails its clients. TCP services count where there are no web servers. A HAProxy that does not
# answer leaves it at that: it says of none that it is gone.
sub only_late ($pool) {
    my %hope;    # by backend
    for my $server (seen()) {
        next if $server->{backend} !~ /^\Q$pool\E(?:-tls)?$/;
        $hope{ $server->{backend} } ||= $server->{status} =~ /^UP/ || $server->{check} =~ /^(?:\* )?L(?:[67]TOUT|7OK)$/;
    }
    return !grep { !$_ } values %hope;
}

# All web servers by HAProxy's own word: the configuration may name one by a hostname.
sub seen () {
    return map { {
        name    => "$_->{pxname}/$_->{svname}",
        backend => $_->{pxname},
        address => $_->{addr},
        status  => $_->{status},
        check   => $_->{check_status},
    } } Stats::rows(Haproxy::talk(Stats::OF_SERVERS) // '', qw(pxname svname addr status check_status));
}

# Who is patient with whom, of the configuration as it is now: read again when it is another file.
sub patience () {
    my $file = join ' ', (stat $CONFIGURATION)[ 0, 1, 7, 9 ];
    ($read, %patience) = ($file, Silence::patience(text($CONFIGURATION))) if $file ne $read;
    return %patience;
}

sub text ($path) {
    open my $file, '<', $path or return '';
    local $/ = undef;
    return scalar <$file>;
}

1;
