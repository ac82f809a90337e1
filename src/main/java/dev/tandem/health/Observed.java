package dev.tandem.health;

import dev.tandem.change.plan.Seen;
import dev.tandem.change.plan.Wanted;
import dev.tandem.model.Lan;
import dev.tandem.model.Orders;
import dev.tandem.model.Site;
import dev.tandem.observe.Snapshot;
import java.util.Optional;

/// What the health of a site is judged by. All of it was looked up before: the judgement asks
/// nobody.
///
/// @param site what its file asks for
/// @param orders what operators ask for beside it
/// @param snapshot the look itself
/// @param built what it was made of; empty when it was never brought up from this directory
/// @param openChange a change that has not ended, in a few words; empty when there is none
/// @param certificate the term of the certificate that clients see
public record Observed(
        Site site,
        Orders orders,
        Snapshot snapshot,
        Optional<Built> built,
        Optional<String> openChange,
        CertificateTerm certificate) {

    /// What a site was made of that was brought up from this directory, and what is left of that.
    ///
    /// @param lan how its LAN was built
    /// @param wanted what it would be made of now
    /// @param seen what it is, files included
    public record Built(Lan lan, Wanted wanted, Seen seen) {}
}
