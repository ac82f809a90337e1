# Lan: what the kernel says about the interfaces of this balancer, and about the VIP on them. By system
# calls: the init asks again and again, and must not wait for a program.
package Lan;
use v5.36;
use Link;
use Socket;

use constant { SIOCGIFCONF => 0x8912, AF_NETLINK => 16, NETLINK_ROUTE => 0, RTM_DELADDR => 21 };
use constant { NLM_F_REQUEST => 1, NLM_F_ACK => 4, NLMSG_ERROR => 2, IFA_LOCAL => 2 };

# All IPv4 addresses, as pairs of interface and address, both as text.
sub addresses () {
    socket(my $kernel, AF_INET, SOCK_DGRAM, 0) or return;
    my $room    = "\0" x 65536;
    my $request = pack 'i x![p] P', length $room, $room;
    ioctl($kernel, SIOCGIFCONF, $request) or return;
    my $length = unpack 'i', $request;
    my @all;
    # struct ifreq, netdevice(7): 40 bytes; a name may carry a label: eth0:1
    for (my $at = 0; $at < $length; $at += 40) {
        my ($name, $address) = unpack 'Z16 x4 a4', substr $room, $at, 40;
        push @all, [ $name =~ s/:.*//r, inet_ntoa($address) ];
    }
    return @all;
}

# The interface that holds this address, '' when none does. Its name depends on the order in which
# Docker attached the networks, and changes when the network is disconnected and connected again.
sub interface_of ($address) {
    my ($name) = map { $_->[0] } grep { $_->[1] eq $address } addresses();
    return $name // '';
}

# All of them, the VIP first.
sub vips () {
    my %of = vips_of();
    return map { @{ $of{$_} } } sort keys %of;
}

# Which go together: with the VIP, by '', and those that are first at a balancer, by its name.
sub vips_of () {
    my %of = ('' => [ $ENV{TANDEM_VIP}, split ' ', $ENV{TANDEM_VIP_MORE} // '' ]);
    for my $one (split ' ', $ENV{TANDEM_VIPS_OF} // '') {
        my ($name, $addresses) = split /=/, $one, 2;
        $of{$name} = [ split /,/, $addresses // '' ];
    }
    return %of;
}

# Both ask about this one interface: lo has the VIP all the time, for the hand-over.
# Whether it has any of these.
sub holds ($interface, @vips) {
    my %is_vip = map { $_ => 1 } @vips;
    return scalar grep { $_->[0] eq $interface && $is_vip{ $_->[1] } } addresses();
}

# Whether the default route goes over this gateway on this interface (proc_net(5); addresses there are in the
# byte order of the machine).
sub has_route ($interface, $gateway) {
    open my $table, '<', '/proc/net/route' or return 1;
    my $wanted = sprintf '%08X', unpack 'L', inet_aton($gateway);
    while (my $line = <$table>) {
        my ($on, $to, $via, undef, undef, undef, undef, $mask) = split ' ', $line;
        return 1 if $on eq $interface && $to eq '00000000' && $mask eq '00000000' && $via eq $wanted;
    }
    return 0;
}

# The MAC that this machine knows of a neighbour, as text; undef when it knows none (proc_net(5)).
sub mac_of ($address) {
    open my $table, '<', '/proc/net/arp' or return;
    while (my $line = <$table>) {
        my ($of, undef, undef, $mac) = split ' ', $line;
        return $mac if $of eq $address && $mac ne '00:00:00:00:00:00';
    }
    return;
}

# Takes the VIP off; whether there was one to remove (rtnetlink(7)).
sub remove ($interface, $vip) {
    return 0 unless holds($interface, $vip);
    my $number = Link::number($interface) // return 0;
    socket(my $kernel, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) or return 0;
    setsockopt $kernel, SOL_SOCKET, SO_RCVTIMEO, pack 'l!l!', 1, 0;
    my $address = pack 'C C C C L', AF_INET, 32, 0, 0, $number;           # struct ifaddrmsg
    my $local   = pack 'S S a4', 8, IFA_LOCAL, inet_aton($vip);          # struct rtattr
    my $length  = 16 + length($address) + length $local;
    my $header  = pack 'L S S L L', $length, RTM_DELADDR, NLM_F_REQUEST | NLM_F_ACK, 1, 0;
    send($kernel, $header . $address . $local, 0) or return 0;
    defined recv $kernel, my $answer, 4096, 0 or return 0;
    my (undef, $type, undef, undef, undef, $error) = unpack 'L S S L L l', $answer;
    return $type == NLMSG_ERROR && $error == 0 ? 1 : 0;
}

1;
