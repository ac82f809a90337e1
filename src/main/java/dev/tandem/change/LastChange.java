package dev.tandem.change;

import dev.tandem.change.state.PastChange;
import dev.tandem.change.state.SavedState;
import dev.tandem.change.state.SavedStates;
import dev.tandem.model.Orders;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;

/// The last completed change of a site, and what a rollback returns to.
///
/// @param change the change
/// @param before the state before it
/// @param site the site in that state
record LastChange(PastChange change, SavedState before, Site site) {
    /// @throws Stop when there is none, or when nobody can return to the state before it
    static LastChange of(SavedStates states) {
        PastChange last = states.history().lastDone().orElseThrow(LastChange::none);
        SavedState before = states.before(last.number());
        return new LastChange(
                last, before, states.site(before).orElseThrow(() -> unreadable(last)));
    }

    /// The same, when it still is the last one.
    LastChange still(SavedStates states) {
        LastChange now = of(states);
        if (now.change().number() != change.number()) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "the site was changed meanwhile",
                    "the last change is now " + now.change().number(),
                    "nothing was changed",
                    "tandem history");
        }
        return now;
    }

    /// What operators ask for after it is undone: what they ask for now, and of nodes that come
    /// back what they asked for then.
    Orders orders(SavedStates states) {
        Site now = states.applied().orElse(site);
        return states.present().orders().returning(before.orders(), now).placed(site);
    }

    private static Stop none() {
        return new Stop(
                Stop.Kind.REFUSED,
                "there is no change to take back",
                "no change in the history has an earlier state to go back to",
                "nothing was changed",
                "tandem history");
    }

    private static Stop unreadable(PastChange last) {
        return new Stop(
                Stop.Kind.REFUSED,
                "the state before change " + last.number() + " cannot be read",
                "this version of Tandem no longer understands its site file",
                "nothing was changed",
                "tandem history");
    }
}
