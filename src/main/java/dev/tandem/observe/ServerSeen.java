package dev.tandem.observe;

import dev.tandem.model.ServerOrder;
import java.util.OptionalInt;

/// A web server as one balancer sees it, in one backend.
///
/// @param backend the name of HAProxy's backend, see {@link dev.tandem.model.HaproxyBackend}
/// @param server the web server
/// @param status HAProxy's word: UP, DOWN, MAINT, DRAIN, NOLB, or one of these with a count
/// @param check what the last check said, such as `L7OK 200` or `L4CON`
/// @param weight its share in percent of what it would get; empty when HAProxy did not say
public record ServerSeen(
        String backend, String server, String status, String check, OptionalInt weight) {
    /// One of the usual weight.
    public ServerSeen(String backend, String server, String status, String check) {
        this(backend, server, status, check, OptionalInt.of(ServerOrder.READY.weight()));
    }

    /// Whether it gets requests.
    public boolean up() {
        return status.startsWith("UP");
    }

    /// What somebody asked of it, as far as the status shows it: a drained server that is down is
    /// DOWN. `MAINT (resolution)` is nobody's wish: its name is not known.
    public ServerOrder.State asked() {
        if (status.startsWith("DRAIN")) {
            return ServerOrder.State.DRAIN;
        }
        return status.equals("MAINT") ? ServerOrder.State.MAINT : ServerOrder.State.READY;
    }

    /// The status, and the weight where somebody asked for another one: `UP 20%`.
    public String words() {
        boolean usual = weight.orElse(ServerOrder.READY.weight()) == ServerOrder.READY.weight();
        return usual ? status : status + " " + weight.orElseThrow() + "%";
    }
}
