package dev.tandem.docker;

import java.util.List;

/// How a container is attached to a network.
///
/// @param network the network's name
/// @param address the container's IPv4 address there; empty text when it has none
/// @param aliases its names in Docker's DNS there, besides its own
public record Attachment(String network, String address, List<String> aliases) {
    public Attachment {
        aliases = List.copyOf(aliases);
    }
}
