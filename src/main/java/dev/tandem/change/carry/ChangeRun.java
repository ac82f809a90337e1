package dev.tandem.change.carry;

import dev.tandem.change.plan.Absent;
import dev.tandem.change.plan.Blind;
import dev.tandem.change.plan.CertificateSteps;
import dev.tandem.change.plan.Guard;
import dev.tandem.change.plan.Origin;
import dev.tandem.change.plan.Plan;
import dev.tandem.change.plan.Planner;
import dev.tandem.change.plan.Seen;
import dev.tandem.change.plan.Step;
import dev.tandem.change.plan.Wanted;
import dev.tandem.change.state.ChangeLock;
import dev.tandem.change.state.Journal;
import dev.tandem.change.state.PastChange;
import dev.tandem.change.state.SavedState;
import dev.tandem.change.state.SavedStates;
import dev.tandem.change.state.StateFormat;
import dev.tandem.docker.SiteEngines;
import dev.tandem.docker.Unreachable;
import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.SitePlace;
import dev.tandem.render.Layout;
import dev.tandem.render.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/// One change, once the wanted state is known and the site is locked.
public final class ChangeRun {
    /// Carrying out a plan may reveal more to do: a balancer that was paused, say, can only then
    /// report what it has loaded.
    private static final int ROUNDS = 3;

    /// What is changed.
    public enum Kind {
        /// Everything that differs from what is wanted.
        SITE,
        /// Only operators' orders.
        ORDERS,
        /// Only the certificate that a CA gave.
        CERTIFICATE
    }

    private final Tools tools;
    private final SitePlace target;
    private final ChangeRequest request;
    private final SavedState source;
    private final Origin origin;
    private final SavedStates states;

    public ChangeRun(
            Tools tools,
            SitePlace target,
            ChangeRequest request,
            SavedState source,
            Origin origin) {
        this.tools = tools;
        this.target = target;
        this.request = request;
        this.source = source;
        this.origin = origin;
        this.states = request.states();
    }

    /// Plans, asks, and carries out the plan.
    ///
    /// @param made the certificates that were made or renewed
    /// @param check has the real programs judge the source
    public ChangeOutcome carryOut(Wanted wanted, Kind kind, List<String> made, Runnable check) {
        Function<Seen, Plan> planner = planner(wanted, kind);
        Seen first = kind == Kind.SITE ? heard(wanted, planner) : look(wanted, origin);
        Seen seen = Heeding.seen(first, tools.await(), () -> look(wanted, origin), planner);
        Plan plan = planner.apply(seen);
        // A certificate takes nobody out of service, whatever operators asked for.
        refuse(kind == Kind.CERTIFICATE ? List.of() : Guard.harm(wanted, seen, plan));
        Waits waits = waits(wanted, seen);
        if (plan.isEmpty()) {
            closeInterrupted();
            StateFormat.mark(target.directory());
            takeNotes(kind, source);
            return new ChangeOutcome(List.of(), made, settled(kind, waits), Consent.GIVEN);
        }
        if (request.consent().apply(plan) == Consent.REFUSED) {
            return new ChangeOutcome(
                    List.of(), List.of(), tools.observer().look(target.site()), Consent.REFUSED);
        }
        check.run();
        // This queries the site, which may stop the change, so it comes before anything is written
        // down.
        StepActions.Scene scene = scene(wanted, seen, plan);
        return written(
                kind,
                Spoke.before(seen),
                journal -> {
                    List<Plan> done = rounds(plan, planner, scene, waits, journal);
                    Snapshot snapshot = settled(kind, waits);
                    return new ChangeOutcome(done, made, snapshot, Consent.GIVEN);
                });
    }

    /// A look at which every balancer answers that a plan does not replace anyway.
    private Seen heard(Wanted wanted, Function<Seen, Plan> planner) {
        Seen first = look(wanted, origin);
        Plan plan = planner.apply(first);
        Spoke needed = Spoke.needed(wanted, plan);
        List<String> silent = needed.silent(first);
        if (silent.isEmpty()) {
            return first;
        }
        refuse(Guard.harm(wanted, first, plan));
        tools.progress().begin("waiting for " + String.join(" and ", silent) + " to answer");
        Seen seen =
                needed.heard(tools.await(), request.limits().step(), () -> look(wanted, origin));
        needed.refuseSilence(seen, "nothing was changed");
        return seen;
    }

