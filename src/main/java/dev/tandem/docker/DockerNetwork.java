package dev.tandem.docker;

import dev.tandem.model.Subnet;
import java.util.List;

/// A network of the engine.
///
/// @param name its name
/// @param driver bridge, macvlan, overlay, ...
/// @param subnets its IPv4 subnets
/// @param parent the host's interface under a macvlan or ipvlan network; empty text for others
/// @param project the Compose project that made it; empty text if none
public record DockerNetwork(
        String name, String driver, List<Subnet> subnets, String parent, String project) {
    public DockerNetwork {
        subnets = List.copyOf(subnets);
    }
}
