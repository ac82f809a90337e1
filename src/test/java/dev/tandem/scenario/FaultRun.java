package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.Recording;
import dev.tandem.drill.judge.Verdict;
import dev.tandem.evidence.Event;
import dev.tandem.evidence.NodeLog;
import dev.tandem.evidence.Owners;
import dev.tandem.evidence.Scene.Moment;
import dev.tandem.evidence.Witness;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import dev.tandem.model.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one fault of a `tandem drill` has left in its run directory: more than a verdict, which is
/// of all requests together.
final class FaultRun {
    private static final Pattern RAN = Pattern.compile(" ran id=(\\S+) ");

    private final Recording recording;
    private final FaultResult result;

    private FaultRun(Recording recording) {
        this.recording = recording;
        this.result = recording.judged(Budget.NONE);
    }

    /// Drills a site with these faults, one after the other, each so many seconds long. A generator
    /// that was late leaves a drill inconclusive (exit code 6). Without a budget one fails only
    /// when somebody is not served again at the end, or when a request ran twice.
    static List<FaultRun> of(TestSite site, int hold, String... faults) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("drill", "--yes", "--rate", "50"));
        arguments.addAll(List.of("--hold", Integer.toString(hold)));
        arguments.addAll(List.of(faults));
        Output drill = site.tandem(arguments.toArray(String[]::new));
        DrillRun.cameTo(Verdict.PASSED, drill);
        List<FaultRun> runs = new ArrayList<>();
        for (Path recording : inTheLast(site.rendered().resolve("runs"))) {
            runs.add(new FaultRun(Recording.read(recording)));
        }
        assertThat(runs).as("a recording for each fault").hasSize(faults.length);
        return runs;
    }

    /// The recordings of the last run.
    private static List<Path> inTheLast(Path runs) throws IOException {
        try (Stream<Path> all = Files.list(runs);
                Stream<Path> recordings = Files.list(all.sorted().toList().getLast())) {
            return recordings.filter(Recording::isOne).toList();
        }
    }

    /// The fault's name.
    String fault() {
        return result.fault();
    }

    /// Whether the generator kept its schedule: only then is what clients saw the doing of the
    /// site, and not of a machine that had too much else to do.
    boolean wasPunctual() {
        return recording
                .history()
                .end()
                .map(end -> end.punctuality().kept(DrillRun.LATENESS))
                .orElse(false);
    }

    /// Those of some kinds that were under way at that moment, or came later.
    List<RequestRecord> requests(List<RequestClass> kinds, Moment from) {
        return recording.history().records().stream()
                .filter(record -> kinds.contains(record.kind()) && record.done() >= at(from))
                .toList();
    }

    /// All that were lost, planned from that moment on.
    List<RequestRecord> lost(Moment from) {
        return recording.history().records().stream()
                .filter(record -> record.planned() >= at(from) && isLost(record))
                .toList();
    }

    static boolean isLost(RequestRecord record) {
        return record.outcome() != Outcome.OK && record.outcome() != Outcome.OWN_FAULT;
    }

    /// The uploads that web servers ran, each as often as it ran.
    List<String> executed() {
        return recording.logs().stream()
                .filter(log -> log.node().role() == Witness.Role.SERVER)
                .flatMap(log -> log.lines().stream())
                .map(NodeLog.Line::text)
                .flatMap(text -> RAN.matcher(" " + text).results())
                .map(FaultRun::id)
                .toList();
    }

    private static String id(MatchResult ran) {
        return ran.group(1);
    }

    /// What happened from then on, of one sort.
    List<Event> events(Event.Kind kind, Moment from) {
        return result.evidence().timeline().events().stream()
                .filter(event -> event.kind() == kind && event.at() >= at(from))
                .toList();
    }

    /// Everything that happened, a line each, for whoever has to find out why a test has failed:
    /// what each check saw, too, which the drill's own report leaves out.
    String story() {
        return result.evidence().timeline().events().stream()
                .map(Event::toString)
                .collect(Collectors.joining("\n", fault() + "\n", "\n"));
    }

    /// Who held the VIP from the beginning of the recording on, as the LAN saw it.
    List<Owners.Span> owners() {
        return recording.owners().spans();
    }

    /// Nanoseconds on the clock of the records.
    long at(Moment moment) {
        return recording.account().scene().at(moment).orElseThrow();
    }
}