    /// Runs a change that may be undone: keeps the previous state, and a journal.
    private ChangeOutcome written(Kind kind, Spoke spoke, Function<Journal, ChangeOutcome> change) {
        int number = states.history().next();
        keepBefore(number);
        StateFormat.mark(target.directory());
        Journal journal =
                Journal.begin(
                        target.directory(), tools.clock(), number, what(kind), ChangeLock.me());
        try {
            if (kind == Kind.SITE) {
                tools.place().fill(source.directory());
            }
            ChangeOutcome outcome = change.apply(journal);
            tools.place().leave(target.site(), number, target.directory());
            takeNotes(kind, source);
            journal.end(PastChange.DONE, states.history(), number);
            return outcome;
        } catch (Stop stop) {
            throw takenBack(stop, number, journal, kind, spoke);
        }
    }

    /// A change of the site has ended when every node serves; an order has ended when it is
    /// followed: operators often drain a server because something else is broken. A certificate
    /// does not wait for a web server either.
    private Snapshot settled(Kind kind, Waits waits) {
        return switch (kind) {
            case SITE -> waits.untilWell();
            case ORDERS, CERTIFICATE -> tools.observer().look(target.site());
        };
    }

    /// The verb that was called, and what it concerns.
    private String what(Kind kind) {
        String subject =
                switch (kind) {
                    case SITE -> origin.text();
                    case ORDERS, CERTIFICATE -> request.subject();
                };
        return (request.verb() + " " + subject).strip();
    }

