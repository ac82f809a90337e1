package dev.tandem.change.plan;

import dev.tandem.model.Duty;
import dev.tandem.model.ServerOrder;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One step of a plan: what is done to which node, and why. It contains everything needed to carry
/// it out: the executor decides nothing.
public sealed interface Step {
    /// The node: a Compose service, or an existing web server.
    String node();

    /// Why: a few words about what was seen.
    String cause();

    /// A missing container is made and started.
    record Create(String node, String cause) implements Step {}

    /// A stopped container is started.
    record Start(String node, String cause) implements Step {}

    /// A paused container is resumed.
    record Resume(String node, String cause) implements Step {}

    /// A container made from something different is stopped cleanly, removed, and recreated.
    record Replace(String node, String cause) implements Step {}

    /// From one machine to another.
    record Way(String from, String to) {}

    /// A container that is on another machine than it should be is stopped cleanly and removed
    /// there, and made where it should be.
    ///
    /// @param container its name
    record Move(String node, Way way, String container, String cause) implements Step {}

    /// A running container is attached to networks, each with the address that it should have
    /// there.
    record Attach(String node, List<Link> links, String cause) implements Step {
        public Attach {
            links = List.copyOf(links);
        }
    }

    /// A container that the site no longer has is stopped cleanly and removed.
    ///
    /// @param container its name, since the site no longer knows it
    record Remove(String node, String container, String cause) implements Step {}

    /// Files are written that need not be loaded.
    record Write(String node, List<String> files, String cause) implements Step {
        public Write {
            files = List.copyOf(files);
        }
    }

    /// The node's files are written, and the node loads the parts that they make up.
    record Reload(String node, List<Loadable> parts, String cause) implements Step {
        public Reload {
            parts = List.copyOf(parts);
        }
    }

    /// A balancer changes the state and weight of a web server, over HAProxy's runtime API.
    ///
    /// @param node the balancer
    /// @param server the web server
    record Set(String node, String server, ServerOrder order, String cause) implements Step {}

    /// A web server gets no new requests from any balancer; the step ends with its last open
    /// request.
    record Drain(String node, String cause) implements Step {}

    /// A web server gets requests again, once its checks have passed.
    record Ready(String node, String cause) implements Step {}

    /// A balancer gets another duty.
    record Stand(String node, Duty duty, String cause) implements Step {}

    /// A balancer gets requests over each of its listeners, and its view of the web servers is
    /// compared with what clients had before.
    record Probe(String node, String cause) implements Step {}

    /// The VIP moves to this balancer, for the time of the change.
    record Switchover(String node, String cause) implements Step {}

    /// For some seconds, the share of failing requests at the VIP is compared with the share
    /// before.
    record Watch(String node, String cause) implements Step {}

    /// The duties are again those asked for, and this balancer holds the VIP.
    record Home(String node, String cause) implements Step {}

    /// An address that a balancer has without anyone having asked for it is removed from its
    /// interface.
    record Unassign(String node, Seen.Added address, String cause) implements Step {}

    /// The engine starts a container again as compose.yaml has it.
    record Policy(String node, String container, String restart, String cause) implements Step {}

    /// The action, in one word.
    default String verb() {
        return switch (this) {
            case Create ignored -> "create";
            case Start ignored -> "start";
            case Resume ignored -> "unpause";
            case Replace ignored -> "replace";
            case Move ignored -> "move";
            case Attach ignored -> "attach";
            case Remove ignored -> "remove";
            case Write ignored -> "write";
            case Reload ignored -> "reload";
            case Set ignored -> "set";
            case Drain ignored -> "drain";
            case Ready ignored -> "ready";
            case Stand ignored -> "duty";
            case Probe ignored -> "probe";
            case Switchover ignored -> "switchover";
            case Watch ignored -> "watch";
            case Home ignored -> "home";
            case Unassign ignored -> "unassign";
            case Policy ignored -> "policy";
        };
    }

    /// The details that verb and node do not tell; otherwise empty.
    default String what() {
        return switch (this) {
            case Write write -> String.join(", ", write.files());
            case Reload reload ->
                    reload.parts().stream().map(Loadable::title).collect(Collectors.joining(", "));
            case Set set -> set.server() + " " + text(set.order());
            case Stand stand -> stand.duty().word();
            case Attach attach ->
                    attach.links().stream().map(Link::text).collect(Collectors.joining(", "));
            case Move move -> "from " + move.way().from() + " to " + move.way().to();
            case Policy policy -> "restart " + policy.restart();
            case Unassign unassign ->
                    unassign.address().cidr() + " on " + unassign.address().device();
            case Create _, Start _, Resume _, Replace _, Remove _ -> "";
            case Drain _, Ready _, Probe _, Switchover _, Watch _, Home _ -> "";
        };
    }

    /// An order in HAProxy's words: `ready`, `drain`, `ready 20%`.
    static String text(ServerOrder order) {
        String state = order.state().name().toLowerCase(Locale.ROOT);
        return order.weight() == 100 ? state : state + " " + order.weight() + "%";
    }
}
