package dev.tandem.observe;

import dev.tandem.model.ServerOrder;
import dev.tandem.model.ServerShare;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A web server as one balancer sees it, in one backend.
///
/// @param backend the name of HAProxy's backend, see {@link dev.tandem.model.HaproxyBackend}
/// @param server the web server
/// @param status HAProxy's word: UP, DOWN, MAINT, DRAIN, NOLB, or one of these with a count
/// @param check the result of the last check, such as `L7OK 200` or `L4CON`; with the status {@link
///   #BY_AGENT} why it is out
/// @param weight its share in percent of its normal share; empty when not reported
/// @param recent how it has served lately; empty when not reported
/// @param replicas of one with several addresses: how many it has; empty for others
public record ServerSeen(
        String backend,
        String server,
        String status,
        String check,
        OptionalInt weight,
        Optional<Recent> recent,
        Optional<Replicas> replicas) {
    /// HAProxy's word for one whose name has no address, or not so many.
    private static final String NOWHERE = "MAINT (resolution)";

    /// The addresses of a web server that DNS says.
    ///
    /// @param up those that get requests
    /// @param all all of them
    public record Replicas(int up, int all) {}

    /// The status of a web server that passes its check and fails its clients.
    public static final String BY_AGENT = "DOWN (agent)";

    /// One with one address.
    public ServerSeen(
            String backend,
            String server,
            String status,
            String check,
            OptionalInt weight,
            Optional<Recent> recent) {
        this(backend, server, status, check, weight, recent, Optional.empty());
    }

    /// One of which it is not reported how it has served.
    public ServerSeen(
            String backend, String server, String status, String check, OptionalInt weight) {
        this(backend, server, status, check, weight, Optional.empty());
    }

    /// One that HAProxy has as several servers. It is up while one of them is, and its check is
    /// that of the first that is not up.
    ///
    /// @param each at least one, all of the same backend
    static ServerSeen joined(String server, List<ServerSeen> each) {
        List<ServerSeen> there =
                each.stream().filter(one -> !one.status().equals(NOWHERE)).toList();
        List<ServerSeen> up = there.stream().filter(ServerSeen::up).toList();
        ServerSeen first =
                there.stream()
                        .filter(one -> !one.up())
                        .findFirst()
                        .or(() -> there.stream().findFirst())
                        .orElse(each.getFirst());
        return new ServerSeen(
                first.backend(),
                server,
                up.isEmpty() ? first.status() : up.getFirst().status(),
                first.check(),
                first.weight(),
                each.stream().flatMap(one -> one.recent().stream()).reduce(Recent::plus),
                Optional.of(new Replicas(up.size(), there.size())));
    }

    /// The same, where the weight is HAProxy's: what part it is of the web server's own one.
    ServerSeen weighted(ServerShare share) {
        OptionalInt percent =
                weight.isPresent()
                        ? OptionalInt.of(ServerOrder.percent(weight.getAsInt(), share))
                        : weight;
        return new ServerSeen(backend, server, status, check, percent, recent, replicas);
    }

    /// A server of the usual weight.
    public ServerSeen(String backend, String server, String status, String check) {
        this(backend, server, status, check, OptionalInt.of(ServerOrder.READY.weight()));
    }

    /// Whether it gets requests.
    public boolean up() {
        return status.startsWith("UP");
    }

    /// Whether all of it gets requests.
    public boolean whole() {
        return up() && replicas.map(some -> some.up() == some.all()).orElse(true);
    }

    /// Whether it was taken out of rotation because it fails its clients.
    public boolean outlier() {
        return status.equals(BY_AGENT);
    }

    /// The order in force, as far as the status shows it: a drained server that is down is DOWN.
    /// `MAINT (resolution)` is not an order: the server's name cannot be resolved.
    public ServerOrder.State asked() {
        if (status.startsWith("DRAIN")) {
            return ServerOrder.State.DRAIN;
        }
        return status.equals("MAINT") ? ServerOrder.State.MAINT : ServerOrder.State.READY;
    }

    /// The status, and the weight if it is not the usual one: `UP 20%`. Of one with replicas, how
    /// many are up: `2 of 3 UP`.
    public String words() {
        boolean usual = weight.orElse(ServerOrder.READY.weight()) == ServerOrder.READY.weight();
        return usual ? word() : word() + " " + weight.orElseThrow() + "%";
    }

    private String word() {
        if (replicas.isEmpty() || asked() != ServerOrder.State.READY) {
            return status;
        }
        Replicas some = replicas.get();
        return some.all() == 0 ? "no address" : "%d of %d UP".formatted(some.up(), some.all());
    }
}
