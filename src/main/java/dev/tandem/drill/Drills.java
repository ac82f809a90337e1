package dev.tandem.drill;

import dev.tandem.deploy.Progress;
import dev.tandem.docker.Await;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.evidence.Scene;
import dev.tandem.evidence.Scene.Moment;
import dev.tandem.evidence.Witness;
import dev.tandem.load.Generator;
import dev.tandem.load.History;
import dev.tandem.load.HistoryWriter;
import dev.tandem.load.LoadPlan;
import dev.tandem.load.LoadRun;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Runs drills on a pair, one after the other. Each one:
///
/// 1. waits until the pair is well, and refuses to break one that is not;
/// 2. sends requests to the VIP, at a rate that nothing slows down, and watches who owns the VIP;
/// 3. injects the fault, holds it, heals it, and sees to it that the heal has worked;
/// 4. waits until the pair is well again, sends some more, and ends;
/// 5. keeps what all nodes logged, and judges what was recorded, by the files that were written, so
///    that a later judge sees the same.
///
/// However it ends, the fault is healed ({@link Injection}).
public final class Drills {
    /// How long a pair may take to be well.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final int IN_FLIGHT = 4000;

    private final Subject subject;
    private final Docker docker;
    private final OpenFaults journal;
    private final Progress progress;

    public Drills(Subject subject, Docker docker, OpenFaults journal, Progress progress) {
        this.subject = subject;
        this.docker = docker;
        this.journal = journal;
        this.progress = progress;
    }

