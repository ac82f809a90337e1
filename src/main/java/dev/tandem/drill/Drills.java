package dev.tandem.drill;

import dev.tandem.disk.Disk;
import dev.tandem.docker.Await;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.drill.fault.Change;
import dev.tandem.drill.fault.Deed;
import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Toolbox;
import dev.tandem.drill.journal.Claim;
import dev.tandem.drill.journal.Company;
import dev.tandem.drill.journal.Injection;
import dev.tandem.drill.journal.OpenFaults;
import dev.tandem.drill.judge.CommandRun;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.evidence.Scene;
import dev.tandem.evidence.Scene.Moment;
import dev.tandem.evidence.Witness;
import dev.tandem.load.ClassPlan;
import dev.tandem.load.HistoryWriter;
import dev.tandem.load.Load;
import dev.tandem.load.LoadLost;
import dev.tandem.load.LoadPlan;
import dev.tandem.load.LoadSource;
import dev.tandem.load.Precedence;
import dev.tandem.load.RunHistory;
import dev.tandem.model.Stop;
import dev.tandem.text.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Runs drills on a pair, one after the other. Each one:
///
/// 1. waits until the pair is well, and refuses to break one that is not;
/// 2. sends requests to the VIP, at a rate that nothing slows down, and watches who owns the VIP;
/// 3. injects the fault, holds it, heals it, and verifies the heal;
/// 4. waits until the pair is well again, sends some more, and ends;
/// 5. keeps what all nodes logged, and judges the recording from the files as written, so that a
///    later judge sees the same.
///
/// However it ends, the fault is healed ({@link Injection}).
///
/// An operator's change ({@link Change}) replaces the fault: its commands run instead of 3, and 4
/// waits for the site as its file then describes it. Nothing is healed.
public final class Drills {
    /// How long a pair may take to become well.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// In addition to the time before the fault: at a low rate, a slow class may get its first
    /// answer only then.
    private static final Duration FIRST_ANSWERS = Duration.ofSeconds(10);

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final int IN_FLIGHT = 4000;

    private final Subject subject;
    private final Tools tools;
    private final OpenFaults journal;
    private final Progress progress;
    private final InstantSource clock;

    /// What a drill works with.
    ///
    /// @param docker what the nodes log, and what became of them
    /// @param runner runs the commands of a change
    /// @param source where its requests are sent from
    public record Tools(Docker docker, Runner runner, LoadSource source) {}

    public Drills(
            Subject subject,
            Tools tools,
            OpenFaults journal,
            Progress progress,
            InstantSource clock) {
        this.subject = subject;
        this.tools = tools;
        this.journal = journal;
        this.progress = progress;
        this.clock = clock;
    }

    /// What runs while something is done.
    private record Stage(DrillPlan plan, Load run, Path directory) {}

