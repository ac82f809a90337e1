package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.drill.Recording;
import dev.tandem.drill.judge.CommandRun;
import dev.tandem.drill.judge.Verdict;
import dev.tandem.evidence.Event;
import dev.tandem.evidence.Scene.Moment;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import dev.tandem.load.RunHistory;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What one `tandem drill change` has left in its run directory. A verdict alone shows little: a
/// drill that counts nothing loses nothing. So what was recorded is looked at, and compared with
/// what the nodes logged.
final class DrillRun {
    /// The exit code of a drill that shows nothing.
    static final int INCONCLUSIVE = 6;

    /// The last line of a drill names its directory.
    private static final Pattern DIRECTORY =
            Pattern.compile("(?m)^Report, recordings, logs: (.*)$");

    private static final Pattern REASONS = Pattern.compile("\"reasons\" : \\[ (.*)],");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern TOLD =
            Pattern.compile(
                    "\"at_ms\" : (\\S+),\\s+\"kind\" : \"DRILL\",\\s+\"node\" : null,"
                            + "\\s+\"text\" : "
                            + QUOTED);
    private static final Pattern LOGGED = Pattern.compile(" id=(change-1-\\d+)\n");
    private static final Pattern RAN = Pattern.compile(" ran id=(change-1-\\d+) ");

    private final Output drill;
    private final Path directory;
    private final Recording recording;
    private final String report;

    private DrillRun(Output drill, Path run) throws IOException {
        this.drill = drill;
        this.directory = run.resolve("change-1");
        this.recording = Recording.read(directory);
        this.report = Files.readString(run.resolve("report.json"));
    }

    /// That of a drill of this site, which has just ended with a verdict.
    static DrillRun of(TestSite site, Output drill) throws IOException {
        assertThat(drill.exit()).as(drill.stdout() + drill.stderr()).isIn(0, 1, INCONCLUSIVE);
        try (Stream<Path> runs = Files.list(site.rendered().resolve("runs"))) {
            Path last = runs.sorted().reduce((_, later) -> later).orElseThrow();
            assertThat(drill.stdout()).startsWith("drill " + last.getFileName() + " ");
            return new DrillRun(drill, last);
        }
    }

    /// Any drill of one fault came to this verdict, by its exit code, or to none (exit code 6) with
    /// an excuse ({@link Tally}).
    ///
    /// @return whether it came to the verdict
    static boolean cameTo(Verdict wanted, Output drill) throws IOException {
        String said = drill.stdout() + drill.stderr();
        assertThat(drill.exit()).as(said).isIn(wanted == Verdict.PASSED ? 0 : 1, INCONCLUSIVE);
        boolean conclusive = Tally.isConclusive(recording(drill));
        assertThat(drill.exit() != INCONCLUSIVE).as(said).isEqualTo(conclusive);
        return conclusive;
    }

    /// The only recording of a drill of one fault, or of one change.
    private static Path recording(Output drill) throws IOException {
        Matcher named = DIRECTORY.matcher(drill.stdout() + drill.stderr());
        assertThat(named.find()).as(drill.stdout() + drill.stderr()).isTrue();
        try (Stream<Path> all = Files.list(Path.of(named.group(1)))) {
            List<Path> recordings = all.filter(Recording::isOne).toList();
            assertThat(recordings).hasSize(1);
            return recordings.getFirst();
        }
    }

    /// It came to this verdict, by its exit code and by its report; or to none, with an excuse.
    void cameTo(Verdict wanted) throws IOException {
        boolean conclusive = cameTo(wanted, drill);
        assertThat(report).contains(verdict(conclusive ? wanted : Verdict.INCONCLUSIVE));
        assertThat(reasons().isEmpty()).as("reasons: " + reasons()).isEqualTo(drill.exit() == 0);
    }

    private static String verdict(Verdict verdict) {
        return "\n  \"verdict\" : \"" + verdict + "\"";
    }

    /// Why it did not pass.
    private List<String> reasons() {
        String all = REASONS.matcher(report).results().findFirst().orElseThrow().group(1);
        return QUOTED.matcher(all).results().map(one -> one.group(1)).toList();
    }

