# Arp: the one place that packs and unpacks ARP for IPv4 over Ethernet (RFC 826).
package Arp;
use v5.36;

use constant { ETHERNET => 1, IPV4 => 0x0800, QUESTION => 1, ANSWER => 2 };

my $layout = 'n n C C n a6 a4 a6 a4';    # ... operation, sender's MAC and address, target's

# Who has this address? A probe (RFC 5227, section 1.1): its sender address is 0.0.0.0, so nobody
# learns anything wrong from it. Addresses and MACs are packed.
sub probe ($mac, $address) {
    return pack $layout, ETHERNET, IPV4, 6, 4, QUESTION, $mac, "\0" x 4, '', $address;
}

# That an address is ours (RFC 5227, section 1.1): whoever has it in its table believes it at once.
sub announcement ($mac, $address) {
    return pack $layout, ETHERNET, IPV4, 6, 4, QUESTION, $mac, $address, '', $address;
}

# Operation, MAC and address of its sender; nothing when it is no such packet.
sub sender ($packet) {
    return if length $packet < 28;
    my ($kind, $protocol, undef, undef, $operation, $mac, $address) = unpack $layout, $packet;
    return unless $kind == ETHERNET && $protocol == IPV4;
    return ($operation, $mac, $address);
}

1;
