package dev.tandem.change;

import dev.tandem.change.carry.SeenReader;
import dev.tandem.change.plan.Origin;
import dev.tandem.change.plan.Seen;
import dev.tandem.change.plan.Wanted;
import dev.tandem.change.state.History;
import dev.tandem.change.state.Journal;
import dev.tandem.change.state.PastChange;
import dev.tandem.change.state.SavedState;
import dev.tandem.health.CertificateTerm;
import dev.tandem.health.Observed;
import dev.tandem.model.Lan;
import dev.tandem.model.Orders;
import dev.tandem.model.Stop;
import dev.tandem.observe.Observer;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.RenewalNote;
import dev.tandem.prepare.SitePlace;
import dev.tandem.render.Rendering;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Gathers the facts from which the health of a site is judged, from its nodes and its directory.
/// It judges nothing and changes nothing.
public final class Inspection {
    private final Observer observer;
    private final Preparation preparation;
    private final InstantSource clock;

    public Inspection(Observer observer, Preparation preparation, InstantSource clock) {
        this.observer = observer;
        this.preparation = preparation;
        this.clock = clock;
    }

    /// Takes a snapshot of everything now. What is wanted is found out while the nodes are asked.
    public Observed look(SitePlace place) {
        FutureTask<Snapshot> snapshot = new FutureTask<>(() -> observer.lookAtAll(place.site()));
        Thread.ofPlatform().daemon().start(snapshot); // quicker to start than the first virtual one
        SavedState present = new SavedState(place.directory());
        try {
            Optional<Asked> asked = asked(place, preparation.lan(place), present);
            return observed(place, taken(snapshot), asked);
        } catch (RuntimeException e) {
            taken(snapshot); // an engine that does not answer is the better reason
            throw e;
        }
    }

    private static Snapshot taken(FutureTask<Snapshot> snapshot) {
        try {
            return snapshot.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Stop stop) {
                throw stop;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// What the file asks for.
    private record Asked(Lan lan, Wanted wanted) {}

    /// The same with an existing snapshot.
    ///
    /// @param snapshot a snapshot for which the web servers were asked, too
    public Observed with(SitePlace place, Snapshot snapshot) {
        return with(place, snapshot, preparation.lan(place));
    }

    /// The same as if the site were there: so that Java can record what that takes.
    public Observed rehearsed(SitePlace place, Snapshot snapshot, Lan lan) {
        return with(place, snapshot, Optional.of(lan));
    }

    private Observed with(SitePlace place, Snapshot snapshot, Optional<Lan> lan) {
        return observed(place, snapshot, asked(place, lan, new SavedState(place.directory())));
    }

    private Observed observed(SitePlace place, Snapshot snapshot, Optional<Asked> asked) {
        return new Observed(
                place.site(),
                new SavedState(place.directory()).orders(),
                snapshot,
                asked.map(one -> built(place, one, snapshot)),
                Journal.interrupted(place.directory()).map(PastChange::title),
                new CertificateTerm(
                        preparation.certificateEnds(place),
                        clock.instant(),
                        RenewalNote.read(place.directory())),
                maintained(new History(place.directory())));
    }

    /// Of each node the last order for maintenance: `since 2026-11-28T12:00:00Z, by root@bl1`.
    private static Map<String, String> maintained(History history) {
        Map<String, String> asked = new HashMap<>();
        for (PastChange past : history.records()) {
            if (past.verb().equals("maintenance")) {
                String since =
                        past.begun()
                                .map(at -> "since " + at.truncatedTo(ChronoUnit.SECONDS) + ", ")
                                .orElse("");
                asked.putIfAbsent(past.subject(), since + "by " + past.by());
            }
        }
        return asked;
    }

    /// The same without reading the site's directory, for users who may not.
    public Observed fromOutside(SitePlace place) {
        return new Observed(
                place.site(),
                Orders.NONE,
                observer.lookAtAll(place.site()),
                Optional.empty(),
                Optional.empty(),
                new CertificateTerm("", clock.instant()));
    }

    private Optional<Asked> asked(SitePlace place, Optional<Lan> onLan, SavedState present) {
        return onLan.map(lan -> {
            Rendering rendering = preparation.wanted(place, lan, present.orders());
            return new Asked(lan, present.wanted(place.site(), rendering));
        });
    }

    private static Observed.Built built(SitePlace place, Asked asked, Snapshot snapshot) {
        Seen seen = SeenReader.seen(snapshot, asked.wanted(), place.directory(), Origin.NONE);
        return new Observed.Built(asked.lan(), asked.wanted(), seen);
    }
}
