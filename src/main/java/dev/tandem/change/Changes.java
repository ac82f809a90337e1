package dev.tandem.change;

import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.carry.ChangeRequest;
import dev.tandem.change.carry.ChangeRun;
import dev.tandem.change.carry.Consent;
import dev.tandem.change.carry.Force;
import dev.tandem.change.carry.NodeCommands;
import dev.tandem.change.carry.SeenReader;
import dev.tandem.change.carry.Tools;
import dev.tandem.change.carry.Waits;
import dev.tandem.change.carry.Workplace;
import dev.tandem.change.plan.Absent;
import dev.tandem.change.plan.Blind;
import dev.tandem.change.plan.Guard;
import dev.tandem.change.plan.Moves;
import dev.tandem.change.plan.Origin;
import dev.tandem.change.plan.Plan;
import dev.tandem.change.plan.Planner;
import dev.tandem.change.plan.Seen;
import dev.tandem.change.plan.Wanted;
import dev.tandem.change.state.ChangeLock;
import dev.tandem.change.state.History;
import dev.tandem.change.state.Journal;
import dev.tandem.change.state.PastChange;
import dev.tandem.change.state.SavedState;
import dev.tandem.change.state.SavedStates;
import dev.tandem.docker.Await;
import dev.tandem.docker.Fleet;
import dev.tandem.health.Readiness;
import dev.tandem.model.Balancer;
import dev.tandem.model.Lan;
import dev.tandem.model.Orders;
import dev.tandem.model.Role;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.Observer;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.prepare.SitePlace;
import dev.tandem.prepare.Staging;
import dev.tandem.render.Layout;
import dev.tandem.render.Setting;
import dev.tandem.text.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Changes a site while it serves. The order is:
///
/// 1. look at the machine: obstacles are reported at once, and nothing is changed;
/// 2. lock the site; the remains of an interrupted change are detected and reported;
/// 3. make the next state in a staging directory, or take one from the history;
/// 4. look at the site and plan; refuse a plan that would do harm; ask;
/// 5. have the real programs judge the next state;
/// 6. keep the present state, then carry out the plan, writing down every step;
/// 7. plan again until there is nothing to do, and wait until every node serves.
///
/// When a step fails, the site goes back to the previous state: the same planner, with that state
/// as the one wanted. Properties: a second call finds an empty plan; if Tandem is killed at any
/// step, the site still serves, and the next call goes on from what it sees.
public final class Changes {
    private final Fleet fleet;
    private final Observer observer;
    private final Preparation preparation;
    private final Progress progress;
    private final Clock clock;
    private final Await await;

    public Changes(
            Fleet fleet,
            Observer observer,
            Preparation preparation,
            Progress progress,
            Clock clock,
            Await await) {
        this.fleet = fleet;
        this.observer = observer;
        this.preparation = preparation;
        this.progress = progress;
        this.clock = clock;
        this.await = await;
    }

    /// A plan, and the objections to it.
    ///
    /// @param plan the steps
    /// @param harm what would break; if not empty, the plan would be refused
    /// @param interrupted an earlier change that was interrupted
    public record Proposal(Plan plan, List<String> harm, Optional<String> interrupted) {}

    /// What `apply` would do now. Changes nothing, and needs no lock.
    ///
    /// @throws Stop when `apply` would not start on this machine
    public Proposal plan(SitePlace target, ChangeRequest request) {
        reach(target.site(), request);
        Lan lan = preparation.look(target);
        String image = preparation.images(target.directory()).balancer();
        String place = Layout.plan(ProcessHandle.current().pid());
        return prepare(
                target,
                lan,
                Aside.of(request, target, preparation.images(target.directory()), place),
                (_, next) -> {
                    Wanted wanted = next.wanted(target.site());
                    Origin origin = origin(target, request);
                    Seen seen = seen(target, image, wanted, origin);
                    List<String> away = fleet.of(target.site()).away();
                    Plan plan = new Absent(wanted, away).of(Planner.plan(wanted, seen));
                    return new Proposal(plan, Guard.harm(wanted, seen, plan), origin.interrupted());
                });
    }

    private Seen seen(SitePlace target, String image, Wanted wanted, Origin origin) {
        try (Workplace there = Begun.place(fleet, target, image)) {
            there.refuseBehind(Begun.last(target.directory()));
            return new SeenReader(observer).at(wanted, there.files(), origin);
        }
    }

    /// Brings the site to what its file and its operators ask for.
    public ChangeOutcome apply(SitePlace target, ChangeRequest request) {
        return apply(target, request, preparation::ensureImages);
    }

