package dev.tandem.drill;

import dev.tandem.deploy.Progress;
import dev.tandem.deploy.Readiness;
import dev.tandem.docker.Await;
import dev.tandem.docker.Docker;
import dev.tandem.load.Generator;
import dev.tandem.load.History;
import dev.tandem.load.HistoryWriter;
import dev.tandem.load.LoadPlan;
import dev.tandem.load.LoadResult;
import dev.tandem.load.LoadRun;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.Observer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Runs drills on a site, one after the other. Each one:
///
/// 1. waits until the site is well, and refuses to break one that is not;
/// 2. sends requests to the VIP, at a rate that nothing slows down;
/// 3. injects the fault, holds it, heals it, and sees to it that the heal has worked;
/// 4. waits until the site is well again, sends some more, and ends;
/// 5. judges what was recorded, by the file that was written, so that a later judge sees the same.
///
/// However it ends, the fault is healed ({@link Injection}).
public final class Drills {
    /// How long a site may take to be well.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration LATE = Duration.ofMillis(20);
    private static final int IN_FLIGHT = 4000;

    private final Site site;
    private final Path tls;
    private final Docker docker;
    private final Observer observer;
    private final OpenFaults journal;
    private final Progress progress;

    /// @param tls the directory of the site's certificates
    public Drills(
            Site site,
            Path tls,
            Docker docker,
            Observer observer,
            OpenFaults journal,
            Progress progress) {
        this.site = site;
        this.tls = tls;
        this.docker = docker;
        this.observer = observer;
        this.journal = journal;
        this.progress = progress;
    }

    /// Runs one drill and judges it.
    ///
    /// @param round which time it is, the first being 1
    /// @param file where its history is written
    /// @throws Stop when the site is not well beforehand, when the fault cannot be injected or
    ///   healed, or when the history cannot be written; the fault is healed then
    public FaultResult run(Fault fault, int round, Ground ground, DrillPlan plan, Path file) {
        progress.begin(fault.name() + ": waiting until the site is well");
        awaitWell();
        Prediction prediction = Predictions.of(site).forFault(fault.name());
        LoadPlan load =
                new LoadPlan(
                        DrillTarget.of(site, tls),
                        fault.name() + "-" + round,
                        plan.rate(),
                        LONGEST,
                        round,
                        IN_FLIGHT,
                        DrillTarget.classes(site));
        try (HistoryWriter writer = History.write(file);
                LoadRun run = Generator.start(load, writer)) {
            Marks marks = breakAndHeal(fault, ground, plan, run);
            LoadResult result = run.stopAndAwait();
            Takeover takeover = new Takeovers(docker, site).since(run.zero(), marks, prediction);
            return judged(fault, round, plan, prediction, trial(file, marks, result, takeover));
        } catch (IOException e) {
            throw unwritten(file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unwritten(file, new IOException("interrupted"));
        }
    }

    private Marks breakAndHeal(Fault fault, Ground ground, DrillPlan plan, LoadRun run) {
        progress.begin(fault.name() + ": all is well");
        reach(run, plan.before().toNanos());
        progress.begin(fault.name() + ": " + fault.what(ground));
        long injected = run.nanos();
        try (Injection _ = Injection.begin(fault, ground, journal, Company.ALONE)) {
            reach(run, run.nanos() + plan.hold().toNanos());
            progress.begin(fault.name() + ": healing");
        }
        awaitWell();
        long healed = run.nanos();
        progress.begin(fault.name() + ": healed");
        reach(run, healed + plan.after().toNanos());
        return Marks.of(injected, healed, run.nanos());
    }

    private static Trial trial(Path file, Marks marks, LoadResult result, Takeover takeover)
            throws IOException {
        Timekeeping timekeeping =
                result.punctuality().kept(LATE) ? Timekeeping.KEPT : Timekeeping.LATE;
        // No request of a drill is one that must not run twice: there is none to count.
        Executions executions = new Executions.Counted(java.util.Map.of());
        return new Trial(History.read(file).records(), marks, timekeeping, takeover, executions);
    }

    private FaultResult judged(
            Fault fault, int round, DrillPlan plan, Prediction prediction, Trial trial) {
        Judgement judgement = Judge.judge(trial, plan.budget());
        progress.done(fault.name() + ": " + judgement.verdict());
        return new FaultResult(fault.name(), round, prediction, judgement);
    }

    private static void reach(LoadRun run, long nanos) {
        Duration limit = Duration.ofNanos(Math.max(0, nanos - run.nanos())).plusSeconds(5);
        Await.until(
                limit,
                () -> run.isOver() || run.nanos() >= nanos ? Optional.of(nanos) : Optional.empty());
    }

    private void awaitWell() {
        Optional<Boolean> well =
                Await.until(
                        PATIENCE, () -> lacks().isEmpty() ? Optional.of(true) : Optional.empty());
        if (well.isEmpty()) {
            throw notWell();
        }
    }

    private List<Readiness.Lack> lacks() {
        return Readiness.lacksOfOurs(site, observer.look(site));
    }

    private Stop notWell() {
        return new Stop(
                Stop.Kind.REFUSED,
                "site " + site.name() + " is not well, so a drill would show nothing",
                String.join("\n", lacks().stream().map(Object::toString).toList()),
                "no fault is open",
                "tandem status");
    }

    private static Stop unwritten(Path file, IOException e) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "the drill was broken off: its history could not be written",
                e.toString(),
                "the fault is healed; " + file + " is not whole",
                "df -h " + file.resolveSibling("."));
    }
}
