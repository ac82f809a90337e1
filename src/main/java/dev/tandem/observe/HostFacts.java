package dev.tandem.observe;

import dev.tandem.docker.DockerNetwork;
import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import java.util.List;
import java.util.Optional;

/// What the host's network looks like.
///
/// @param interfaces the host's own network interfaces
/// @param gateways its default routes
/// @param networks Docker's networks
public record HostFacts(
        List<Interface> interfaces, List<DefaultRoute> gateways, List<DockerNetwork> networks) {
    public HostFacts {
        interfaces = List.copyOf(interfaces);
        gateways = List.copyOf(gateways);
        networks = List.copyOf(networks);
    }

    /// A network interface of the host.
    ///
    /// @param name its name in the kernel
    /// @param addresses its IPv4 addresses
    /// @param kind its kind
    public record Interface(String name, List<Address> addresses, Kind kind) {
        public Interface {
            addresses = List.copyOf(addresses);
        }
    }

    /// The kind of an interface, as far as it matters for macvlan.
    public enum Kind {
        /// Ethernet or something like it: supports macvlan.
        ETHERNET,
        /// A radio: its access point accepts one MAC address per station, so macvlan fails.
        WIRELESS,
        /// A bridge that Docker made.
        DOCKER_BRIDGE,
        /// The loopback, a tunnel, or another interface without MAC addresses.
        NO_LINK_LAYER
    }

    /// An address on an interface.
    ///
    /// @param address the host's own
    /// @param subnet its directly connected subnet; empty for a prefix that Tandem cannot use (/31,
    ///   /32)
    public record Address(Ip4 address, Optional<Subnet> subnet) {}

    /// A default route.
    ///
    /// @param via the router
    /// @param device the interface
    public record DefaultRoute(Ip4 via, String device) {}

    /// The interface of this name.
    public Optional<Interface> named(String name) {
        return interfaces.stream().filter(i -> i.name().equals(name)).findFirst();
    }
}
