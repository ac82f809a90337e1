package dev.tandem.change;

import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.carry.ChangeRequest;
import dev.tandem.change.carry.ChangeRun;
import dev.tandem.change.carry.Force;
import dev.tandem.change.carry.NodeCommands;
import dev.tandem.change.carry.SeenReader;
import dev.tandem.change.carry.Waits;
import dev.tandem.change.plan.Differences;
import dev.tandem.change.plan.Guard;
import dev.tandem.change.plan.Plan;
import dev.tandem.change.plan.Planner;
import dev.tandem.change.plan.Seen;
import dev.tandem.change.plan.Wanted;
import dev.tandem.change.state.ChangeLock;
import dev.tandem.change.state.History;
import dev.tandem.change.state.Journal;
import dev.tandem.change.state.PastChange;
import dev.tandem.change.state.SavedState;
import dev.tandem.docker.Await;
import dev.tandem.docker.Docker;
import dev.tandem.health.Readiness;
import dev.tandem.model.Balancer;
import dev.tandem.model.Lan;
import dev.tandem.model.Orders;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.Observer;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.prepare.SitePlace;
import dev.tandem.prepare.Staging;
import dev.tandem.text.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// Changes a site while it serves. In this order:
///
/// 1. look at the machine: what would be in the way is told at once, nothing is changed;
/// 2. lock the site; what an earlier change that was interrupted has left is seen, and told;
/// 3. aside, make the next state, or take one from the history;
/// 4. look at the site and plan; refuse a plan that would do harm; ask;
/// 5. have the real programs judge the next state;
/// 6. keep the present state, then carry the plan out, writing down every step;
/// 7. plan again until there is nothing to do, and wait until every node serves.
///
/// A step that fails sends the site back to the state before: the same planner, with that state as
/// what is wanted. Properties: a second call finds an empty plan; Tandem killed at any step leaves
/// a site that serves, and the next call goes on from what it sees.
public final class Changes {
    private static final String NEXT = ".next";

    private final Docker docker;
    private final Observer observer;
    private final Preparation preparation;
    private final Progress progress;
    private final Clock clock;
    private final Await await;

    public Changes(
            Docker docker,
            Observer observer,
            Preparation preparation,
            Progress progress,
            Clock clock,
            Await await) {
        this.docker = docker;
        this.observer = observer;
        this.preparation = preparation;
        this.progress = progress;
        this.clock = clock;
        this.await = await;
    }

    /// A plan, and what speaks against it.
    ///
    /// @param plan the steps
    /// @param harm what would break; not empty: it would be refused
    /// @param interrupted a change that was interrupted before
    public record Proposal(Plan plan, List<String> harm, Optional<String> interrupted) {}

    /// What `apply` would do now. Changes nothing, and needs no lock.
    ///
    /// @throws Stop when `apply` would not begin on this machine
    public Proposal plan(SitePlace target, ChangeRequest request) {
        Lan lan = preparation.look(target);
        Notes notes = new Notes(request.siteFile(), new SavedState(target.directory()).orders());
        String place = ".plan-" + ProcessHandle.current().pid();
        return prepare(
                target,
                lan,
                notes,
                place,
                (_, next) -> {
                    Wanted wanted = next.wanted(target.site());
                    Seen.Origin origin = origin(target, request);
                    Seen seen = new SeenReader(observer).at(wanted, target.directory(), origin);
                    Plan plan = Planner.plan(wanted, seen);
                    return new Proposal(plan, Guard.harm(wanted, seen, plan), origin.interrupted());
                });
    }

    /// Brings the site to what its file and its operators ask for.
    public ChangeOutcome apply(SitePlace target, ChangeRequest request) {
        progress.begin("looking at this machine");
        Lan lan = preparation.look(target);
        preparation.ensureImages();
        target.directory().keepOutOfGit();
        try (ChangeLock _ = lock(target, request)) {
            preparation.askTheLan(target.site(), lan, applied(target, request.reader()));
            Notes notes =
                    new Notes(request.siteFile(), new SavedState(target.directory()).orders());
            return prepare(
                    target,
                    lan,
                    notes,
                    NEXT,
                    (made, next) ->
                            work(target, request, next)
                                    .carryOut(
                                            next.wanted(target.site()),
                                            ChangeRun.Kind.SITE,
                                            made.made(),
                                            () -> preparation.check(target, made)));
        }
    }

