package dev.tandem.drill.ground;

import dev.tandem.docker.Attachment;
import java.util.List;

/// A machine that a fault may strike.
///
/// @param name its name in reports: `haproxy-a`
/// @param container its container
/// @param attachments the networks it was on when all was well
public record Node(String name, String container, List<Attachment> attachments) {
    public Node {
        attachments = List.copyOf(attachments);
    }

    /// Its addresses on all of its networks.
    public List<String> addresses() {
        return attachments.stream()
                .map(Attachment::address)
                .filter(address -> !address.isEmpty())
                .toList();
    }
}
