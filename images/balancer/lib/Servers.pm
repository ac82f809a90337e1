# Servers: the web servers that went silent. HAProxy says at once when one is down (haproxy.cfg, the
# second `log`). Requests that wait for one that hangs, or whose machine is gone, would wait for
# `timeout server`: their connections are ended here, by the kernel (ss -K), as if the machine had
# reset them. HAProxy then tries GET and HEAD again on another web server, and answers 502 to the
# others. A web server that is down because it answers wrongly still answers: what it has, it may end.
# So may one that is silent while there is no other one to ask: it may only be late.
package Servers;
use v5.36;
use Command;
use Haproxy;
use Socket;
use Stats;

use constant LIMIT => 2;    # seconds for the kernel to end the connections to one of them

my %silent;    # those whose connections go on, as backend/server

# A socket for what HAProxy says; it reads as ready when there is something.
sub listen ($path) {
    unlink $path;
    socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die "$path: $!\n";
    bind($socket, sockaddr_un($path)) or die "$path: $!\n";
    chmod 0666, $path;    # HAProxy is another user
    return $socket;
}

# Hears what was said, and ends what must be ended; returns the web servers, as backend/server.
sub end_silent ($socket) {
    my $news = 0;
    while (defined recv $socket, my $text, 4096, MSG_DONTWAIT) { $news |= hear($text) }
    return unless $news && %silent;
    my @servers = seen();
    my %up = map { $_->{backend} => 1 } grep { $_->{status} =~ /^UP/ } @servers;
    my @end = grep { $silent{ $_->{name} } && $up{ $_->{backend} } } @servers;
    for my $server (@end) {
        delete $silent{ $server->{name} };
        my ($ip, $port) = $server->{address} =~ /^([\d.]+):(\d+)$/ or next;
        Command::begin(LIMIT, qw(ss -K --tcp dst), $ip, qw(dport =), $port);
    }
    return map { $_->{name} } @end;
}

# Whether it changes anything: a web server that is down, or up.
sub hear ($text) {
    my ($name, $reason) = $text =~ m{Server (\S+/\S+) is (?:UP|DOWN, reason: (.*))} or return 0;
    delete $silent{$name};
    $silent{$name} = 1 if ($reason // '') =~ /timeout|No route to host/;
    return 1;
}

# Whether each backend has a web server that is up, or one that takes connections and whose checks only
# wait too long for the answer (L6TOUT, L7TOUT; management guide, 9.1). That one is not out of reach
# from here: it is late, or hangs, and so it is for everybody. Nor is one whose check passes, and that
# is out because it fails its clients. A HAProxy that does not answer leaves it at
# that: it says of none that it is gone.
sub only_late () {
    my %hope;    # by backend
    for my $server (seen()) {
        next if $server->{check} eq '';    # the last resort has no checks
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
    } } Stats::rows(Haproxy::talk(Stats::OF_SERVERS) // '');
}

1;