    /// Brings the site to other orders of its operators, and changes nothing else: not even what is
    /// new in the site file.
    ///
    /// @param change from the present orders to the new ones
    public ChangeOutcome order(
            SitePlace target, ChangeRequest request, Function<Orders, Orders> change) {
        SavedState present = new SavedState(target.directory());
        refuseAbsent(target, present);
        // What was applied is read with the lock: another change may have ended just before.
        try (ChangeLock _ = lock(target, request)) {
            Site site = applied(target, request.reader());
            SitePlace applied = new SitePlace(site, target.base(), target.directory());
            Notes notes = new Notes(present.siteFile(), change.apply(present.orders()));
            Lan lan = preparation.lan(applied).orElseGet(() -> preparation.look(applied));
            return prepare(
                    applied,
                    lan,
                    notes,
                    NEXT,
                    (_, next) ->
                            work(applied, request, next)
                                    .carryOut(
                                            next.wanted(site),
                                            ChangeRun.Kind.ORDERS,
                                            List.of(),
                                            () -> {}));
        }
    }

    /// What a state is made of, beside the site and the machine.
    ///
    /// @param siteFile the text of the site file
    private record Notes(String siteFile, Orders orders) {}

    /// Makes a next state aside, has something done with it, and removes it.
    ///
    /// @param place where it lies meanwhile, below the site's directory
    private <T> T prepare(
            SitePlace target,
            Lan lan,
            Notes notes,
            String place,
            BiFunction<Preparation.Next, SavedState, T> use) {
        try (Preparation.Next next = preparation.next(target, lan, notes.orders(), place)) {
            SavedState stored = new SavedState(next.directory());
            stored.describe(notes.siteFile(), notes.orders(), next.rendering());
            return use.apply(next, stored);
        }
    }

    private ChangeRun work(SitePlace target, ChangeRequest request, SavedState source) {
        return new ChangeRun(
                new ChangeRun.Tools(
                        docker, observer, progress, clock, await, preparation.images().balancer()),
                target,
                request,
                source,
                origin(target, request));
    }

    /// Does something to a site while nobody changes it.
    ///
    /// @param directory its state, which must be there
    /// @throws Stop when a change is under way
    public <T> T alone(
            String site, SiteDirectory directory, String verb, Force force, Supplier<T> work) {
        try (ChangeLock _ = lock(new ChangeLock.Purpose(site, directory, verb), force)) {
            return work.get();
        }
    }

    private ChangeLock lock(SitePlace target, ChangeRequest request) {
        return lock(
                new ChangeLock.Purpose(target.site().name(), target.directory(), request.verb()),
                request.force());
    }

    private ChangeLock lock(ChangeLock.Purpose purpose, Force force) {
        ChangeLock.Stale stale = force.lock() ? ChangeLock.Stale.TAKE : ChangeLock.Stale.REFUSE;
        return ChangeLock.take(purpose, docker.volumes(), clock, stale);
    }

    /// Where differences come from: the keys that were changed since the last change, and one that
    /// was interrupted.
    private static Seen.Origin origin(SitePlace target, ChangeRequest request) {
        List<String> keys =
                new SavedState(target.directory())
                        .site(request.reader())
                        .map(before -> Differences.between(before, target.site()))
                        .orElse(List.of());
        Optional<String> interrupted =
                Journal.interrupted(target.directory()).map(PastChange::title);
        return new Seen.Origin(keys, interrupted);
    }

