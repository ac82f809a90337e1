package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Foreign;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.drill.ground.Toolbox;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Packets between the master and some of the other nodes are dropped, in both directions, by rules
/// in the master's own network: first thing for what arrives, last thing for what leaves, as on a
/// line. They are counted there, so that the loss can be seen.
///
/// The share of random loss can be chosen: `packet-loss=5%`. That form is named `packet-loss-5`,
/// which is valid for directories, containers and tables, and from which the heal finds it again.
///
/// @param others the other side
/// @param percent the percentage of packets dropped at random; 100 for all
public record PacketsDropped(String name, String summary, Others others, int percent)
        implements Fault {
    private static final String LOSS = "packet-loss";
    private static final String EXAMPLE = LOSS + "=5%";

    /// The form's word on the command line, and its name.
    private static final Pattern SHARE = Pattern.compile(LOSS + "(?:=([1-9]\\d?)%|-([1-9]\\d?))");

    private static final int USUAL = 30;
    private static final int ALL = 100;

    /// The group that VRRP sends to (RFC 9568, section 5.1.1.2), in pairs that use it.
    private static final String VRRP_GROUP = "224.0.0.18";

    /// The nodes on the other side.
    enum Others {
        PEERS,
        SERVERS
    }

    static Fault cutFromPeer() {
        String summary = "the balancers cannot see each other: a split brain";
        return new PacketsDropped("balancer-cut-from-peer", summary, Others.PEERS, ALL);
    }

    static Fault cutFromServers() {
        String summary = "the master cannot see any web server";
        return new PacketsDropped("balancer-cut-from-servers", summary, Others.SERVERS, ALL);
    }

    static Fault packetLoss() {
        String summary =
                "%d %% of the packets between the balancers are lost; %s: 5 %%"
                        .formatted(USUAL, EXAMPLE);
        return new PacketsDropped(LOSS, summary, Others.PEERS, USUAL);
    }

    private static Fault losing(int percent) {
        String summary = "%d %% of the packets between the balancers are lost".formatted(percent);
        return new PacketsDropped(LOSS + "-" + percent, summary, Others.PEERS, percent);
    }

    /// The percentage of packets dropped by the packet loss with this name; empty for another
    /// fault.
    public static Optional<Integer> share(String word) {
        Matcher share = SHARE.matcher(word);
        if (share.matches()) {
            String percent = share.group(1) == null ? share.group(2) : share.group(1);
            return Optional.of(Integer.parseInt(percent));
        }
        return word.equals(LOSS) ? Optional.of(USUAL) : Optional.empty();
    }

    @Override
    public Optional<Fault> called(String word) {
        return name.equals(LOSS) && !word.equals(LOSS)
                ? share(word).map(PacketsDropped::losing)
                : Fault.super.called(word);
    }

    @Override
    public List<String> words() {
        return name.equals(LOSS) ? List.of(LOSS, EXAMPLE) : List.of(name);
    }

    @Override
    public Prediction cost(Costs costs) {
        return switch (others) {
            case SERVERS -> costs.cutFromServers(name);
            case PEERS -> percent == ALL ? costs.split(name) : costs.packetsLost(name, percent);
        };
    }

    @Override
    public String what(Ground ground) {
        return "nft: drop %s packets between %s and %s"
                .formatted(
                        percent == ALL ? "all" : percent + " % of the",
                        ground.master().container(),
                        String.join(", ", addresses(ground)));
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        return addresses(ground).isEmpty()
                ? Optional.of(ground.master().container() + " has no one to be cut off from")
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
                        .formatted(toolbox.table(), set, targets, chance());
        toolbox.enter(ground.master(), rules, List.of());
    }

    /// The share of the packets, in nftables syntax; empty for all.
    private String chance() {
        return percent == ALL ? "" : "numgen random mod 100 < " + percent;
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
