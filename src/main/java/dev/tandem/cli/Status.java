package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.Drift;
import dev.tandem.health.Readiness;
import dev.tandem.model.Lan;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SitePlace;
import dev.tandem.render.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `status` found: the snapshot, and the two judgements on it.
///
/// @param target the site
/// @param lan how its LAN is built; empty when it was never brought up
/// @param snapshot what was seen
/// @param lacks what keeps it from being healthy
/// @param drift where it differs from the site file
record Status(
        SitePlace target,
        Optional<Lan> lan,
        Snapshot snapshot,
        List<Readiness.Lack> lacks,
        List<String> drift) {

    static Status judge(Preparation preparation, SitePlace target, Snapshot snapshot) {
        Optional<Rendering> wanted = preparation.wanted(target, Changes.orders(target));
        List<String> drift =
                wanted.map(rendering -> Drift.of(target, rendering, snapshot))
                        .orElseGet(() -> unknown(snapshot));
        List<String> differences = new ArrayList<>(drift);
        Changes.open(target)
                .map(change -> "a change is under way, or there was " + change.title())
                .ifPresent(differences::add);
        List<Readiness.Lack> lacks =
                new ArrayList<>(Readiness.lacks(target.site(), Changes.orders(target), snapshot));
        lacks.addAll(preparation.certificateLacks(target));
        return new Status(target, preparation.lan(target), snapshot, lacks, differences);
    }

    /// Containers run, but not from here: what they should be made of is not known.
    private static List<String> unknown(Snapshot snapshot) {
        return snapshot.containers().isEmpty()
                ? List.of()
                : List.of("unknown: this site was not brought up from this directory");
    }

    /// Whether nothing runs at all: not down by accident, but never up.
    boolean absent() {
        return snapshot.containers().isEmpty();
    }

    /// Whether all is well.
    boolean good() {
        return lacks.isEmpty() && drift.isEmpty();
    }
}
