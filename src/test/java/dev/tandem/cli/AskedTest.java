package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.Returning;
import dev.tandem.change.carry.Away;
import dev.tandem.change.carry.Force;
import dev.tandem.change.carry.WaitLimits;
import dev.tandem.cli.Console.Style;
import dev.tandem.cli.DrillOptions.Load;
import dev.tandem.cli.DrillOptions.OfChange;
import dev.tandem.docker.LogPart.Which;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The result of parsing a command line: the record that a verb gets.
class AskedTest {
    private static final ChangeOptions USUAL =
            new ChangeOptions(WaitLimits.USUAL, new Force(false, false));
    private static final List<Verb<?>> VERBS = RealVerbs.all(new Captured(Style.LINES).console());

    /// The record for a line that begins with the name of a verb.
    private static Object asked(String line) {
        List<String> words = List.of(line.split(" "));
        Verb<?> verb =
                VERBS.stream()
                        .filter(v -> v.name().equals(words.getFirst()))
                        .findAny()
                        .orElseThrow();
        return asked(verb, words.subList(1, words.size()));
    }

    private static <A> A asked(Verb<A> verb, List<String> words) {
        Options options = new Options();
        var reading = verb.options(options);
        String[] rest = words.toArray(String[]::new);
        CommandLine line = new CommandLine(Specification.of(options.declared()));
        return reading.apply(new ParsedGiven(line.parseArgs(rest)));
    }

    @Test
    void upInstallsAnEngineAndFetchesPackagesOnlyWhenToldTo() {
        assertThat(asked("up"))
                .isEqualTo(
                        new UpVerb.Asked(
                                EngineSetup.Consent.TO_BE_ASKED, UpVerb.Packages.PRESENT, USUAL));
        assertThat(asked("up --refresh"))
                .isEqualTo(
                        new UpVerb.Asked(
                                EngineSetup.Consent.TO_BE_ASKED, UpVerb.Packages.FRESH, USUAL));
        assertThat(asked("up -y --force --take-lock --wait-timeout 8 --watch-time 1"))
                .isEqualTo(
                        new UpVerb.Asked(
                                EngineSetup.Consent.GIVEN,
                                UpVerb.Packages.PRESENT,
                                new ChangeOptions(
                                        new WaitLimits(
                                                Duration.ofSeconds(8), Duration.ofSeconds(1)),
                                        new Force(true, true))));
    }

    @Test
    void aChangeIsConfirmedOnTheCommandLineOrByAnAnswer() {
        assertThat(asked("apply")).isEqualTo(new ChangeOptions.Confirmed(false, USUAL));
        assertThat(asked("rollback --yes"))
                .isEqualTo(
                        new RollbackVerb.Asked(
                                new ChangeOptions.Confirmed(true, USUAL), Returning.STAY));
        assertThat(asked("rollback --certificates"))
                .isEqualTo(
                        new RollbackVerb.Asked(
                                new ChangeOptions.Confirmed(false, USUAL), Returning.RETURN));
        assertThat(asked("history --purge all -y"))
                .isEqualTo(new HistoryVerb.Asked(false, Optional.of("all"), true));
    }

    @Test
    void displayVerbsHaveAForm() {
        assertThat(asked("status"))
                .isEqualTo(
                        new StatusVerb.Asked(
                                StatusVerb.Form.TEXT, StatusVerb.Often.ONCE, StatusVerb.Look.AGE));
        assertThat(asked("status --watch --json"))
                .isEqualTo(
                        new StatusVerb.Asked(
                                StatusVerb.Form.JSON,
                                StatusVerb.Often.AGAIN_AND_AGAIN,
                                StatusVerb.Look.AGE));
        assertThat(asked("status --updates"))
                .isEqualTo(
                        new StatusVerb.Asked(
                                StatusVerb.Form.TEXT,
                                StatusVerb.Often.ONCE,
                                StatusVerb.Look.UPDATES));
        assertThat(asked("plan --json")).isEqualTo(new PlanVerb.Asked(true, Away.NONE));
        assertThat(asked("plan --without m1 --gone m2"))
                .isEqualTo(new PlanVerb.Asked(false, new Away(List.of("m1"), List.of("m2"))));
        assertThat(asked("machine m1 drain --without m2 --without m3"))
                .isEqualTo(
                        new MachineVerb.Asked(
                                Optional.of("m1"),
                                Optional.of("drain"),
                                new ChangeOptions(
                                        WaitLimits.USUAL,
                                        new Force(
                                                false,
                                                false,
                                                new Away(List.of("m2", "m3"), List.of())))));
        assertThat(asked("doctor")).isEqualTo(new DoctorVerb.Asked(false));
    }

