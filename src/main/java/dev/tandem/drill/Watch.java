package dev.tandem.drill;

import dev.tandem.docker.AtExit;
import dev.tandem.docker.Nodes;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Watches who answers ARP for the VIP, from the network of the last balancer, in a container of
/// its own (images/balancer/vip-watch). It disturbs nothing: its probes have no sender address.
///
/// It ends with the drill, even if the program is interrupted; if nothing ends it, it ends by
/// itself.
final class Watch implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final Nodes nodes;
    private final String container;
    private final AtExit atExit;
    private Optional<String> obstacle = Optional.empty();
    private boolean over;

    private Watch(Nodes nodes, String container) {
        this.nodes = nodes;
        this.container = container;
        this.atExit = new AtExit("end " + container, this::close);
    }

    /// Starts the watch. If that fails, the watch knows nothing, and says why.
    static Watch begin(Ground ground, String vip) {
        Node node = ground.balancers().getLast();
        String container = ground.site() + "-vip-watch";
        ground.nodes().remove(container);
        List<String> argv = new ArrayList<>(List.of("--name", container));
        argv.addAll(List.of("--label", "dev.tandem.site=" + ground.site()));
        Optional.ofNullable(System.getenv("TANDEM_CHECK_ID"))
                .ifPresent(id -> argv.addAll(List.of("--label", "dev.tandem.check=" + id)));
        argv.addAll(List.of("--network", "container:" + node.container()));
        argv.addAll(List.of("--cap-drop", "ALL", "--cap-add", "NET_RAW"));
        argv.addAll(List.of("--entrypoint", "vip-watch", ground.toolbox()));
        argv.addAll(List.of(nearest(node, vip), vip, Long.toString(LONGEST.toSeconds())));
        Watch watch = new Watch(ground.nodes(), container);
        watch.atExit.expect();
        watch.start(argv);
        return watch;
    }

    private synchronized void start(List<String> argv) {
        if (over) {
            throw new IllegalStateException("the process is ending");
        }
        try {
            nodes.startNew(argv);
        } catch (Stop e) {
            obstacle = Optional.of(e.seen());
        }
    }

    /// What it saw.
    synchronized String seen() {
        try {
            return obstacle.isPresent() ? unknown(obstacle.get()) : nodes.logs(container) + "\n";
        } catch (Stop e) {
            return unknown(e.seen());
        }
    }

    private static String unknown(String why) {
        return "# not known: " + why.replace('\n', ' ') + "\n";
    }

    @Override
    public synchronized void close() {
        if (over) {
            return;
        }
        over = true;
        atExit.forget();
        nodes.remove(container);
    }

    /// The node's address that shares the longest prefix with the VIP: the one on the VIP's
    /// network.
    private static String nearest(Node node, String vip) {
        return node.addresses().stream()
                .max(Comparator.comparingInt(address -> common(address, vip)))
                .orElse(vip);
    }

    private static int common(String left, String right) {
        int length = Math.min(left.length(), right.length());
        int same = 0;
        while (same < length && left.charAt(same) == right.charAt(same)) {
            same++;
        }
        return same;
    }
}
