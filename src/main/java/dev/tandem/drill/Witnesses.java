package dev.tandem.drill;

import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.evidence.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The nodes of a ground, as evidence names them.
final class Witnesses {
    private Witnesses() {}

    /// Those that exist; the master first.
    static List<Witness> of(Ground ground) {
        List<Witness> all = new ArrayList<>();
        ground.balancers().forEach(node -> all.add(of(Witness.Role.BALANCER, node, ground)));
        ground.servers().forEach(node -> all.add(of(Witness.Role.SERVER, node, ground)));
        return all;
    }

    private static Witness of(Witness.Role role, Node node, Ground ground) {
        List<String> macs = ground.nodes().macs(node.container());
        return new Witness(role, node.name(), node.container(), node.addresses(), macs);
    }

    /// The earlier nodes, with any addresses gained since, and the nodes that were added.
    static List<Witness> and(List<Witness> before, List<Witness> now) {
        List<Witness> all = new ArrayList<>();
        for (Witness node : before) {
            all.add(named(node.name(), now).map(later -> both(node, later)).orElse(node));
        }
        now.stream().filter(node -> named(node.name(), before).isEmpty()).forEach(all::add);
        return all;
    }

    private static Optional<Witness> named(String name, List<Witness> all) {
        return all.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    private static Witness both(Witness before, Witness now) {
        return new Witness(
                before.role(),
                before.name(),
                before.container(),
                both(before.addresses(), now.addresses()),
                both(before.macs(), now.macs()));
    }

    private static List<String> both(List<String> before, List<String> now) {
        return Stream.concat(before.stream(), now.stream()).distinct().toList();
    }
}
