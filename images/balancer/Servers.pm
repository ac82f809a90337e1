# Servers: the web servers that went silent. HAProxy says at once when one is down (haproxy.cfg, the
# second `log`). Requests that wait for one that hangs, or whose machine is gone, would wait for
# `timeout server`: their connections are ended here, by the kernel (ss -K), as if the machine had
# reset them. HAProxy then tries GET and HEAD again on another web server, and answers 502 to the
# others. A web server that is down because it answers wrongly still answers: what it has, it may end.
package Servers;
use v5.36;
use Haproxy;
use Socket;

# A socket for what HAProxy says; it reads as ready when there is something.
sub listen ($path) {
    unlink $path;
    socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die "init: $path: $!\n";
    bind($socket, sockaddr_un($path)) or die "init: $path: $!\n";
    chmod 0666, $path;    # HAProxy is another user
    return $socket;
}

# Hears what was said, and ends what must be ended; returns the web servers, as backend/server.
sub end_silent ($socket) {
    my @ended;
    while (defined recv $socket, my $text, 4096, MSG_DONTWAIT) {
        my ($name, $reason) = $text =~ m{Server (\S+/\S+) is DOWN, reason: (.*)} or next;
        next unless $reason =~ /timeout|No route to host/;
        my ($ip, $port) = address_of($name) or next;
        system("ss -K --tcp dst $ip dport = $port >/dev/null 2>&1");
        push @ended, $name;
    }
    return @ended;
}

# By HAProxy's own word: the configuration may name it by a hostname.
sub address_of ($name) {
    my ($head, @lines) = split "\n", Haproxy::talk('show stat -1 4 -1') // '';
    my ($number, %column) = (0);
    $column{$_} = $number++ for split /,/, ($head // '') =~ s/^# //r;
    return unless defined $column{addr};
    for my $line (@lines) {
        my @field = split /,/, $line;
        return $field[ $column{addr} ] =~ /^([\d.]+):(\d+)$/ if "$field[0]/$field[1]" eq $name;
    }
    return;
}

1;
