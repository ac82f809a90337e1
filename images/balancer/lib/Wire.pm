# Wire: what the inits of a site's balancers tell each other, in datagrams on the LAN, on the number of
# the health port: `silent http:80 https:443`, the listeners of whoever gets it that do not answer there. It is
# said again and again while it is true, and forgotten when it is said no more. As with VRRP's own
# adverts, the sender's address is all that vouches for it, and a TTL of 255 that it came over no router
# (handover.nft).
package Wire;
use v5.36;
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK);
use Socket qw(:DEFAULT MSG_DONTWAIT IPPROTO_IP IP_TTL);

sub listen ($port) {
    socket(my $socket, AF_INET, SOCK_DGRAM, 0) or die "datagrams: $!\n";
    setsockopt $socket, SOL_SOCKET, SO_REUSEADDR, 1;
    setsockopt $socket, IPPROTO_IP, IP_TTL, pack 'i', 255;
    bind($socket, sockaddr_in($port, INADDR_ANY)) or die "datagrams on port $port: $!\n";
    return $socket;
}

# What was said since: pairs of sender and the names of listeners.
sub hear ($socket) {
    my @said;
    while (@said < 64 && defined(my $from = recv $socket, my $text, 512, MSG_DONTWAIT)) {
        my (undef, $address) = eval { sockaddr_in($from) } or next;
        push @said, [ inet_ntoa($address), split ' ', $1 ] if $text =~ /^silent ([\w :.-]+)$/;
    }
    return @said;
}

# Never waits: one that cannot be sent is said again soon.
sub tell ($socket, $address, $port, @listeners) {
    send $socket, "silent @listeners", MSG_DONTWAIT, sockaddr_in($port, inet_aton($address));
}

1;
