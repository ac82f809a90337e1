# Link: an interface as the kernel sees it, and packets on it, beneath IP.
package Link;
use v5.36;
use Socket;

use constant {
    AF_PACKET     => 17,
    ETH_P_ALL     => 3,
    ETH_P_IP      => 0x0800,
    ETH_P_ARP     => 0x0806,
    BROADCAST     => "\xff" x 6,
    SIOCGIFHWADDR => 0x8927,
    SIOCGIFINDEX  => 0x8933,
};

# Its number; nothing when there is no such interface.
sub number ($interface) { return unpack 'i', ask(SIOCGIFINDEX, $interface) // return }

# Its MAC, packed.
sub mac ($interface) { return substr ask(SIOCGIFHWADDR, $interface) // return, 2, 6 }

# A MAC as people write it.
sub text ($mac) { return join ':', unpack('H12', $mac) =~ /../g }

sub ask ($request, $interface) {
    socket(my $kernel, AF_INET, SOCK_DGRAM, 0) or return;
    my $answer = pack 'Z16 x24', $interface;    # struct ifreq, netdevice(7)
    ioctl($kernel, $request, $answer) or return;
    return substr $answer, 16;
}

# struct sockaddr_ll, packet(7). An interface by its number.
sub address ($number, $protocol, $mac = '') {
    return pack 'S n l S C C a8', AF_PACKET, $protocol, $number, 0, 0, 6, $mac;
}

# A socket for packets without their Ethernet header; nothing without CAP_NET_RAW. It hears nothing
# until it is bound to an `address`.
sub packets () {
    socket(my $socket, AF_PACKET, SOCK_DGRAM, 0) or return;
    return $socket;
}

# Has the kernel keep from us what these instructions do not take: [code, if true, if false, value].
sub filter ($socket, @instructions) {
    my $program = join '', map { pack 'S C C L', @$_ } @instructions;
    return setsockopt $socket, SOL_SOCKET, SO_ATTACH_FILTER, pack 'S x![p] P', scalar @instructions, $program;
}

1;
