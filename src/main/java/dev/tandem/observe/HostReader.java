package dev.tandem.observe;

import dev.tandem.docker.Docker;
import dev.tandem.docker.DockerNetwork;
import dev.tandem.docker.Output;
import dev.tandem.model.Ip4;
import dev.tandem.model.Stop;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the network of the engine's machine from its kernel: interfaces, addresses, default
/// routes. Of this machine without any process; of another one in a container there, which is in
/// the network of its host.
public final class HostReader {
    private static final Path INTERFACES = Path.of("/sys/class/net");
    private static final Path ROUTES = Path.of("/proc/net/route");

    /// What only some interfaces have.
    private static final List<String> MARKS = List.of("wireless", "phy80211", "bridge");

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private HostReader() {}

    /// Reads that of this machine now.
    ///
    /// @param networks Docker's networks
    public static HostFacts read(List<DockerNetwork> networks) {
        return new HostFacts(interfaces(), defaultRoutes(text(ROUTES)), networks);
    }

    /// Reads that of the engine's machine now, wherever it is.
    ///
    /// @param image an image of a balancer that the engine has; only asked for when it is needed
    /// @throws Stop when the engine does not answer
    public static HostFacts read(Docker docker, Supplier<String> image) {
        return switch (docker.where()) {
            case HERE -> read(docker.networks());
            case ELSEWHERE -> elsewhere(docker, image.get());
        };
    }

    private static HostFacts elsewhere(Docker docker, String image) {
        List<String> look = new ArrayList<>(List.of("--network", "host", "--cap-drop", "ALL"));
        look.addAll(List.of("--entrypoint", "sh", image, "-c", HostWords.SCRIPT));
        Output output = docker.runOnce(LIMIT, look);
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the network of the engine's machine could not be looked at",
                    output.lastLines(3),
                    "nothing was started or changed",
                    "docker run --rm --network host " + image + " true");
        }
        return HostWords.read(output.stdout(), docker.networks());
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
        Set<String> marks =
                MARKS.stream()
                        .filter(mark -> Files.exists(directory.resolve(mark)))
                        .collect(Collectors.toSet());
        return kind(name, marks, text(directory.resolve("type")));
    }

    /// The kind of an interface.
    ///
    /// @param marks which of {@link #MARKS} its directory in /sys has
    /// @param type its number in include/uapi/linux/if_arp.h
    static Kind kind(String name, Set<String> marks, String type) {
        if (marks.contains("wireless") || marks.contains("phy80211")) {
            return Kind.WIRELESS;
        }
        if (marks.contains("bridge") && (name.startsWith("br-") || name.startsWith("docker"))) {
            return Kind.DOCKER_BRIDGE;
        }
        // ARPHRD_ETHER
        return type.equals("1") ? Kind.ETHERNET : Kind.NO_LINK_LAYER;
    }

    /// @param table as in /proc/net/route
    static List<DefaultRoute> defaultRoutes(String table) {
        return table.lines()
                .map(line -> line.strip().split("\\s+"))
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
