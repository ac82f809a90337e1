package dev.tandem.observe;

import dev.tandem.model.ServerOrder;
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
public record ServerSeen(
        String backend,
        String server,
        String status,
        String check,
        OptionalInt weight,
        Optional<Recent> recent) {
    /// The status of a web server that passes its check and fails its clients.
    public static final String BY_AGENT = "DOWN (agent)";

    /// One of which it is not reported how it has served.
    public ServerSeen(
            String backend, String server, String status, String check, OptionalInt weight) {
        this(backend, server, status, check, weight, Optional.empty());
    }

    /// A server of the usual weight.
    public ServerSeen(String backend, String server, String status, String check) {
        this(backend, server, status, check, OptionalInt.of(ServerOrder.READY.weight()));
    }

    /// Whether it gets requests.
    public boolean up() {
        return status.startsWith("UP");
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

    /// The status, and the weight if it is not the usual one: `UP 20%`.
    public String words() {
        boolean usual = weight.orElse(ServerOrder.READY.weight()) == ServerOrder.READY.weight();
        return usual ? status : status + " " + weight.orElseThrow() + "%";
    }
}
