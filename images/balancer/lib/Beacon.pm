# Beacon: the adverts of this balancer's own virtual router, as Keepalived sends them (its instance
# `beacon`). The init sends them too, so that they go on while Keepalived is started again: what tells the
# peer that this balancer carries on its connections is HAProxy's life, not Keepalived's.
#
# VRRP version 3, RFC 9568, section 5.1. Nobody runs this virtual router but us, and nobody but
# handover.nft listens to it.
package Beacon;
use v5.36;
use Socket qw(:DEFAULT IPPROTO_IP IP_TTL MSG_DONTWAIT);

use constant { VRRP => 112, ADDRESS => '127.0.77.1', INTERVAL => 3 };    # hundredths of a second

my ($socket, $from);

# @param id the virtual router
# @param priority 1 to 254
sub send_to ($own, $id, $priority, @peers) {
    my $socket = socket_of($own) // return;
    for my $peer (@peers) {
        send $socket, packet($own, $peer, $id, $priority), MSG_DONTWAIT, sockaddr_in(0, inet_aton($peer));
    }
    return;
}

# One that cannot be had (no such address now) is tried again the next time.
sub socket_of ($own) {
    return $socket if $socket && $from eq $own;
    socket(my $new, AF_INET, SOCK_RAW, VRRP) or return;
    setsockopt $new, IPPROTO_IP, IP_TTL, 255;    # [5.1.1.3]
    bind($new, sockaddr_in(0, inet_aton($own))) or return;
    ($socket, $from) = ($new, $own);
    return $socket;
}

sub packet ($own, $peer, $id, $priority) {
    my $advert = sub ($sum) { return pack 'C4 n n a4', 0x31, $id, $priority, 1, INTERVAL, $sum, inet_aton(ADDRESS) };
    my $zero = $advert->(0);
    return $advert->(checksum(inet_aton($own) . inet_aton($peer) . pack('C C n', 0, VRRP, length $zero) . $zero));
}

# That of IP (RFC 1071), over a pseudo-header as well [5.2.8].
sub checksum ($bytes) {
    my $sum = 0;
    $sum += $_ for unpack 'n*', $bytes;
    $sum = ($sum & 0xffff) + ($sum >> 16) while $sum >> 16;
    return ~$sum & 0xffff;
}

1;
