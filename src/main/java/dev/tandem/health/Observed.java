package dev.tandem.health;

import dev.tandem.change.plan.Seen;
import dev.tandem.change.plan.Wanted;
import dev.tandem.model.Lan;
import dev.tandem.model.Orders;
import dev.tandem.model.Site;
import dev.tandem.observe.Snapshot;
import java.util.Map;
import java.util.Optional;

/// The facts from which the health of a site is judged. All of them were gathered before: the
/// judgement makes no queries.
///
/// @param site what its file asks for
/// @param orders what operators ask for on top of it
/// @param snapshot the snapshot itself
/// @param built what it was made from; empty when it was never brought up from this directory
/// @param openChange a change that has not ended, in a few words; empty when there is none
/// @param certificate the term of the certificate that clients see
/// @param asked since when a node is in maintenance, and by whom, in a few words: by node, as far
///   as the history knows it
public record Observed(
        Site site,
        Orders orders,
        Snapshot snapshot,
        Optional<Built> built,
        Optional<String> openChange,
        CertificateTerm certificate,
        Map<String, String> asked) {
    public Observed {
        asked = Map.copyOf(asked);
    }

    /// A site of whose orders the history knows nothing.
    public Observed(
            Site site,
            Orders orders,
            Snapshot snapshot,
            Optional<Built> built,
            Optional<String> openChange,
            CertificateTerm certificate) {
        this(site, orders, snapshot, built, openChange, certificate, Map.of());
    }

    /// What a site brought up from this directory was made from, and its present state.
    ///
    /// @param lan how its LAN was built
    /// @param wanted what it would be made from now
    /// @param seen what it is now, files included
    public record Built(Lan lan, Wanted wanted, Seen seen) {}
}