    /// Each request has one record, there are some of every class, before, and after, and the
    /// report counts the same. Whatever a web server has logged was recorded.
    void everyRequestIsCounted(int rate) {
        RunHistory history = recording.history();
        List<RequestRecord> records = history.records();
        assertThat(history.isComplete()).as("its end is there, and tells their number").isTrue();
        List<String> ids =
                IntStream.range(0, records.size()).mapToObj(n -> "change-1-" + n).toList();
        assertThat(ids(records)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(records)
                .extracting(RequestRecord::kind)
                .containsAll(
                        Stream.of(RequestClass.values())
                                .filter(one -> !one.isStream() && one != RequestClass.STICKY)
                                .toList());
        assertThat(records)
                .filteredOn(record -> record.planned() < at(Moment.CHANGING))
                .as("in the 3 seconds before")
                .hasSizeGreaterThan(2 * rate);
        assertThat(records)
                .filteredOn(record -> record.planned() > at(Moment.NORMAL))
                .as("in the 3 seconds after")
                .hasSizeGreaterThan(2 * rate);
        assertThat(report)
                .contains("\n    \"planned\" : " + records.size() + ",")
                .contains("\n    \"lost\" : " + lost().size() + ",");
        assertThat(logged()).isNotEmpty().isSubsetOf(ids);
    }

    /// Not one request was lost, by the word of both sides: each was answered, each stands in the
    /// log of a web server, and each upload ran once. The balancers' logs are no witness: of 338
    /// answered requests, two were once missing in HAProxy's.
    void nothingIsLost() {
        List<RequestRecord> records = recording.history().records();
        assertThat(records).extracting(RequestRecord::outcome).containsOnly(Outcome.OK);
        assertThat(Set.copyOf(logged())).containsExactlyInAnyOrderElementsOf(ids(records));
        assertThat(executed()).containsExactlyInAnyOrderElementsOf(ids(uploads()));
    }

    /// Some were, none before the change, and of each the report tells where.
    void somethingIsLost() {
        assertThat(lost())
                .isNotEmpty()
                .allSatisfy(record ->
                        assertThat(record.done()).isGreaterThanOrEqualTo(at(Moment.CHANGING)));
        assertThat(report.split("\n      \"place\" : \"", -1)).hasSize(lost().size() + 1);
    }

    /// Each upload that was answered ran once, and none ran twice.
    void everyUploadRanOnce() {
        assertThat(executed())
                .doesNotHaveDuplicates()
                .containsAll(
                        ids(uploads().stream().filter(r -> r.outcome() == Outcome.OK).toList()));
    }

    /// These commands ran, each in its time; the timeline of the report tells all of it.
    ///
    /// @param endings what was run and how it ended: `pwd: exit 0`
    void ran(String... endings) {
        List<CommandRun> commands = recording.account().commands();
        assertThat(commands)
                .extracting(run -> run.command() + ": " + run.ending())
                .containsExactly(endings);
        List<Event> events = new ArrayList<>();
        events.add(event(at(Moment.CHANGING), "the change begins"));
        for (CommandRun run : commands) {
            events.add(event(run.from(), "$ " + brief(run.command())));
            events.add(event(run.to(), run.ending()));
        }
        events.add(event(at(Moment.CHANGED), "the change is done"));
        events.add(event(at(Moment.NORMAL), "all is well again"));
        events.add(event(at(Moment.ENDED), "the recording ends"));
        assertThat(events).extracting(Event::at).isSorted();
        assertThat(told()).containsExactlyElementsOf(events);
    }

    /// As the timeline has it.
    private static String brief(String command) {
        return command.length() > 60 ? command.substring(0, 60) + "..." : command;
    }

    private static Event event(long at, String text) {
        return new Event(at, Event.Kind.DRILL, "", text);
    }

    /// What the report tells of the drill itself, in its order.
    private List<Event> told() {
        return TOLD.matcher(report).results().map(DrillRun::told).toList();
    }

    private static Event told(MatchResult event) {
        long nanos = new BigDecimal(event.group(1)).movePointRight(6).longValueExact();
        return event(nanos, event.group(2));
    }

    /// A file of the recording.
    Path file(String name) {
        return directory.resolve(name);
    }

    private long at(Moment moment) {
        return recording.account().scene().at(moment).orElseThrow();
    }

    /// Those that were not answered as they should be.
    private List<RequestRecord> lost() {
        return recording.history().records().stream()
                .filter(r -> r.outcome() != Outcome.OK && r.outcome() != Outcome.OWN_FAULT)
                .toList();
    }

    private List<RequestRecord> uploads() {
        return recording.history().records().stream()
                .filter(record -> record.kind() == RequestClass.UPLOAD)
                .toList();
    }

    private static List<String> ids(List<RequestRecord> records) {
        return records.stream().map(RequestRecord::id).toList();
    }

    /// The requests that the web servers logged.
    private List<String> logged() {
        return found(LOGGED);
    }

    /// The requests that the web servers ran.
    private List<String> executed() {
        return found(RAN);
    }

    private List<String> found(Pattern pattern) {
        return Stream.of("web-a.log", "web-b.log")
                .flatMap(log -> pattern.matcher(text(log)).results())
                .map(found -> found.group(1))
                .toList();
    }

    private String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
