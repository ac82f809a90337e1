# Lan: what the kernel says about the interfaces of this balancer, and about the VIP on them.
package Lan;
use v5.36;
use Socket;

# The interface that holds this address, '' when none does. Its name depends on the order in which
# Docker attached the networks, and changes when the network is disconnected and connected again.
sub interface_of ($address) {
    my ($name) = `ip -o -4 address show to $address` =~ /^\d+: (\S+?)(?:@\S+)? /;
    return $name // '';
}

# Whether it is still that one: one system call, no fork.
sub is_at ($address, $interface) {
    return 0 if $interface eq '';
    socket(my $socket, AF_INET, SOCK_DGRAM, 0) or return 0;
    my $request = pack 'a16 x16 x8', $interface;
    ioctl($socket, 0x8915, $request) or return 0;    # SIOCGIFADDR: the interface's first address
    return inet_ntoa(substr $request, 20, 4) eq $address;
}

# Both ask about this one interface: lo has the VIP all the time, for the hand-over.
sub holds ($interface, $vip) {
    return $interface ne '' && `ip -o -4 address show dev $interface to $vip/32` ne '';
}

# Whether there was one to remove.
sub remove ($interface, $vip) {
    return $interface ne '' && system("ip address del $vip/32 dev $interface 2>/dev/null") == 0;
}

1;
