# Claims: who says on the LAN that the VIP is theirs, and our own word against it. ARP believes whoever spoke
# last, so a machine that claims the VIP by mistake has the clients that heard it, until somebody says
# otherwise: with Keepalived alone that is its next gratuitous ARP, seconds later or never. The owner of an
# address that others depend on may defend it without end, as long as it does so slowly (RFC 5227, 2.4 (c)).
package Claims;
use v5.36;
use Arp;
use Lan;
use Link;
use Socket;

# Hears claims of the VIPs by others. The kernel keeps all other ARP from us.
sub listen ($interface, @vips) {
    my $number = Link::number($interface) // die "claims: no interface $interface\n";
    my $socket = Link::packets() // die "claims: no packet socket: $!\n";
    Link::filter($socket,
        [ 0x20, 0, 0, 14 ],                             # load the sender's address
        # One of them: over the next ones and the drop; otherwise the next one.
        (map { [ 0x15, @vips - $_, 0, unpack 'N', inet_aton($vips[$_]) ] } 0 .. $#vips),
        [ 0x06, 0, 0, 0 ],                              # drop it
        [ 0x06, 0, 0, 256 ]                             # take it
    ) or die "claims: filter: $!\n";
    bind($socket, Link::address($number, Link::ETH_P_ARP)) or die "claims: $interface: $!\n";
    $socket->blocking(0);
    return $socket;
}

# Who claimed which since: MAC and VIP, both as text, without ourselves.
sub heard ($socket, $interface) {
    my (%claims, $ours);
    while (%claims < 64 && defined recv $socket, my $packet, 256, 0) {
        $ours //= Link::mac($interface) // '';    # not before somebody spoke: this is asked in every round
        my (undef, $mac, $address) = Arp::sender($packet) or next;
        my @claim = (Link::text($mac), inet_ntoa($address));
        $claims{"@claim"} = \@claim if $mac ne $ours;
    }
    return @claims{ sort keys %claims };
}

# Whether it is the MAC of one of these addresses: a peer that takes the VIP over has every right to.
sub is_of ($mac, @addresses) {
    return scalar grep { $_ eq $mac } map { Lan::mac_of($_) // () } @addresses;
}

# Says on the LAN that the VIP is ours.
sub claim ($interface, $vip) {
    my $number = Link::number($interface) // return;
    my $mac    = Link::mac($interface)    // return;
    my $socket = Link::packets()          // return;
    return send $socket, Arp::announcement($mac, inet_aton($vip)), 0,
        Link::address($number, Link::ETH_P_ARP, Link::BROADCAST);
}

1;
