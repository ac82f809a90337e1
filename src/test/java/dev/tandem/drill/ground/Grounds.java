package dev.tandem.drill.ground;

import dev.tandem.docker.Attachment;
import dev.tandem.docker.Await;
import dev.tandem.docker.Nodes;
import dev.tandem.docker.Processes;
import java.util.List;

/// Grounds for tests that touch no container.
public final class Grounds {
    public static final Nodes NODES = new Nodes(new Processes(), Await.real());

    private Grounds() {}

    /// A customer's pair.
    public static Ground customers() {
        return new Ground(
                "tandem",
                "tandem/balancer:0",
                List.of(node("haproxy-a", 151), node("haproxy-b", 152)),
                List.of(
                        new Node("web-a", "tandem-web-a", List.of()),
                        new Node(
                                "web-b",
                                "tandem-web-b",
                                List.of(new Attachment("vtnet", "", List.of())))),
                new Existing(
                        List.of(
                                new Node(
                                        "shop",
                                        "tandem-shop-1",
                                        List.of(
                                                new Attachment(
                                                        "tandem_lan", "192.168.0.99", List.of())))),
                        List.of()),
                NODES);
    }

    private static Node node(String name, int last) {
        return new Node(
                name,
                "tandem-" + name,
                List.of(
                        new Attachment(
                                "tandem_lan", "192.168.0." + last, List.of(name, "tandem-" + name)),
                        new Attachment("vtnet", "172.20.0." + last, List.of(name))));
    }
}