    /// The same with images of today's packages.
    public ChangeOutcome refresh(SitePlace target, ChangeRequest request) {
        return apply(target, request, preparation::refreshImages);
    }

    private ChangeOutcome apply(
            SitePlace target, ChangeRequest request, Function<SitePlace, Setting.Images> images) {
        progress.begin("looking at this machine");
        reach(target.site(), request);
        Lan lan = preparation.look(target);
        Setting.Images run = images.apply(target);
        target.directory().keepPrivate();
        try (Begun begun = begin(target, request, run.balancer())) {
            preparation.askTheLan(target, lan, request.states().applied().orElse(target.site()));
            List<String> misplaced = request.states().present().misplacedOrders(target.site());
            ChangeOutcome outcome =
                    prepare(
                            target,
                            lan,
                            Aside.of(request, target, run, Layout.NEXT),
                            (made, next) ->
                                    work(begun, target, request, next)
                                            .carryOut(
                                                    next.wanted(target.site()),
                                                    ChangeRun.Kind.SITE,
                                                    made.made(),
                                                    () -> {
                                                        begun.layAside(made.directory());
                                                        preparation.check(target, made);
                                                    }));
            if (outcome.consent() == Consent.GIVEN) {
                misplaced.forEach(
                        order -> progress.done("dropped an order that no node can have: " + order));
            }
            return outcome;
        }
    }

    /// Applies other orders of the site's operators, and changes nothing else: not even what is new
    /// in the site file.
    ///
    /// @param change from the present orders to the new ones
    public ChangeOutcome order(
            SitePlace target, ChangeRequest request, Function<Orders, Orders> change) {
        SavedState present = request.states().present();
        Begun.refuseAbsent(target, present);
        Site known = request.states().applied().orElse(target.site());
        SitePlace there = new SitePlace(known, target.base(), target.directory());
        // The applied state is read under the lock: another change may have ended just before.
        try (Begun begun = begin(there, request)) {
            Site site = request.states().applied().orElse(target.site());
            SitePlace applied = new SitePlace(site, target.base(), target.directory());
            Orders orders = change.apply(present.orders().placed(site));
            try (Staging staging = Staging.of(target.directory(), Layout.NEXT)) {
                SavedState next = request.states().next(staging.next());
                present.copyTo(staging.next());
                next.order(site, orders);
                return work(begun, applied, request, next)
                        .carryOut(next.wanted(site), ChangeRun.Kind.ORDERS, List.of(), () -> {});
            }
        }
    }

    /// A state in a staging directory: where it is, and what it is made from besides the site and
    /// the machine.
    ///
    /// @param siteFile the text of the site file
    /// @param images what its containers run
    /// @param place below the site's directory
    private record Aside(
            SavedStates states,
            String siteFile,
            Setting.Images images,
            Orders orders,
            String place) {
        /// The state that the file and the operators ask for.
        static Aside of(
                ChangeRequest request, SitePlace target, Setting.Images images, String place) {
            Orders orders = request.states().present().orders().placed(target.site());
            return new Aside(request.states(), request.siteFile(), images, orders, place);
        }
    }

    /// Makes a next state in a staging directory, passes it on, and removes it.
    private <T> T prepare(
            SitePlace target,
            Lan lan,
            Aside aside,
            BiFunction<Preparation.Next, SavedState, T> use) {
        try (Preparation.Next made =
                preparation.next(target, lan, aside.images(), aside.orders(), aside.place())) {
            SavedState next = aside.states().next(made.directory());
            next.describe(aside.siteFile(), aside.orders(), made.rendering());
            return use.apply(made, next);
        }
    }

    ChangeRun work(Begun begun, SitePlace target, ChangeRequest request, SavedState source) {
        return new ChangeRun(
                new Tools(
                        begun.place(),
                        observer,
                        progress,
                        clock,
                        await,
                        target.site().hasMachines()
                                ? noted(source)
                                : preparation.images(source.directory()).balancer()),
                target,
                request,
                source,
                origin(target, request));
    }

    /// Does something to a site while no change can run.
    ///
    /// @param directory its state, which must exist
    /// @throws Stop when a change is under way
    public <T> T alone(
            String site, SiteDirectory directory, String verb, Force force, Supplier<T> work) {
        return alone(new ChangeLock.Purpose(site, directory, verb), Optional.empty(), force, work);
    }

