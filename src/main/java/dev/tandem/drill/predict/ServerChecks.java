package dev.tandem.drill.predict;

import dev.tandem.model.Timing;

/// How long HAProxy takes to detect a failed web server, by the keywords of its configuration
/// manual (3.0): `inter` between two checks, `fastinter` while a server changes its state, `fall`
/// failed checks in a row. An unanswered check takes `timeout check` (section 4.2), or less: its
/// connection has `timeout connect`.
///
/// The worst moment is just after a good check.
///
/// @param timing the times that haproxy.cfg is rendered with
public record ServerChecks(Timing timing) {
    /// A server that answers a check at once, but wrongly or with a refusal.
    public Formula refused() {
        Formula first = Formula.none().plus(timing.check());
        return further() == 0 ? first : first.plus(further(), timing.checkFast());
    }

    /// A silent server: each check lasts until its limit.
    public Formula silent() {
        return refused().plus(timing.fall(), timing.checkLimit());
    }

    private int further() {
        return timing.fall() - 1;
    }
}
