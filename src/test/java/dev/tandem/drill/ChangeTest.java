package dev.tandem.drill;

import static dev.tandem.drill.RecordedRun.MS;
import static dev.tandem.drill.RecordedRun.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Processes;
import dev.tandem.drill.fault.Change;
import dev.tandem.drill.fault.Faults;
import dev.tandem.drill.judge.Cause;
import dev.tandem.drill.judge.CommandRun;
import dev.tandem.drill.judge.Judge;
import dev.tandem.drill.judge.Judgement;
import dev.tandem.drill.judge.Marks;
import dev.tandem.drill.judge.Timekeeping;
import dev.tandem.drill.judge.Trial;
import dev.tandem.drill.judge.Verdict;
import dev.tandem.evidence.Scene;
import dev.tandem.evidence.Scene.Moment;
import dev.tandem.evidence.Takeover;
import dev.tandem.evidence.Witness;
import dev.tandem.load.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An operator's change: how its commands run and are recorded, and how it is judged.
class ChangeTest {
    @TempDir Path directory;

    private static CommandRun run(int expected, int exit) {
        return new CommandRun("tandem apply --yes", expected, exit, 1_000 * MS, 1_500 * MS);
    }

    private static Judgement judged(RecordedRun run, CommandRun... commands) {
        Trial fault = run.trial();
        Trial change =
                new Trial(
                        fault.records(),
                        fault.marks(),
                        fault.timekeeping(),
                        new Takeover.NotExpected(),
                        fault.executions(),
                        new Cause.Changed(List.of(commands), ""));
        return Judge.judge(change, RecordedRun.budget(Change.BUDGET));
    }

    // ---- judged

    @Test
    void a_change_that_costs_nothing_passes() {
        Judgement judgement = judged(RecordedRun.good(), run(0, 0));

        assertThat(judgement.reasons()).isEmpty();
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void one_lost_request_is_too_many() {
        RecordedRun run = RecordedRun.good().spoil(1_500, 1_510, Outcome.REFUSED);

        assertThat(judged(run, run(0, 0)).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judged(run, run(0, 0)).reasons())
                .containsExactly("lost: 4 requests; allowed: 0");
    }

    @Test
    void a_failed_command_fails_the_drill_even_if_the_rest_is_in_doubt() {
        RecordedRun run = RecordedRun.good();
        run.timekeeping = Timekeeping.LATE;

        assertThat(judged(run, run(0, 3)).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judged(run, run(0, 3)).reasons())
                .startsWith("exit 3, not 0: tandem apply --yes");
    }

    @Test
    void a_command_that_should_be_refused_fails_the_drill_if_it_is_not() {
        assertThat(judged(RecordedRun.good(), run(3, 3)).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judged(RecordedRun.good(), run(3, 0)).reasons())
                .containsExactly("exit 0, not 3: tandem apply --yes");
    }

    @Test
    void removing_a_web_server_and_adding_one_is_not_a_failure() {
        RecordedRun run = RecordedRun.good();
        run.change(planned(0, 900), one -> RecordedRun.by("web-old", one));
        run.change(planned(2_000, 3_000), one -> RecordedRun.by("web-new", one));

        assertThat(judged(run, run(0, 0)).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_site_that_does_not_come_back_fails() {
        RecordedRun run = RecordedRun.good().spoil(1_000, 3_000, Outcome.TIMED_OUT);

        assertThat(judged(run, run(0, 0)).reasons())
                .contains("no NEW_HTTP request was answered after the change");
    }

    @Test
    void its_doubts_do_not_mention_a_fault() {
        RecordedRun run = RecordedRun.good().spoil(500, 510, Outcome.RESET);
        assertThat(judged(run, run(0, 0)).reasons())
                .containsExactly("lost before the change: 4 requests");

        run.marks = Marks.of(2_000 * MS, 1_000 * MS, RecordedRun.ENDED);
        assertThat(judged(run, run(0, 0)).reasons()).noneMatch(one -> one.contains("fault"));
    }

    // ---- run and recorded

    private List<CommandRun> ran(int expected, String... commands) throws IOException {
        AtomicLong clock = new AtomicLong();
        OperatorShell shell = new OperatorShell(new Processes(), clock::incrementAndGet);
        Change change = new Change(List.of(commands), expected, directory);
        return shell.run(change, directory.resolve(Recording.COMMANDS));
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve(Recording.COMMANDS));
    }

    @Test
    void commands_run_one_after_the_other_in_the_directory_of_the_site() throws IOException {
        List<CommandRun> runs = ran(0, "echo one >file; echo said", "cat file; echo more >&2");

        assertThat(runs).allMatch(CommandRun::asExpected).hasSize(2);
        assertThat(log())
                .startsWith("$ echo one >file; echo said\nsaid\n# exit 0 after ")
                .contains("$ cat file; echo more >&2\n", "\none\n", "\nmore\n");
        assertThat(directory.resolve("file")).exists();
    }

    @Test
    void nothing_runs_after_a_failed_command() throws IOException {
        List<CommandRun> runs = ran(0, "exit 3", "touch file");

        assertThat(runs)
                .singleElement()
                .satisfies(run -> assertThat(run.ending()).isEqualTo("exit 3, not 0"));
        assertThat(log()).endsWith("# not run: touch file\n");
        assertThat(directory.resolve("file")).doesNotExist();
    }

    @Test
    void the_expected_exit_code_applies_to_the_last_command_only() throws IOException {
        assertThat(ran(3, "true", "exit 3")).extracting(CommandRun::expected).containsExactly(0, 3);
        assertThat(ran(3, "exit 3", "exit 3")).hasSize(1);
    }

    @Test
    void the_account_of_a_change_is_the_same_after_writing_and_reading() {
        Witness node =
                new Witness(Witness.Role.BALANCER, "a", "tandem-a", List.of("10.0.0.1"), List.of());
        Instant zero = Instant.parse("2026-11-22T12:00:00Z");
        Scene scene =
                new Scene("10.0.0.9", zero, List.of(node), new TreeMap<>())
                        .with(Moment.CHANGING, 5)
                        .with(Moment.CHANGED, 9);
        Account account =
                new Account(Change.NAME, 1, scene, Change.PREDICTION, Map.of())
                        .after(List.of(new CommandRun("a  b 'c", 0, 1, 5, 9)));

        Account again = Account.parse(account.text());

        assertThat(again.commands()).containsExactly(new CommandRun("a b 'c", 0, 1, 5, 9));
        assertThat(again.text()).isEqualTo(account.text());
        assertThat(again.scene().begun()).contains(5L);
        assertThat(again.cause("said")).isEqualTo(new Cause.Changed(again.commands(), "said"));
        assertThat(again.commands().getFirst().took()).isEqualTo(Duration.ofNanos(4));
    }

    @Test
    void a_change_is_not_in_the_list_of_faults_and_is_never_healed() {
        assertThat(Faults.known().named(Change.NAME)).isEmpty();
    }
}
