package dev.tandem.drill;

import java.util.List;
import java.util.Optional;

/// Packets between the master and some of the others that are dropped, in both directions, by rules
/// in the master's own network: the first thing that happens to what arrives, the last to what
/// leaves, as on a line. Counted there, so that the loss can be seen.
///
/// @param others who is on the other side
/// @param chance which of the packets: nftables' words, empty text for all
record PacketsDropped(String name, String summary, Others others, String chance) implements Fault {
    /// Where VRRP talks to everybody (RFC 9568, section 5.1.1.2), in pairs that use it.
    private static final String VRRP_GROUP = "224.0.0.18";

    /// Who is on the other side.
    enum Others {
        PEERS,
        SERVERS
    }

    static Fault cutFromPeer() {
        String summary = "the balancers lose sight of each other: a split brain";
        return new PacketsDropped("balancer-cut-from-peer", summary, Others.PEERS, "");
    }

    static Fault cutFromServers() {
        String summary = "the master loses sight of all web servers";
        return new PacketsDropped("balancer-cut-from-servers", summary, Others.SERVERS, "");
    }

    static Fault packetLoss() {
        String summary = "of all packets between the balancers 30 % are lost, by chance";
        String chance = "numgen random mod 100 < 30";
        return new PacketsDropped("packet-loss", summary, Others.PEERS, chance);
    }

    @Override
    public String what(Ground ground) {
        return "nft: drop %s packets between %s and %s"
                .formatted(
                        chance.isEmpty() ? "all" : "30 % of the",
                        ground.master().container(),
                        String.join(", ", addresses(ground)));
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        return addresses(ground).isEmpty()
                ? Optional.of(ground.master().container() + " has nobody to be cut from")
                : Foreign.sharedNetwork(ground, List.of(ground.master()));
    }

    @Override
    public void inject(Ground ground) {
        String set = String.join(", ", addresses(ground));
        String targets = others == Others.PEERS ? set + ", " + VRRP_GROUP : set;
        Toolbox toolbox = new Toolbox(ground, name);
        String rules =
                """
                nft -f - <<END
                table inet %1$s {
                  chain in {
                    type filter hook prerouting priority -400
                    ip saddr { %2$s } %4$s counter drop
                  }
                  chain out {
                    type filter hook postrouting priority 400
                    ip daddr { %3$s } %4$s counter drop
                  }
                }
                END
                """
                        .formatted(toolbox.table(), set, targets, chance);
        toolbox.enter(ground.master(), rules, List.of());
    }

    @Override
    public void heal(Ground ground) {
        new Toolbox(ground, name).clear(List.of(ground.master()));
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        return new Toolbox(ground, name).left(List.of(ground.master()));
    }

    private List<String> addresses(Ground ground) {
        List<Node> nodes =
                switch (others) {
                    case PEERS -> ground.peers();
                    case SERVERS -> ground.servers();
                };
        return nodes.stream().flatMap(node -> node.addresses().stream()).toList();
    }
}
