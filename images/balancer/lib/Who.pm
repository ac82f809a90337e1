# Who: asks the LAN who has an address. The question is an ARP probe (RFC 5227, section 1.1): its sender address is
# 0.0.0.0, so nobody learns anything wrong from it. arping would stop at the first answer; two answers are the point.
# It needs CAP_NET_RAW.
package Who;
use v5.36;
use Arp;
use Link;
use List::Util qw(max);
use Run;
use Socket;

# Asks. The answers come while something else is done.
sub ask ($class, $interface, $address) {
    my $target = inet_aton($address) // die "$address is no address\n";
    my $number = Link::number($interface) // die "no interface $interface\n";
    my $socket = Link::packets() // die "no packet socket ($!); it needs CAP_NET_RAW\n";
    bind($socket, Link::address($number, Link::ETH_P_ARP)) or die "$interface: $!\n";
    send($socket, Arp::probe(Link::mac($interface), $target), 0,
        Link::address($number, Link::ETH_P_ARP, Link::BROADCAST)) or die "$interface: $!\n";
    return bless { socket => $socket, target => $target, asked => Run::now() }, $class;
}

use constant MOST => 1000;    # packets: a LAN may never be silent

# The MAC of every machine that has answered when so many seconds have passed since the question. Who comes later
# than that, because a processor was busy, gets what has come meanwhile.
sub answers ($self, $seconds) {
    my (%seen, @macs);
    for (1 .. MOST) {
        vec(my $read = '', fileno $self->{socket}, 1) = 1;
        last unless select $read, undef, undef, max(0, $self->{asked} + $seconds - Run::now());
        recv $self->{socket}, my $packet, 256, 0;
        my ($operation, $mac, $sender) = Arp::sender($packet) or next;
        next unless $operation == Arp::ANSWER && $sender eq $self->{target};
        push @macs, Link::text($mac) unless $seen{$mac}++;
    }
    return @macs;
}

1;
