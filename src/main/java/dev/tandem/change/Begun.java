package dev.tandem.change;

import dev.tandem.change.carry.Away;
import dev.tandem.change.carry.ChangeRequest;
import dev.tandem.change.carry.Workplace;
import dev.tandem.change.plan.Absent;
import dev.tandem.change.state.ChangeLock;
import dev.tandem.change.state.History;
import dev.tandem.change.state.SavedState;
import dev.tandem.change.state.StateFormat;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.SiteEngines;
import dev.tandem.docker.Volumes;
import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.prepare.OverMachines;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.prepare.SitePlace;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A change that has begun: all machines that it needs answer, the site is locked on each of them,
/// and nobody else has changed it from another directory meanwhile.
final class Begun implements AutoCloseable {
    private static final String OTHERWISE =
            "; to go on while it is away: the same command with --without %s";

    private final ChangeLock lock;
    private final Workplace place;
    private final SiteDirectory directory;

    private Begun(ChangeLock lock, Workplace place, SiteDirectory directory) {
        this.lock = lock;
        this.place = place;
        this.directory = directory;
    }

    /// Makes sure that all machines answer: those of the site, and those that it leaves.
    ///
    /// @param applied the site as it was last applied
    /// @param away what the operator knows of those that do not
    /// @throws Stop when one does not; nothing was changed
    static void reach(Fleet fleet, Site site, Optional<Site> applied, Away away) {
        applied.filter(before -> before.hasMachines() != site.hasMachines())
                .ifPresent(before -> refuseWhileUp(fleet, site, before));
        List<Machine> all = new ArrayList<>(site.machines());
        applied.filter(_ -> site.hasMachines()).ifPresent(was -> all.addAll(was.machines()));
        refuseUnknown(site, all, away);
        if (site.hasMachines()) {
            all.removeIf(one -> away.gone().contains(one.name()));
            fleet.leaving(site.name(), all);
            fleet.away(site.name(), away.without());
            SiteEngines engines = fleet.of(site);
            away.without().stream()
                    .filter(name -> engines.trouble(name).isEmpty())
                    .findFirst()
                    .ifPresent(Begun::refuseThere);
            new OverMachines(site, engines).requireAll(OTHERWISE);
            List<String> needed =
                    away.without().isEmpty()
                            ? List.of()
                            : applied.map(was -> Absent.obstacles(was, site, away.without()))
                                    .orElse(List.of("it is not up yet"));
            if (!needed.isEmpty()) {
                refuseWithout(away.without(), needed);
            }
        }
    }

    private static void refuseUnknown(Site site, List<Machine> all, Away away) {
        List<String> own = site.machines().stream().map(Machine::name).toList();
        List<String> left =
                all.stream().map(Machine::name).filter(name -> !own.contains(name)).toList();
        away.without().stream()
                .filter(name -> !own.contains(name))
                .findFirst()
                .ifPresent(name ->
                        refuse(
                                "--without " + name + ": the site file names no such machine",
                                "it names " + (own.isEmpty() ? "none" : String.join(", ", own)),
                                "--gone " + name + ", if the file named it before"));
        away.gone().stream()
                .filter(name -> !left.contains(name))
                .findFirst()
                .ifPresent(name ->
                        refuse(
                                "--gone " + name + ": the site does not leave such a machine",
                                own.contains(name)
                                        ? "the site file still names it"
                                        : "it was not applied with it",
                                "give its nodes another machine in the site file, take it out of"
                                        + " machines, then: tandem apply --gone "
                                        + name));
    }

    private static void refuseThere(String machine) {
        refuse(
                machine + " answers: it is not away",
                "--without is for a machine that is off or cannot be reached",
                "the same command without it");
    }

    private static void refuseWithout(List<String> machines, List<String> needed) {
        refuse(
                "this cannot be done without " + String.join(", ", machines),
                String.join("\n", needed),
                "wait until it is back; or give its nodes another machine in the site file, take it"
                        + " out of machines, and: tandem apply --gone "
                        + machines.getFirst());
    }

    private static void refuse(String what, String seen, String next) {
        throw new Stop(Stop.Kind.REFUSED, what, seen, "nothing was changed", next);
    }

