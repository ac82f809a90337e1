package dev.tandem.docker;

import java.util.List;

/// What joins a container to a network.
///
/// @param network the network's name
/// @param address the container's IPv4 address there; empty text when it has none
/// @param aliases the names under which Docker's DNS knows it there, besides its own
public record Attachment(String network, String address, List<String> aliases) {
    public Attachment {
        aliases = List.copyOf(aliases);
    }
}
