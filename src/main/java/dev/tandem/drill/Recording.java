package dev.tandem.drill;

import dev.tandem.drill.fault.Change;
import dev.tandem.drill.judge.Cause;
import dev.tandem.drill.judge.CommandRun;
import dev.tandem.drill.judge.Judge;
import dev.tandem.drill.judge.Marks;
import dev.tandem.drill.judge.Timekeeping;
import dev.tandem.drill.judge.Trial;
import dev.tandem.drill.predict.Estimate;
import dev.tandem.evidence.EngineLog;
import dev.tandem.evidence.Event;
import dev.tandem.evidence.Evidence;
import dev.tandem.evidence.Executions;
import dev.tandem.evidence.Ledger;
import dev.tandem.evidence.NodeLog;
import dev.tandem.evidence.Owners;
import dev.tandem.evidence.Scene;
import dev.tandem.evidence.Scene.Moment;
import dev.tandem.evidence.Takeover;
import dev.tandem.evidence.Timeline;
import dev.tandem.evidence.Witness;
import dev.tandem.load.RunHistory;
import dev.tandem.model.Budget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The directory of one injected fault, or of one change: everything recorded, as files that people
/// can read too, and everything that a judge needs, at any later time.
///
/// ```
/// requests.history   what became of each request
/// drill              the fault, the nodes, the moments, the prediction
/// haproxy-a.log ...  what each node logged
/// vip.log            who answered ARP for the VIP
/// engine.log         what Docker did to the nodes
/// command.log        what the commands of a change said
/// ```
///
/// @param account the content of `drill`
/// @param history the content of `requests.history`
/// @param logs what the nodes logged
/// @param engine the content of `engine.log`
/// @param owners the content of `vip.log`
/// @param output the content of `command.log`
public record Recording(
        Account account,
        RunHistory history,
        List<NodeLog> logs,
        EngineLog engine,
        Owners owners,
        String output) {
    static final String ACCOUNT = "drill";

    /// Its file with the outcome of each request.
    public static final String HISTORY = "requests.history";

    static final String VIP = "vip.log";
    static final String ENGINE = "engine.log";
    static final String COMMANDS = "command.log";

    private static final int LABEL = 60;

    /// The generator kept its schedule if 99 of 100 requests were no later than this.
    private static final Duration LATE = Duration.ofMillis(20);

    public Recording {
        logs = List.copyOf(logs);
    }

    static Path log(Path directory, Witness node) {
        return directory.resolve(node.name() + ".log");
    }

    /// Whether a directory is a recording.
    public static boolean isOne(Path directory) {
        return Files.isRegularFile(directory.resolve(ACCOUNT));
    }

    /// Reads a recording.
    ///
    /// @throws IOException if a file cannot be read or is not what it should be; the message names
    ///   it
    public static Recording read(Path directory) throws IOException {
        Path file = directory.resolve(ACCOUNT);
        Account account;
        try {
            account = Account.parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        Scene scene = account.scene();
        List<NodeLog> logs = new ArrayList<>();
        for (Witness node : scene.nodes()) {
            if (!account.unread().containsKey(node.name())) {
                logs.add(NodeLog.parse(node, text(log(directory, node)), scene.zero()));
            }
        }
        return new Recording(
                account,
                RunHistory.read(directory.resolve(HISTORY)),
                logs,
                EngineLog.parse(textIfAny(directory.resolve(ENGINE)), scene),
                Owners.parse(textIfAny(directory.resolve(VIP)), scene),
                textIfAny(directory.resolve(COMMANDS)));
    }

    private static String textIfAny(Path file) throws IOException {
        return Files.exists(file) ? text(file) : "";
    }

    /// A log may contain any bytes.
    static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /// Judges it.
    public FaultResult judged(Budget budget) {
        Timeline timeline =
                Timeline.of(account.scene(), history.records(), logs, engine, owners)
                        .with(commands());
        Cause cause = account.cause(output);
        Ledger ledger = Ledger.of(account.scene(), history.records(), logs, account.unread());
        Trial trial =
                new Trial(
                        history.records(),
                        marks(timeline),
                        timekeeping(),
                        takeover(timeline),
                        Executions.of(logs, account.unread()),
                        cause);
        return new FaultResult(
                account.fault(),
                account.round(),
                account.prediction(),
                Judge.judge(trial, budget),
                new Evidence(account.scene(), timeline, owners, ledger),
                cause);
    }

    /// What an operator did, and when that had ended.
    private List<Event> commands() {
        List<Event> events = new ArrayList<>();
        for (CommandRun run : account.commands()) {
            String name = run.command();
            String brief = name.length() > LABEL ? name.substring(0, LABEL) + "..." : name;
            events.add(new Event(run.from(), Event.Kind.DRILL, "", "$ " + brief));
            events.add(new Event(run.to(), Event.Kind.DRILL, "", run.ending()));
        }
        return events;
    }

    /// The fault begins when its injection begins: its effects are never older. It is over when all
    /// is well again. A truncated recording has no end.
    private Marks marks(Timeline timeline) {
        Scene scene = account.scene();
        return new Marks(
                scene.begun(),
                timeline.struck(scene),
                scene.at(Moment.NORMAL),
                history.isComplete() ? scene.at(Moment.ENDED) : Optional.empty());
    }

    private Timekeeping timekeeping() {
        return history.end()
                .map(end -> end.punctuality().kept(LATE) ? Timekeeping.KEPT : Timekeeping.LATE)
                .orElse(Timekeeping.UNKNOWN);
    }

    /// No move of the VIP was predicted, and the watch saw that it stayed. A change may take away
    /// the very container from which the VIP was watched.
    private boolean stayed() {
        boolean unpromised = account.prediction().moved().orElseThrow() instanceof Estimate.Unknown;
        boolean watched = !owners.spans().isEmpty() || account.fault().equals(Change.NAME);
        return unpromised && watched;
    }

    /// From Keepalived's own events or, where it logs none, from the answers to ARP.
    private Takeover takeover(Timeline timeline) {
        Scene scene = account.scene();
        Optional<Long> at = timeline.moved(scene);
        if (at.isPresent()) {
            return new Takeover.At(timeline.struck(scene).orElseThrow(), at.get());
        }
        return account.prediction().moved().isEmpty() || stayed()
                ? new Takeover.NotExpected()
                : new Takeover.Missing("no other balancer logged that it became master");
    }
}