    /// From one engine to machines, or back, leads `down`.
    private static void refuseWhileUp(Fleet fleet, Site site, Site before) {
        SiteEngines engines = fleet.of(before);
        OverMachines over = new OverMachines(before, engines);
        over.requireAll("");
        boolean up =
                before.hasMachines()
                        ? over.asked().stream()
                                .anyMatch(one -> !engines.on(one).containers(site.name()).isEmpty())
                        : !fleet.own().containers(site.name()).isEmpty();
        if (up) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "site %s %s".formatted(site.name(), changed(site)),
                    "its networks become others, and Docker cannot change one that is in use",
                    "nothing was changed; the site runs as before",
                    "tandem down && tandem up    (the site does not answer in between; certificates"
                            + " stay. How long that takes, and how to make it short:"
                            + " docs/operating/machines.md)");
        }
    }

    private static String changed(Site site) {
        return site.hasMachines()
                ? "runs on one engine, and its file names machines now"
                : "runs on machines, and its file names none any more";
    }

    /// @throws Stop when the site was never brought up from its directory
    static void refuseAbsent(SitePlace target, SavedState present) {
        if (!present.exists()) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "site " + target.site().name() + " was not brought up from this directory",
                    "it has no state in " + target.directory().root(),
                    "nothing was changed",
                    "tandem up");
        }
    }

    /// Begins.
    ///
    /// @param image that of the balancers that runs, or will run
    /// @throws Stop when another change is under way, or was made from elsewhere
    static Begun of(
            Fleet fleet, SitePlace target, ChangeRequest request, Clock clock, String image) {
        SiteDirectory directory = target.directory();
        ChangeLock.Purpose purpose =
                new ChangeLock.Purpose(target.site().name(), directory, request.verb());
        ChangeLock.Stale stale =
                request.force().lock() ? ChangeLock.Stale.TAKE : ChangeLock.Stale.REFUSE;
        ChangeLock lock = lock(purpose, volumes(fleet, Optional.of(target.site())), clock, stale);
        Workplace place = place(fleet, target, image);
        try {
            place.refuseBehind(last(directory));
            return new Begun(lock, place, directory);
        } catch (Stop stop) {
            place.close();
            lock.close();
            throw stop;
        }
    }

    /// Where a site is worked on. For a look that needs no lock, too.
    static Workplace place(Fleet fleet, SitePlace target, String image) {
        SiteEngines engines = fleet.of(target.site());
        return Workplace.of(target.site(), engines, target.directory(), image);
    }

    /// The number of the last change that this directory knows.
    static int last(SiteDirectory directory) {
        return new History(directory).next() - 1;
    }

    /// The engines on which a site is locked, in the order of the file.
    static List<Volumes> volumes(Fleet fleet, Optional<Site> site) {
        return site.filter(Site::hasMachines)
                .map(over ->
                        new OverMachines(over, fleet.of(over))
                                .asked().stream()
                                        .map(fleet.of(over)::on)
                                        .map(Docker::volumes)
                                        .toList())
                .orElseGet(() -> List.of(fleet.own().volumes()));
    }

    /// Locks a site.
    static ChangeLock lock(
            ChangeLock.Purpose purpose,
            List<Volumes> volumes,
            Clock clock,
            ChangeLock.Stale stale) {
        ChangeLock lock = ChangeLock.take(purpose, volumes, clock, stale);
        try {
            // Checked again under the lock: a newer Tandem may have changed the site just before.
            StateFormat.refuseNewer(purpose.directory());
            return lock;
        } catch (Stop stop) {
            lock.close();
            throw stop;
        }
    }

    Workplace place() {
        return place;
    }

    /// Copies the next state to all machines, aside.
    void layAside(SiteDirectory next) {
        place.far().ifPresent(files -> files.layAside(next));
    }

    /// Writes down on the machines what lies there, and gives the lock back.
    @Override
    public void close() {
        try {
            place.noteApplied(last(directory), directory, ChangeLock.me());
        } finally {
            try {
                place.close();
            } finally {
                lock.close();
            }
        }
    }
}
