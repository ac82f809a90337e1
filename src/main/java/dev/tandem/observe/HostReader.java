package dev.tandem.observe;

import dev.tandem.docker.DockerNetwork;
import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import dev.tandem.observe.HostFacts.Address;
import dev.tandem.observe.HostFacts.DefaultRoute;
import dev.tandem.observe.HostFacts.Interface;
import dev.tandem.observe.HostFacts.Kind;
import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the host's network from the kernel: interfaces, addresses, default routes. Starts no
/// process; assumes that the engine runs on this machine.
public final class HostReader {
    private static final Path INTERFACES = Path.of("/sys/class/net");
    private static final Path ROUTES = Path.of("/proc/net/route");

    private HostReader() {}

    /// Reads it now.
    ///
    /// @param networks Docker's networks
    public static HostFacts read(List<DockerNetwork> networks) {
        return new HostFacts(interfaces(), defaultRoutes(), networks);
    }

    private static List<Interface> interfaces() {
        try {
            return NetworkInterface.networkInterfaces().map(HostReader::describe).toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static Interface describe(NetworkInterface network) {
        List<Address> addresses =
                network.getInterfaceAddresses().stream().flatMap(HostReader::address).toList();
        return new Interface(network.getName(), addresses, kind(network.getName()));
    }

    private static Stream<Address> address(InterfaceAddress address) {
        int prefix = address.getNetworkPrefixLength();
        return Ip4.parse(address.getAddress().getHostAddress()).stream()
                .map(ip -> new Address(ip, subnet(ip, prefix)));
    }

    private static Optional<Subnet> subnet(Ip4 address, int prefix) {
        return Subnet.parse(address + "/" + prefix);
    }

    private static Kind kind(String name) {
        Path directory = INTERFACES.resolve(name);
        if (Files.exists(directory.resolve("wireless"))
                || Files.exists(directory.resolve("phy80211"))) {
            return Kind.WIRELESS;
        }
        if (Files.exists(directory.resolve("bridge"))
                && (name.startsWith("br-") || name.startsWith("docker"))) {
            return Kind.DOCKER_BRIDGE;
        }
        // ARPHRD_ETHER, include/uapi/linux/if_arp.h
        return text(directory.resolve("type")).equals("1") ? Kind.ETHERNET : Kind.NO_LINK_LAYER;
    }

    private static List<DefaultRoute> defaultRoutes() {
        return text(ROUTES)
                .lines()
                .map(line -> line.split("\\s+"))
                .filter(f -> f.length > 2 && f[1].equals("00000000") && !f[2].equals("00000000"))
                .map(f -> new DefaultRoute(littleEndian(f[2]), f[0]))
                .toList();
    }

    /// /proc/net/route prints addresses as numbers of a little-endian machine.
    private static Ip4 littleEndian(String hexadecimal) {
        return new Ip4(Integer.reverseBytes(Integer.parseUnsignedInt(hexadecimal, 16)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
