package dev.tandem.evidence;

import dev.tandem.load.Outcome;
import dev.tandem.load.RequestRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every lost request, and where it was lost: the generator's records joined with the logs of the
/// balancers and the web servers by the id in each request's `X-Tandem-Id`.
///
/// @param losses the lost requests, in the order in which they were planned
/// @param unread why a node's log could not be read, by node; empty when all were
public record Ledger(List<Loss> losses, Map<String, String> unread) {
    public Ledger {
        losses = List.copyOf(losses);
        unread = new TreeMap<>(unread);
    }

    /// A lost request.
    ///
    /// @param request the generator's record
    /// @param place where it was lost
    public record Loss(RequestRecord request, Place place) {}

    /// Joins the records with the logs.
    ///
    /// @param records the generator's records
    /// @param logs the logs of all nodes whose logs could be read
    /// @param unread why the others could not be read
    public static Ledger of(
            Scene scene,
            List<RequestRecord> records,
            List<NodeLog> logs,
            Map<String, String> unread) {
        Join join = new Join(scene, logs, unread.isEmpty() ? Logs.WHOLE : Logs.PARTIAL);
        List<Loss> losses = new ArrayList<>();
        for (RequestRecord record : records) {
            if (record.outcome() != Outcome.OK && record.outcome() != Outcome.OWN_FAULT) {
                losses.add(new Loss(record, join.place(record)));
            }
        }
        losses.sort(
                java.util.Comparator.comparingLong((Loss loss) -> loss.request().planned())
                        .thenComparing(loss -> loss.request().id()));
        return new Ledger(losses, unread);
    }

    /// Whether all logs could be read.
    private enum Logs {
        WHOLE,
        PARTIAL
    }

    /// An entry and the node that logged it.
    private record Seen<T>(String node, T entry) {}

    /// All log entries by request id.
    private static final class Join {
        private final Scene scene;
        private final Logs logs;
        private final Map<String, Seen<HaproxyEntry>> balancers = new HashMap<>();
        private final Map<String, WebEntry> servers = new HashMap<>();

        Join(Scene scene, List<NodeLog> all, Logs logs) {
            this.scene = scene;
            this.logs = logs;
            for (NodeLog log : all) {
                String node = log.node().name();
                for (NodeLog.Line line : log.lines()) {
                    switch (log.node().role()) {
                        case BALANCER ->
                                HaproxyEntry.parse(line.text())
                                        .ifPresent(e -> balancers.put(e.id(), new Seen<>(node, e)));
                        case SERVER ->
                                WebEntry.parse(line.text())
                                        .filter(e -> e.kind() == WebEntry.Kind.ANSWERED)
                                        .ifPresent(e -> servers.put(e.id(), e));
                    }
                }
            }
        }

        Place place(RequestRecord record) {
            if (record.sent() < 0) {
                return new Place.NotSent();
            }
            Seen<HaproxyEntry> balancer = balancers.get(record.id());
            if (balancer != null) {
                return place(balancer.node(), balancer.entry());
            }
            WebEntry server = servers.get(record.id());
            if (server != null) {
                return new Place.InBalancer(name(server.balancer()));
            }
            if (logs == Logs.PARTIAL) {
                return new Place.Unknown();
            }
            return record.connected() < 0
                    ? new Place.NeverReached()
                    : new Place.InBalancer(record.balancer());
        }

        private String name(String address) {
            return scene.withAddress(address).map(Witness::name).orElse(address);
        }

        /// The place, from the state in which HAProxy's session ended (configuration manual, 8.5).
        private static Place place(String node, HaproxyEntry entry) {
            Place inServer =
                    entry.reachedServer()
                            ? new Place.InServer(entry.server())
                            : new Place.InBalancer(node);
            return switch (entry.state().charAt(0)) {
                // The web server refused, reset, or was too slow.
                case 'S', 's' -> inServer;
                // The client gave up: while the web server had to answer, or while the answer was
                // being sent.
                case 'C', 'c' ->
                        switch (entry.state().charAt(1)) {
                            case 'Q', 'C', 'H' -> inServer;
                            case 'R' -> new Place.InBalancer(node);
                            default -> new Place.OnTheWayBack(node);
                        };
                case '-' -> entry.status() >= 400 ? inServer : new Place.OnTheWayBack(node);
                // HAProxy itself ended the session.
                default -> new Place.InBalancer(node);
            };
        }
    }
}
