package dev.tandem.evidence;

import java.util.Optional;

/// Everything known about one injected fault apart from the numbers.
///
/// @param scene the nodes, and what was done to them when
/// @param timeline what happened, in order
/// @param owners the owners of the VIP
/// @param ledger where each lost request was lost
public record Evidence(Scene scene, Timeline timeline, Owners owners, Ledger ledger) {
    /// The zero of every time that a report shows: the moment the fault struck, or the first trace
    /// of a change. Empty if nothing was done.
    public Optional<Long> struck() {
        return timeline.struck(scene);
    }
}