    /// The same on all machines of a site, if it has some.
    public <T> T alone(
            ChangeLock.Purpose purpose, Optional<Site> site, Force force, Supplier<T> work) {
        ChangeLock.Stale stale = force.lock() ? ChangeLock.Stale.TAKE : ChangeLock.Stale.REFUSE;
        try (ChangeLock _ = Begun.lock(purpose, Begun.volumes(fleet, site), clock, stale)) {
            return work.get();
        }
    }

    /// Begins a change of a site that is up, with the images that it has.
    Begun begin(SitePlace known, ChangeRequest request) {
        reach(known.site(), request);
        return begin(known, request, noted(request.states().present()));
    }

    private Begun begin(SitePlace target, ChangeRequest request, String image) {
        return Begun.of(fleet, target, request, clock, image);
    }

    private void reach(Site site, ChangeRequest request) {
        Begun.reach(fleet, site, request.states().applied(), request.force().away());
    }

    /// The image that a state's balancers run, whatever a newer Tandem would make them of.
    private String noted(SavedState state) {
        return Optional.ofNullable(
                        Preparation.imagesOf(state.directory()).get(Role.BALANCER.word()))
                .orElseGet(() -> preparation.images(state.directory()).balancer());
    }

    /// Where differences come from: the keys edited since the last change, and an interrupted
    /// change.
    private static Origin origin(SitePlace target, ChangeRequest request) {
        return Origin.edited(
                request.states().applied(),
                target.site(),
                Journal.interrupted(target.directory()).map(PastChange::title));
    }

    /// The balancer to which the VIP would move: the first in the file, except the holder, that can
    /// serve.
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
                        fleet.of(site),
                        observer,
                        progress,
                        await,
                        new Waits.Terms(site, Orders.NONE, Moves.NONE, Blind.NONE, patience));
        NodeCommands nodes = new NodeCommands(fleet.of(site), site);
        waits.untilIdle(nodes, server, waits.carrying())
                .ifPresent(busy -> {
                    throw new Stop(
                            Stop.Kind.ENVIRONMENT,
                            server + " is not idle after " + patience.toSeconds() + " s",
                            busy,
                            "it is drained: it gets no new requests, and open ones continue",
                            "tandem drain " + server + " --wait --wait-timeout 600");
                });
    }

    /// Undoes the last completed change of the site. Operators' orders stay.
    ///
    /// @param certificates whether those of that time return
    public ChangeOutcome rollback(SitePlace target, ChangeRequest request, Returning certificates) {
        SavedStates states = request.states();
        LastChange last = LastChange.of(states);
        SitePlace back = new SitePlace(last.site(), target.base(), target.directory());
        reach(back.site(), request);
        try (Begun begun = begin(back, request, noted(states.present()))) {
            // Which change is the last is checked again under the lock: another may have ended just
            // before.
            SavedState before = last.still(states).before();
            Site site = last.site();
            preparation.requireImages(site, before.directory());
            try (Staging staging = Staging.of(target.directory(), Layout.NEXT)) {
                SavedState next = states.next(staging.next());
                before.copyTo(staging.next());
                next.order(site, last.orders(states));
                List<String> made =
                        certificates.put(
                                preparation, back, staging.next(), before.directory(), progress);
                return work(begun, back, request, next)
                        .carryOut(
                                next.wanted(site),
                                ChangeRun.Kind.SITE,
                                made,
                                () -> begun.layAside(staging.next()));
            }
        }
    }

    /// Forgets the states before changes, with the private keys in them: nobody can go back to them
    /// any more. What was changed, when and by whom stays.
    ///
    /// @param first the first change that keeps its state
    /// @return how many were forgotten
    /// @throws Stop when a change was interrupted, which may have to go back yet
    public int purge(SitePlace target, int first) {
        SiteDirectory directory = target.directory();
        Journal.interrupted(directory)
                .ifPresent(change -> {
                    throw new Stop(
                            Stop.Kind.REFUSED,
                            "no state is removed while a change is unfinished",
                            "there was " + change.title(),
                            "nothing was changed",
                            "tandem apply, then: tandem history --purge ...");
                });
        ChangeLock.Purpose purpose =
                new ChangeLock.Purpose(target.site().name(), directory, "history");
        return alone(
                purpose,
                Optional.of(target.site()),
                Force.NONE,
                () -> new History(directory).purge(first));
    }

    /// The past changes, newest first; an interrupted one comes before all others.
    public List<PastChange> history(SiteDirectory directory) {
        List<PastChange> ended = new History(directory).records();
        return Stream.concat(Journal.interrupted(directory).stream(), ended.stream()).toList();
    }
}