    /// Runs one drill and judges it.
    ///
    /// @param round the number of this repetition, starting at 1
    /// @param directory where to write its recording; it must not exist
    /// @throws Stop if the pair is not well before or after, if the fault cannot be injected or
    ///   healed, or if the recording cannot be written; the fault is healed then
    public FaultResult run(Deed deed, int round, DrillPlan plan, Path directory) {
        progress.begin(deed.name() + ": waiting until all is well");
        awaitWell(deed, ground(deed));
        Ground ground = ground(deed); // it is known now who has the VIP
        try {
            Files.createDirectories(directory);
            record(deed, ground, round, plan, directory);
            FaultResult result = Recording.read(directory).judged(plan.budget());
            progress.done(deed.name() + ": " + result.judgement().verdict());
            return result;
        } catch (LoadLost e) {
            throw lost(deed, directory, e);
        } catch (IOException e) {
            throw unwritten(deed, directory, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unwritten(deed, directory, new IOException("interrupted"));
        }
    }

    /// A fault needs a site that is well; a change may start from what an earlier one left.
    private Ground ground(Deed deed) {
        return switch (deed) {
            case Fault _ -> subject.ground();
            case Change _ -> subject.groundNow();
        };
    }

    private void record(Deed deed, Ground ground, int round, DrillPlan plan, Path directory)
            throws IOException, InterruptedException {
        LoadPlan load = load(deed, round, plan);
        // Everything that keeps the machine busy for a moment comes before the load.
        List<Witness> nodes = Witnesses.of(ground);
        try (HistoryWriter writer = RunHistory.write(directory.resolve(Recording.HISTORY));
                Watch watch = Watch.begin(ground, subject.vip());
                NodeLogs logs = logs(deed, nodes, directory);
                Load run = tools.source().start(load, writer);
                Precedence _ = Precedence.take()) { // not for the rehearsal, which uses it all
            Scene scene = new Scene(subject.vip(), run.zero(), nodes, new TreeMap<>());
            Account account = new Account(deed.name(), round, scene, prediction(deed), Map.of());
            write(directory, account);
            Stage stage = new Stage(plan, run, directory);
            account =
                    switch (deed) {
                        case Fault fault -> account.at(breakAndHeal(fault, stage, scene));
                        case Change change -> change(change, ground, stage, account);
                    };
            write(directory, account);
            run.stopAndAwait();
            account = account.at(account.scene().with(Moment.ENDED, run.nanos()));
            Disk.replace(directory.resolve(Recording.VIP), watch.seen());
            write(directory, account.without(logs.keep(account.scene())));
        }
    }

    private NodeLogs logs(Deed deed, List<Witness> nodes, Path directory) {
        return new NodeLogs(tools.docker(), directory, clock.instant()).of(deed, nodes);
    }

    private LoadPlan load(Deed deed, int round, DrillPlan plan) {
        String tag = deed.name() + "-" + round;
        List<ClassPlan> classes = new ArrayList<>(subject.classes());
        if (deed instanceof Fault fault && fault.concernsStreams()) {
            classes.addAll(new Streams(subject, plan, tools.source()).classes(progress));
        }
        return new LoadPlan(subject.target(), tag, plan.rate(), LONGEST, round, IN_FLIGHT, classes);
    }

    private Prediction prediction(Deed deed) {
        return switch (deed) {
            case Fault fault -> subject.prediction(fault);
            case Change _ -> Change.PREDICTION;
        };
    }

    private static void write(Path directory, Account account) throws IOException {
        Disk.replace(directory.resolve(Recording.ACCOUNT), account.text());
    }

    private Scene breakAndHeal(Fault fault, Stage stage, Scene before)
            throws IOException, InterruptedException {
        Load run = stage.run();
        Ground ground = subject.ground();
        StringBuilder engine = new StringBuilder();
        Announcement announcement = new Announcement(subject);
        announcement.begins(fault, ground);
        begin(fault, ground, stage);
        Scene scene = before.with(Moment.INJECTING, run.nanos());
        try (Injection _ = Injection.begin(fault, ground, journal, Company.ALONE)) {
            scene = scene.with(Moment.INJECTED, run.nanos());
            List<String> helpers = helpers(fault, ground);
            engine.append(engineEvents(scene, Moment.INJECTING, Moment.INJECTED, helpers));
            reach(run, run.nanos() + stage.plan().hold().toNanos());
            progress.begin(fault.name() + ": healing");
            scene = scene.with(Moment.HEALING, run.nanos());
        }
        scene = scene.with(Moment.HEALED, run.nanos());
        engine.append(engineEvents(scene, Moment.HEALING, Moment.HEALED, List.of()));
        Disk.replace(stage.directory().resolve(Recording.ENGINE), engine.toString());
        await(subject::lacksAfterHeal, lacks -> notHealed(fault, lacks));
        announcement.isHealed(fault, ground);
        return goOn(fault, "healed", stage, scene);
    }

    private Account change(Change change, Ground ground, Stage stage, Account account)
            throws IOException, InterruptedException {
        Load run = stage.run();
        Path directory = stage.directory();
        try (Claim _ = journal.held()) {
            begin(change, ground, stage);
            Scene scene = account.scene().with(Moment.CHANGING, run.nanos());
            Path said = directory.resolve(Recording.COMMANDS);
            List<CommandRun> runs = new OperatorShell(tools.runner(), run::nanos).run(change, said);
            scene = scene.with(Moment.CHANGED, run.nanos());
            Account changed = account.after(runs);
            write(directory, changed.at(scene));
            String engine = engineEvents(scene, Moment.CHANGING, Moment.CHANGED, List.of());
            Disk.replace(directory.resolve(Recording.ENGINE), engine);
            await(() -> subject.lacksAfterChange(ground), lacks -> notServing(said, lacks));
            scene = goOn(change, "all is well", stage, scene);
            List<Witness> now = Witnesses.of(subject.groundNow());
            return changed.at(scene.of(Witnesses.and(scene.nodes(), now)));
        }
    }

    /// All stays well for a while, and until each class has been answered once; then the deed
    /// begins. A class that was never answered has shown nothing, and the judge says so.
    ///
    /// @throws IOException if the load has ended meanwhile; then nothing is done
    private void begin(Deed deed, Ground ground, Stage stage)
            throws IOException, InterruptedException {
        progress.begin(deed.name() + ": all is well");
        Load run = stage.run();
        reach(run, run.nanos() + stage.plan().before().toNanos());
        await().until(
                        FIRST_ANSWERS,
                        () ->
                                run.isOver() || run.answeredEach()
                                        ? Optional.of(run)
                                        : Optional.empty());
        if (run.isOver()) {
            run.await();
            throw new IOException("the load has ended before anything was done");
        }
        progress.begin(deed.name() + ": " + deed.what(ground));
    }

    /// All stays well for a while again.
    private Scene goOn(Deed deed, String state, Stage stage, Scene scene) {
        long normal = stage.run().nanos();
        progress.begin(deed.name() + ": " + state);
        reach(stage.run(), normal + stage.plan().after().toNanos());
        return scene.with(Moment.NORMAL, normal);
    }

    /// What runs beside the nodes to break them; nothing that is known when the engine is what was
    /// broken.
    private static List<String> helpers(Fault fault, Ground ground) {
        try {
            return new Toolbox(ground, fault.name()).containers();
        } catch (Stop e) {
            return List.of();
        }
    }

    /// What the engine did between two moments. It is asked at once, because it keeps only the last
    /// few hundred events of all containers. If it does not answer, only the exact moment stays
    /// unknown.
    ///
    /// @param more containers beside the nodes: those that help the fault
    private String engineEvents(Scene scene, Moment from, Moment to, List<String> more) {
        List<String> containers =
                Stream.concat(scene.nodes().stream().map(Witness::container), more.stream())
                        .toList();
        Instant since = scene.time(from).orElse(scene.zero());
        Instant until = scene.time(to).orElse(scene.zero());
        Output events = tools.docker().events(containers, since, until);
        return events.ok() ? events.stdout() : "";
    }

    /// Waits until that time, or until the run has ended, which it does by itself only if its
    /// history cannot be written.
    private void reach(Load run, long nanos) {
        Duration limit = Duration.ofNanos(Math.max(0, nanos - run.nanos())).plusSeconds(5);
        await().until(
                        limit,
                        () ->
                                run.isOver() || run.nanos() >= nanos
                                        ? Optional.of(nanos)
                                        : Optional.empty());
    }

    private void awaitWell(Deed deed, Ground ground) {
        Supplier<List<String>> lacks =
                switch (deed) {
                    case Fault _ -> subject::lacks;
                    case Change _ -> () -> subject.lacksAfterChange(ground);
                };
        await(lacks, this::notWell);
    }

    private Await await() {
        return subject.ground().await();
    }

    /// Waits until nothing is missing.
    ///
    /// @param otherwise what to report, given what was still missing
    private void await(Supplier<List<String>> lacks, Function<List<String>, Stop> otherwise) {
        AtomicReference<List<String>> seen = new AtomicReference<>(List.of());
        Optional<Boolean> well =
                await().until(
                                PATIENCE,
                                () -> {
                                    seen.set(lacks.get());
                                    return seen.get().isEmpty()
                                            ? Optional.of(true)
                                            : Optional.empty();
                                });
        if (well.isEmpty()) {
            throw otherwise.apply(seen.get());
        }
    }

    private Stop notWell(List<String> lacks) {
        return new Stop(
                Stop.Kind.REFUSED,
                subject.name() + " is not well, so a drill would prove nothing",
                String.join("\n", lacks),
                "no fault is open",
                subject.look());
    }

    private Stop notHealed(Fault fault, List<String> lacks) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "%s is not well again %d s after the heal of %s"
                        .formatted(subject.name(), PATIENCE.toSeconds(), fault.name()),
                String.join("\n", lacks),
                "no fault is open: what " + fault.name() + " broke is repaired",
                subject.look());
    }

    private Stop notServing(Path said, List<String> lacks) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "%s is not well %d s after the change"
                        .formatted(subject.name(), PATIENCE.toSeconds()),
                String.join("\n", lacks),
                "as the commands of the change left it; their output is in " + said,
                subject.look());
    }

    private Stop lost(Deed deed, Path directory, LoadLost e) {
        return new Stop(
                Stop.Kind.INCONCLUSIVE,
                "the drill was aborted: the generator of its load is lost",
                String.valueOf(e.getMessage()),
                "%s; the recording in %s is incomplete".formatted(done(deed), directory),
                subject.look() + "; then the same drill again");
    }

    private static Stop unwritten(Deed deed, Path directory, IOException e) {
        return new Stop(
                Stop.Kind.INCONCLUSIVE,
                "the drill was aborted: its recording could not be written",
                e.toString(),
                "%s; the recording in %s is incomplete".formatted(done(deed), directory),
                "df -h " + directory.resolveSibling("."));
    }

    private static String done(Deed deed) {
        return switch (deed) {
            case Fault _ -> "no fault is open";
            case Change _ -> "the change is as its commands left it";
        };
    }
}
