package dev.tandem.doctor;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.model.Ip4;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Looks how far one of a site's machines gets on the LAN: in a container on the network of its
/// host, and as a node of the site does.
///
/// What it runs is passed along instead of being part of the image, so that it does not matter how
/// old that is.
///
/// @param docker the engine of the machine
/// @param image an image of the balancers that it has
record LanLook(Docker docker, String image) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// On the host. It leaves nothing behind: the MAC address besides the interface's own is one
    /// that a socket has, as a macvlan child has its own, for as long as it is open.
    private static final String ON_HOST =
            """
            program=$1; shift
            perl -e "$program" "$@" || exit
            nft --numeric list ruleset 2>/dev/null | sed 's/^/nft /'
            sed 's/^/legacy /' /proc/net/ip_tables_names 2>/dev/null
            exit 0
            """;

    /// WHERE WHO ADDRESS...: an interface, or an address on one; `node` or `host`, or `stranger`
    /// for a host that has no node whose MAC address it could use.
    ///
    /// ```
    /// mtu 1500                    the interface's
    /// own 192.168.0.12 yes        asked from its own MAC address, somebody has that address
    /// other 192.168.0.12 no       the same, asked from another MAC address
    /// size 192.168.0.12 1450      the largest packet that was answered; 0: none was
    /// ```
    private static final String PROGRAM =
            """
            use v5.36;
            use lib '/usr/local/lib/tandem';
            use Arp;
            use Lan;
            use Link;
            use Socket;
            use Time::HiRes 'time';

            my ($where, $who, @targets) = @ARGV;
            my $interface = $where =~ /^[\\d.]+$/ ? Lan::interface_of($where) : $where;
            my $number = Link::number($interface) // die "no interface for $where\\n";
            my $own = Link::mac($interface);
            my $other = "\\x02td" . substr $own, 3;

            sub readable ($socket, $end) {
                my $left = $end - time;
                vec(my $read = '', fileno $socket, 1) = 1;
                return $left > 0 && select $read, undef, undef, $left;
            }

            # Whole frames, before macvlan takes those of its children.
            sub asked ($mac, $target) {
                socket(my $socket, Link::AF_PACKET, SOCK_RAW, 0) or die "no packet socket: $!\\n";
                # PACKET_ADD_MEMBERSHIP, PACKET_MR_UNICAST: packet(7)
                setsockopt $socket, 263, 1, pack 'i S S a8', $number, 3, 6, $mac;
                bind $socket, Link::address($number, Link::ETH_P_ALL) or die "bind: $!\\n";
                my $frame = Link::BROADCAST . $mac . "\\x08\\x06" . Arp::probe($mac, $target);
                for (1 .. 2) {
                    send $socket, $frame . "\\0" x 18, 0 or return 'no';
                    my $end = time + 0.4;
                    while (readable($socket, $end)) {
                        recv $socket, my $got, 256, 0;
                        next if substr($got, 0, 6) ne $mac || substr($got, 12, 2) ne "\\x08\\x06";
                        my ($operation, undef, $sender) = Arp::sender(substr $got, 14);
                        return 'yes' if ($operation // 0) == Arp::ANSWER && $sender eq $target;
                    }
                }
                return 'no';
            }

            my $sequence = 0;
            sub answered ($target, $size) {
                socket(my $socket, AF_INET, SOCK_RAW, 1) or die "no raw socket: $!\\n";
                setsockopt $socket, 0, 10, pack 'i', 3;    # IP_PMTUDISC_PROBE: never in fragments
                my $id = int rand 65536;
                for (1 .. 2) {
                    my $echo = pack('C C n n n', 8, 0, 0, $id, ++$sequence) . 't' x ($size - 28);
                    my $sum = unpack '%32n*', length($echo) % 2 ? "$echo\\0" : $echo;
                    $sum = ($sum & 0xffff) + ($sum >> 16) for 1 .. 2;
                    substr $echo, 2, 2, pack 'n', ~$sum & 0xffff;
                    send $socket, $echo, 0, sockaddr_in(0, $target) or return 0;
                    my $end = time + 0.25;
                    while (readable($socket, $end)) {
                        recv $socket, my $got, 65536, 0;
                        my @said = unpack 'C x3 n n', substr $got, 4 * (ord($got) & 15);
                        return 1 if $said[0] == 0 && $said[1] == $id && length $got == $size;
                    }
                }
                return 0;
            }

            sub largest ($target, $most) {
                return $most if answered($target, $most);
                return 0 unless answered($target, 100);
                my ($passes, $not) = (100, $most);
                while ($not - $passes > 1) {
                    my $size = int(($passes + $not) / 2);
                    answered($target, $size) ? $passes = $size : $not = $size;
                }
                return $passes;
            }

            if ($who eq 'node') {
                say "other $_ ", asked($own, inet_aton($_)) for @targets;
                exit;
            }
            open my $file, '<', "/sys/class/net/$interface/mtu" or die "its mtu: $!\\n";
            chomp(my $mtu = <$file>);
            say "mtu $mtu";
            for my $address (@targets) {
                my $target = inet_aton($address);
                say "own $address ", my $there = asked($own, $target);
                say "other $address ", asked($other, $target) if $who eq 'stranger';
                say "size $address ", largest($target, $mtu) if $there eq 'yes';
            }
            """;

    /// A node of the site that runs on this machine.
    ///
    /// @param name its name
    /// @param container its container
    /// @param address its address on the LAN
    record Node(String name, String container, Ip4 address) {}

    /// Looks from the machine itself. One that has no running node is looked at from a MAC address
    /// of its own making besides.
    ///
    /// @param lan its interface on the LAN
    /// @param node a running node on it, if any
    /// @param machines the addresses of the other machines
    LanSeen fromHost(String lan, Optional<Node> node, Collection<Ip4> machines) {
        List<String> argv = new ArrayList<>(List.of("--network", "host", "--cap-drop", "ALL"));
        argv.addAll(List.of("--cap-add", "NET_RAW", "--cap-add", "NET_ADMIN"));
        argv.addAll(List.of("--entrypoint", "sh", image, "-c", ON_HOST, "sh", PROGRAM, lan));
        argv.add(node.isPresent() ? "host" : "stranger");
        machines.forEach(one -> argv.add(one.toString()));
        return LanSeen.parse(said(docker.runOnce(LIMIT, argv)));
    }

    /// The same as one of its nodes, which has a MAC address of its own.
    LanSeen fromNode(Node node, Collection<Ip4> addresses) {
        List<String> argv = new ArrayList<>(List.of("--network", "container:" + node.container()));
        argv.addAll(List.of("--cap-drop", "ALL", "--cap-add", "NET_RAW"));
        argv.addAll(List.of("--entrypoint", "perl", image, "-e", PROGRAM));
        argv.addAll(List.of(node.address().toString(), "node"));
        addresses.forEach(one -> argv.add(one.toString()));
        return LanSeen.parse(said(docker.runOnce(LIMIT, argv)));
    }

    private static String said(Output output) {
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the LAN could not be looked at",
                    output.lastLines(2),
                    "nothing was changed",
                    "tandem doctor");
        }
        return output.stdout();
    }
}