    @Test
    void aNodeGetsTheOrderThatTheVerbNames() {
        assertThat(asked("drain web-a --wait"))
                .isEqualTo(node(Optional.of("web-a"), Optional.empty(), true));
        assertThat(asked("weight web-a 20%"))
                .isEqualTo(node(Optional.of("web-a"), Optional.of("20%"), false));
        assertThat(asked("switchover")).isEqualTo(node(Optional.empty(), Optional.empty(), false));
        assertThat(asked("ready web-a"))
                .isEqualTo(node(Optional.of("web-a"), Optional.empty(), false));
    }

    private static NodeVerb.Asked node(
            Optional<String> node, Optional<String> percent, boolean waits) {
        return new NodeVerb.Asked(node, percent, waits, USUAL);
    }

    @Test
    void theJournalRecordsAnOrderAsTyped() {
        assertThat(node(Optional.of("web-a"), Optional.of("20%"), false).subject())
                .isEqualTo("web-a 20%");
        assertThat(node(Optional.empty(), Optional.empty(), false).subject()).isEmpty();
    }

    @Test
    void logsDefaultToAHundredLinesOfAllNodes() {
        LogsVerb.Asked usual = (LogsVerb.Asked) asked("logs");
        assertThat(usual)
                .isEqualTo(
                        new LogsVerb.Asked(
                                Optional.empty(),
                                OptionalInt.empty(),
                                Optional.empty(),
                                Which.SO_FAR,
                                false));
        assertThat(usual.tail()).isEqualTo("100");
        LogsVerb.Asked all = (LogsVerb.Asked) asked("logs web-a -n 3 --since 10m --follow --json");
        assertThat(all)
                .isEqualTo(
                        new LogsVerb.Asked(
                                Optional.of("web-a"),
                                OptionalInt.of(3),
                                Optional.of("10m"),
                                Which.FOLLOWED,
                                true));
        assertThat(all.tail()).isEqualTo("3");
        assertThat(((LogsVerb.Asked) asked("logs --since 10m")).tail()).isEqualTo("all");
    }

    @Test
    void imagesAreKeptByDefault() {
        assertThat(asked("down")).isEqualTo(new DownVerb.Asked(true, false, List.of()));
        assertThat(asked("down --keep-images"))
                .isEqualTo(new DownVerb.Asked(true, false, List.of()));
        assertThat(asked("down --without m1"))
                .isEqualTo(new DownVerb.Asked(true, false, List.of("m1")));
        assertThat(asked("down --no-keep-images --take-lock"))
                .isEqualTo(new DownVerb.Asked(false, true, List.of()));
    }

    @Test
    void filesGoToTheirUsualPlaceByDefault() {
        assertThat(asked("render"))
                .isEqualTo(new RenderVerb.Asked(Optional.empty(), Optional.empty()));
        assertThat(asked("render -o out"))
                .isEqualTo(new RenderVerb.Asked(Optional.of(Path.of("out")), Optional.empty()));
    }

    @Test
    void optionsOfADrillThatAreNotGivenStayOpen() {
        assertThat(asked("drill"))
                .isEqualTo(
                        drill(
                                List.of(),
                                new OfChange(List.of(), OptionalInt.empty()),
                                new Load(
                                        OptionalInt.empty(),
                                        OptionalInt.empty(),
                                        OptionalInt.empty())));
        assertThat(
                        asked(
                                "drill change --run a --run b --expect-exit 3"
                                        + " --rate 1 --hold 2 --repeat 4"))
                .isEqualTo(
                        drill(
                                List.of("change"),
                                new OfChange(List.of("a", "b"), OptionalInt.of(3)),
                                new Load(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(4))));
    }

    @Test
    void aDrillMayHaveItsLoadFromAMachine() {
        assertThat(asked("drill web-kill --from m3"))
                .isInstanceOfSatisfying(
                        DrillOptions.class,
                        drill -> assertThat(drill.load().from()).contains("m3"));
    }

    private static DrillOptions drill(List<String> faults, OfChange change, Load load) {
        return new DrillOptions(
                false, faults, change, Optional.empty(), load, Optional.empty(), false, false);
    }

    @Test
    void aDrillOfAPairHasTheGivenBudget() {
        assertThat(asked("drill --list --pair pair.yaml --budget lost=0 -y"))
                .isEqualTo(
                        new DrillOptions(
                                true,
                                List.of(),
                                new OfChange(List.of(), OptionalInt.empty()),
                                Optional.of("pair.yaml"),
                                new Load(
                                        OptionalInt.empty(),
                                        OptionalInt.empty(),
                                        OptionalInt.empty()),
                                Optional.of("lost=0"),
                                true,
                                false));
        assertThat(asked("report x --budget lost=0"))
                .isEqualTo(new ReportVerb.Asked(Optional.of("x"), Optional.of("lost=0"), false));
    }
}
