package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.drill.FaultResult;
import dev.tandem.drill.Recording;
import dev.tandem.drill.judge.OutageSpan;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the drill of one fault has left in its directory: more than a verdict, which is of all
/// requests together.
final class FaultRun {
    private static final Pattern RAN = Pattern.compile(" ran id=(\\S+) ");

    private final Recording recording;
    private final FaultResult result;
    private final boolean conclusive;

    private FaultRun(Path directory) throws IOException {
        this.recording = Recording.read(directory);
        this.result = recording.judged(Budget.NONE);
        assertThat(result.judgement().verdict())
                .as(() -> result.title() + ": " + result.judgement().reasons())
                .isNotEqualTo(Verdict.FAILED);
        this.conclusive = Tally.isConclusive(result.title(), result.judgement());
    }

    /// Drills a site with a fault that stays for so many seconds. Without a budget it fails only
    /// when somebody is not served again at the end, or when a request ran twice; a machine that is
    /// too busy leaves it inconclusive ({@link Tally}).
    static FaultRun of(TestSite site, String fault, int hold) throws IOException {
        return of(ShortDrills.of(site), fault, hold);
    }

    /// The same by these drills.
    static FaultRun of(ShortDrills drills, String fault, int hold) throws IOException {
        return new FaultRun(drills.drill(fault, Duration.ofSeconds(hold)));
    }

    /// Nobody was without an answer for longer than this.
    void outageIsAtMost(Duration limit) {
        assertThat(result.judgement().measured().outage().map(OutageSpan::length))
                .as(() -> story())
                .satisfiesAnyOf(
                        outage -> assertThat(outage).isEmpty(),
                        outage -> assertThat(outage.orElseThrow()).isLessThanOrEqualTo(limit));
    }

    /// The fault's name.
    String fault() {
        return result.fault();
    }

    /// Whether what clients saw is the doing of the site, and not of a machine that had too much
    /// else to do. `./check` counts those of which this is not so.
    boolean isConclusive() {
        return conclusive;
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