    private List<Plan> rounds(
            Plan first,
            Function<Seen, Plan> planner,
            StepActions.Scene scene,
            Waits waits,
            Journal journal) {
        List<Plan> done = new ArrayList<>();
        Plan plan = first;
        while (!plan.isEmpty() && done.size() < ROUNDS) {
            new Executor(deeds(scene, waits), journal, tools.progress()).execute(plan);
            done.add(plan);
            plan = planner.apply(look(scene.wanted(), Origin.NONE));
        }
        if (!plan.isEmpty()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the site is still not as requested after " + ROUNDS + " rounds",
                    plan.toString(),
                    "every step planned so far was carried out",
                    "tandem plan");
        }
        return done;
    }

    private StepActions deeds(StepActions.Scene scene, Waits waits) {
        return new StepActions(
                engines(scene.site()),
                tools.progress(),
                waits,
                new NodeCommands(engines(scene.site()), scene.site()),
                prober(scene.site()),
                scene);
    }

    private Seen look(Wanted wanted, Origin from) {
        return new SeenReader(tools.observer()).at(wanted, tools.place().files(), from);
    }

    private SiteEngines engines(Site site) {
        return tools.place().engines().as(site);
    }

    private Function<Seen, Plan> planner(Wanted wanted, Kind kind) {
        Function<Seen, Plan> planner =
                switch (kind) {
                    case SITE -> seen -> Planner.plan(wanted, seen);
                    case ORDERS -> seen -> Planner.ordersOnly(wanted, seen);
                    case CERTIFICATE -> seen -> CertificateSteps.plan(wanted, seen);
                };
        return planner.andThen(new Absent(wanted, tools.place().engines().away())::of);
    }

    private void takeNotes(Kind kind, SavedState from) {
        switch (kind) {
            case SITE, CERTIFICATE -> states.present().takeNotes(from);
            case ORDERS -> states.present().takeOrders(from);
        }
    }

    private Waits waits(Wanted wanted, Seen seen) {
        return new Waits(
                engines(wanted.site()),
                tools.observer(),
                tools.progress(),
                tools.await(),
                new Waits.Terms(
                        wanted.site(),
                        wanted.orders(),
                        seen.origin().moves(),
                        Blind.of(wanted, seen),
                        request.limits().step()));
    }

    /// The site as it was last applied; a new one as it should become.
    private Site applied() {
        return states.applied().orElse(target.site());
    }

    private Prober prober(Site site) {
        return new Prober(
                engines(site), tools.observer(), site, new Prober.Eyes(tools.image(), target));
    }

    private void refuse(List<String> harm) {
        if (!harm.isEmpty() && !request.force().harm()) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "this would break the site",
                    String.join("\n", harm),
                    "nothing was changed",
                    "to go ahead anyway, repeat the command with --force");
        }
        harm.forEach(line -> tools.progress().done("forced: " + line));
    }

    private StepActions.Scene scene(Wanted wanted, Seen seen, Plan plan) {
        Site applied = applied();
        List<String> removed =
                applied.namesOfServers().stream().filter(name -> !wanted.isReady(name)).toList();
        return new StepActions.Scene(
                wanted,
                source.directory(),
                target.directory().root(),
                tools.place().files(),
                Optional.of(before(applied, seen, plan)),
                removed);
    }

    /// What clients get now, at the balancer that holds the VIP.
    private StepActions.Before before(Site applied, Seen seen, Plan plan) {
        boolean probes = plan.steps().stream().anyMatch(step -> step instanceof Step.Probe);
        Optional<String> holder =
                applied.balancers().stream()
                        .map(Balancer::name)
                        .filter(name -> seen.holders().contains(name) && seen.canServe(name))
                        .findFirst();
        Optional<Probing> probing = holder.filter(_ -> probes).map(prober(applied)::ask);
        // A balancer that does not report its counts is no reason to leave the site as it is: the
        // change may be the cure. But then no failure is excused.
        OptionalDouble failing =
                holder.flatMap(new NodeCommands(engines(applied), applied)::share).stream()
                        .mapToDouble(FailedShare::percent)
                        .findFirst();
        return new StepActions.Before(probing, failing, request.limits().watch());
    }

    /// The state to return to: the one before the first of several interrupted changes, or else the
    /// present one.
    private void keepBefore(int number) {
        SavedState kept =
                Journal.interrupted(target.directory())
                        .map(record -> states.before(record.number()))
                        .filter(SavedState::exists)
                        .orElse(states.present());
        if (kept.exists()) {
            kept.copyTo(states.before(number).directory());
        }
        closeInterrupted();
    }

    private void closeInterrupted() {
        Journal.interrupted(target.directory())
                .ifPresent(record -> {
                    states.history().keep(record.number(), target.directory().read(Notes.JOURNAL));
                    target.directory().note(Notes.JOURNAL, "");
                });
    }

    /// Takes the site back to the previous state, and reports how that went.
    private Stop takenBack(Stop stop, int number, Journal journal, Kind kind, Spoke spoke) {
        String what = String.valueOf(stop.getMessage());
        journal.note("stopped: " + what);
        SavedState before = states.before(number);
        Optional<Site> site = states.site(before);
        if (site.isEmpty()) {
            journal.end("failed: " + what, states.history(), number);
            return stop;
        }
        tools.progress().begin("taking the change back: " + what);
        List<Unreachable> lost = tools.place().engines().lost();
        Tools left = lost.isEmpty() ? tools : tools.without(lost);
        Aftermath aftermath = new Aftermath(left, site.get(), before, lost);
        try {
            ChangeRun there = new ChangeRun(left, target, request, source, origin);
            Runnable again = there.goBack(before, site.get(), journal, kind, spoke);
            // A web server that was down a moment ago does not show yet that it is drained.
            if (!aftermath.isWell()) {
                again.run();
            }
            Stop back = aftermath.back(stop);
            journal.end("taken back: " + what, states.history(), number);
            return back;
        } catch (Stop second) {
            journal.end("failed, and could not be taken back: " + what, states.history(), number);
            return aftermath.between(stop, second);
        }
    }

    /// @return does what is still to be done
    private Runnable goBack(SavedState before, Site site, Journal journal, Kind kind, Spoke spoke) {
        Wanted wanted = before.wanted(site);
        StepActions.Scene scene =
                new StepActions.Scene(
                        wanted,
                        before.directory(),
                        target.directory().root(),
                        tools.place().files(),
                        Optional.empty(),
                        List.of());
        switch (kind) {
            case SITE -> tools.place().fill(before.directory());
            case ORDERS -> tools.place().files().install(before.directory(), orders(before));
            case CERTIFICATE -> {}
        }
        Origin back = Origin.takenBack(target.site(), site);
        Supplier<Seen> look = () -> look(wanted, back);
        Seen seen = spoke.heard(tools.await(), request.limits().step(), look);
        Function<Seen, Plan> planner = planner(wanted, kind);
        Waits waits = waits(wanted, seen);
        rounds(planner.apply(seen), planner, scene, waits, journal);
        Runnable again =
                () -> {
                    Seen after = spoke.heard(tools.await(), request.limits().step(), look);
                    spoke.refuseSilence(after, "what is healthy serves");
                    rounds(planner.apply(after), planner, scene, waits, journal);
                };
        again.run();
        takeNotes(kind, before);
        return again;
    }

    /// All of them at once, before anything is waited for: one that is still on disk when a step of
    /// the way back fails would be followed later.
    private static List<String> orders(SavedState before) {
        return before.directory().written().keySet().stream().filter(Layout::isOrder).toList();
    }
}