    private static void refuseAbsent(SitePlace target, SavedState present) {
        if (!present.exists()) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "site " + target.site().name() + " was not brought up from this directory",
                    "there is no state of it in " + target.directory().root(),
                    "nothing was changed",
                    "tandem up");
        }
    }

    /// The balancer to which the VIP would move: the first in the file, other than its holder, that
    /// can serve.
    ///
    /// @throws Stop when there is none
    public String nextHolder(Site site) {
        Snapshot snapshot = observer.look(site);
        return site.balancers().stream()
                .map(Balancer::name)
                .filter(name -> !snapshot.vipHolders().contains(name))
                .filter(name -> Readiness.lacks(site, Orders.NONE, snapshot, name).isEmpty())
                .findFirst()
                .orElseThrow(() ->
                        new Stop(
                                Stop.Kind.REFUSED,
                                "no other balancer can take the VIP",
                                "held by " + String.join(" and ", snapshot.vipHolders()),
                                "nothing was changed",
                                "tandem status"));
    }

    /// Waits until no balancer has a request open at a web server.
    ///
    /// @throws Stop when there still is one at the deadline
    public void awaitIdle(SitePlace target, String server, Duration patience) {
        Site site = target.site();
        Waits waits =
                new Waits(
                        docker,
                        observer,
                        progress,
                        await,
                        new Waits.Terms(site, Orders.NONE, Set.of(), patience));
        NodeCommands nodes = new NodeCommands(docker, site);
        waits.untilIdle(nodes, server, waits.carrying())
                .ifPresent(busy -> {
                    throw new Stop(
                            Stop.Kind.ENVIRONMENT,
                            server + " is not idle after " + patience.toSeconds() + " s",
                            busy,
                            "it is drained: it gets no new requests, those that are open go on",
                            "tandem drain " + server + " --wait --wait-timeout 600");
                });
    }

    /// The change that was interrupted, or is still under way; empty when there is none.
    public static Optional<PastChange> open(SitePlace target) {
        return Journal.interrupted(target.directory());
    }

    /// What operators ask for on a site.
    public static Orders orders(SitePlace target) {
        return new SavedState(target.directory()).orders();
    }

    /// The site as it was applied last, which an order is about; as its file has it when that is
    /// not known.
    ///
    /// @param reader from the text of a site file of earlier days to its site
    public static Site applied(SitePlace target, Function<String, Optional<Site>> reader) {
        return new SavedState(target.directory()).site(reader).orElse(target.site());
    }

    /// The text of the site file that was applied last; empty when none was.
    public static String appliedSiteFile(SitePlace target) {
        return new SavedState(target.directory()).siteFile();
    }

    /// Where that text lies.
    public static Path appliedSiteFilePath(SitePlace target) {
        return target.directory().root().resolve(SavedState.SITE_FILE);
    }

    /// Takes the last change of the site back that was done. What operators ask for stays.
    public ChangeOutcome rollback(SitePlace target, ChangeRequest request) {
        History history = new History(target.directory());
        lastDone(history);
        // Which one is the last is asked again with the lock: another may have ended just before.
        try (ChangeLock _ = lock(target, request)) {
            PastChange last = lastDone(history);
            SavedState before = new SavedState(history.before(last.number()));
            Site site = before.site(request.reader()).orElseThrow(() -> unreadable(last));
            SitePlace back = new SitePlace(site, target.base(), target.directory());
            try (Staging staging = Staging.of(target.directory(), NEXT)) {
                SavedState next = new SavedState(staging.next());
                before.copyTo(staging.next());
                next.order(site, new SavedState(target.directory()).orders());
                return work(back, request, next)
                        .carryOut(next.wanted(site), ChangeRun.Kind.SITE, List.of(), () -> {});
            }
        }
    }

    private static PastChange lastDone(History history) {
        return history.lastDone()
                .orElseThrow(() ->
                        new Stop(
                                Stop.Kind.REFUSED,
                                "there is no change to take back",
                                "the history has none with a state before it",
                                "nothing was changed",
                                "tandem history"));
    }

    private static Stop unreadable(PastChange last) {
        return new Stop(
                Stop.Kind.REFUSED,
                "the state before change " + last.number() + " cannot be read",
                "its site file is not understood any more",
                "nothing was changed",
                "tandem history");
    }

    /// The changes that there were, the newest first; one that was interrupted stands before all.
    public List<PastChange> history(SiteDirectory directory) {
        List<PastChange> records = new ArrayList<>();
        Journal.interrupted(directory).ifPresent(records::add);
        records.addAll(new History(directory).records());
        return records;
    }
}