    /// Runs one drill and judges it.
    ///
    /// @param round which time it is, the first being 1
    /// @param directory where its recording is written; it must not exist
    /// @throws Stop when the pair is not well beforehand, when the fault cannot be injected or
    ///   healed, or when the recording cannot be written; the fault is healed then
    public FaultResult run(Fault fault, int round, DrillPlan plan, Path directory) {
        progress.begin(fault.name() + ": waiting until all is well");
        awaitWell();
        try {
            Files.createDirectories(directory);
            record(fault, round, plan, directory);
            FaultResult result = Recording.read(directory).judged(plan.budget());
            progress.done(fault.name() + ": " + result.judgement().verdict());
            return result;
        } catch (IOException e) {
            throw unwritten(directory, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unwritten(directory, new IOException("interrupted"));
        }
    }

    private void record(Fault fault, int round, DrillPlan plan, Path directory)
            throws IOException, InterruptedException {
        LoadPlan load =
                new LoadPlan(
                        subject.target(),
                        fault.name() + "-" + round,
                        plan.rate(),
                        LONGEST,
                        round,
                        IN_FLIGHT,
                        subject.classes());
        try (HistoryWriter writer = History.write(directory.resolve(Recording.HISTORY));
                Watch watch = Watch.begin(subject.ground(), subject.vip());
                LoadRun run = Generator.start(load, writer)) {
            Scene scene = new Scene(subject.vip(), run.zero(), witnesses(), new TreeMap<>());
            Prediction prediction = subject.prediction(fault.name());
            Account account = new Account(fault.name(), round, scene, prediction, Map.of());
            write(directory, account);
            StringBuilder engine = new StringBuilder();
            account = account.at(breakAndHeal(fault, plan, run, scene, engine));
            Files.writeString(directory.resolve(Recording.ENGINE), engine);
            write(directory, account);
            run.stopAndAwait();
            account = account.at(account.scene().with(Moment.ENDED, run.nanos()));
            Files.writeString(directory.resolve(Recording.VIP), watch.seen());
            write(directory, account.without(keepLogs(directory, account.scene())));
        }
    }

    private static void write(Path directory, Account account) throws IOException {
        Files.writeString(directory.resolve(Recording.ACCOUNT), account.text());
    }

    private Scene breakAndHeal(
            Fault fault, DrillPlan plan, LoadRun run, Scene before, StringBuilder engine) {
        Ground ground = subject.ground();
        progress.begin(fault.name() + ": all is well");
        reach(run, plan.before().toNanos());
        progress.begin(fault.name() + ": " + fault.what(ground));
        Scene scene = before.with(Moment.INJECTING, run.nanos());
        try (Injection _ = Injection.begin(fault, ground, journal, Company.ALONE)) {
            scene = scene.with(Moment.INJECTED, run.nanos());
            engine.append(engineEvents(scene, Moment.INJECTING, Moment.INJECTED));
            reach(run, run.nanos() + plan.hold().toNanos());
            progress.begin(fault.name() + ": healing");
            scene = scene.with(Moment.HEALING, run.nanos());
        }
        scene = scene.with(Moment.HEALED, run.nanos());
        engine.append(engineEvents(scene, Moment.HEALING, Moment.HEALED));
        await(subject::lacksAfterHeal);
        long normal = run.nanos();
        progress.begin(fault.name() + ": healed");
        reach(run, normal + plan.after().toNanos());
        return scene.with(Moment.NORMAL, normal);
    }

    private List<Witness> witnesses() {
        Ground ground = subject.ground();
        List<Witness> all = new ArrayList<>();
        ground.balancers().forEach(node -> all.add(witness(Witness.Role.BALANCER, node)));
        ground.servers().forEach(node -> all.add(witness(Witness.Role.SERVER, node)));
        return all;
    }

    private Witness witness(Witness.Role role, Node node) {
        List<String> macs = subject.ground().nodes().macs(node.container());
        return new Witness(role, node.name(), node.container(), node.addresses(), macs);
    }

    /// Writes what every node has logged since the beginning; returns why that of a node could not
    /// be had, by node.
    private Map<String, String> keepLogs(Path directory, Scene scene) throws IOException {
        Map<String, String> unread = new TreeMap<>();
        Instant since = scene.zero().minusSeconds(1);
        for (Witness node : scene.nodes()) {
            Output output = docker.logsSince(node.container(), since);
            if (output.ok()) {
                Files.writeString(Recording.log(directory, node), output.stdout());
            } else {
                unread.put(node.name(), output.lastLines(1));
            }
        }
        return unread;
    }

    /// What the engine did between two moments. It is asked at once: it keeps only the last few
    /// hundred events of all containers. One that does not say leaves nothing unknown but the exact
    /// moment.
    private String engineEvents(Scene scene, Moment from, Moment to) {
        List<String> containers = scene.nodes().stream().map(Witness::container).toList();
        Instant since = scene.zero().plusNanos(scene.at(from).orElse(0L));
        Instant until = scene.zero().plusNanos(scene.at(to).orElse(0L));
        return docker.events(containers, since, until).stdout();
    }

    /// Until then, or until the run has ended, which it does by itself only when its history cannot
    /// be written.
    private static void reach(LoadRun run, long nanos) {
        Duration limit = Duration.ofNanos(Math.max(0, nanos - run.nanos())).plusSeconds(5);
        Await.until(
                limit,
                () -> run.isOver() || run.nanos() >= nanos ? Optional.of(nanos) : Optional.empty());
    }

    private void awaitWell() {
        await(subject::lacks);
    }

    private void await(Supplier<List<String>> lacks) {
        Optional<Boolean> well =
                Await.until(
                        PATIENCE,
                        () -> lacks.get().isEmpty() ? Optional.of(true) : Optional.empty());
        if (well.isEmpty()) {
            throw notWell();
        }
    }

    private Stop notWell() {
        return new Stop(
                Stop.Kind.REFUSED,
                subject.name() + " is not well, so a drill would show nothing",
                String.join("\n", subject.lacks()),
                "no fault is open",
                subject.look());
    }

    private static Stop unwritten(Path directory, IOException e) {
        return new Stop(
                Stop.Kind.INCONCLUSIVE,
                "the drill was broken off: its recording could not be written",
                e.toString(),
                "the fault is healed; the recording in " + directory + " is not whole",
                "df -h " + directory.resolveSibling("."));
    }
}
