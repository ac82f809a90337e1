package dev.tandem.drill.judge;

import static dev.tandem.drill.RecordedRun.HEALED;
import static dev.tandem.drill.RecordedRun.INJECTED;
import static dev.tandem.drill.RecordedRun.MS;
import static dev.tandem.drill.RecordedRun.kind;
import static dev.tandem.drill.RecordedRun.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.drill.RecordedRun;
import dev.tandem.evidence.Executions;
import dev.tandem.evidence.Takeover;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.model.Budget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A good run passes, and no other does: each history here is bad in one way and is judged for it.
class JudgeTest {
    private static final String STRICT = "lost=0,outage=0ms,p99=10ms,takeover=200ms";

    @Test
    void a_good_run_passes_the_strictest_budget() {
        Judgement judgement = RecordedRun.good().judged(STRICT);

        assertThat(judgement.reasons()).isEmpty();
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judgement.measured().answered()).isEqualTo(1200);
        assertThat(judgement.measured().takeover()).contains(Duration.ofMillis(100));
        assertThat(judgement.measured().recovery()).isEqualTo(new Recovery.NothingLost());
    }

    // ---- failed

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OK", "SHED", "OWN_FAULT"})
    void a_lost_request_of_any_kind_fails_a_budget_that_allows_none(Outcome outcome) {
        RecordedRun run = RecordedRun.good();
        run.change(
                planned(1_500, 1_510).and(kind(RequestClass.UPLOAD)),
                one -> RecordedRun.ended(one, outcome));

        assertThat(run.judged("lost=0")).satisfies(failed("lost: 1 request; allowed: 0"));
    }

    @Test
    void an_outage_that_is_too_long_fails() {
        RecordedRun run = RecordedRun.good().spoil(1_000, 1_305, Outcome.REFUSED);

        assertThat(run.judged("outage=300ms"))
                .satisfies(failed("the longest outage was 0.31 s; allowed: 0.3 s"));
        assertThat(run.judged("outage=310ms").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void an_outage_of_one_class_counts_even_if_the_others_are_answered() {
        RecordedRun run = RecordedRun.good();
        run.change(
                planned(1_000, 1_300).and(kind(RequestClass.NEW_HTTPS)),
                one -> RecordedRun.ended(one, Outcome.TLS_FAILED));

        assertThat(run.judged("outage=100ms"))
                .satisfies(failed("the longest outage was 0.3 s; allowed: 0.1 s"));
    }

    @Test
    void answers_that_take_too_long_fail_in_any_phase() {
        for (long from : List.of(0L, 1_000L, 2_000L)) {
            RecordedRun run = RecordedRun.good();
            run.change(planned(from, from + 200), one -> RecordedRun.late(one, 300));

            assertThat(run.judged("p99=250ms").reasons())
                    .as("from %s ms", from)
                    .containsExactly("99 of 100 answers took up to 0.302 s; allowed: 0.25 s");
        }
    }

    @Test
    void a_takeover_that_takes_too_long_fails() {
        assertThat(RecordedRun.good().judged("takeover=99ms"))
                .satisfies(failed("the takeover took 0.1 s; allowed: 0.099 s"));
    }

    @Test
    void a_web_server_that_does_not_come_back_fails_without_any_limit() {
        RecordedRun run = RecordedRun.good();
        run.change(planned(0, 900), one -> RecordedRun.by("web-b", one));

        assertThat(run.judged("lost=0"))
                .satisfies(failed("no request was answered by web-b after the heal"));
    }

    @Test
    void a_web_server_that_answered_little_before_need_not_be_back() {
        RecordedRun run = RecordedRun.good();
        run.change(planned(0, 20), one -> RecordedRun.by("web-b", one));

        assertThat(run.judged("lost=0").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_site_that_does_not_come_back_fails_without_any_limit() {
        RecordedRun run = RecordedRun.good().spoil(1_000, 3_000, Outcome.TIMED_OUT);
        Judgement judgement = Judge.judge(run.trial(), Budget.NONE);

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judgement.reasons())
                .contains(
                        "no good answer came after the last lost request",
                        "no NEW_HTTP request was answered after the heal");
        assertThat(judgement.measured().recovery()).isEqualTo(new Recovery.NotSeen());
    }

    @Test
    void a_site_that_breaks_when_it_is_healed_fails_without_any_limit() {
        RecordedRun run = RecordedRun.good().spoil(2_000, 3_000, Outcome.RESET);

        assertThat(Judge.judge(run.trial(), Budget.NONE).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void a_post_that_ran_twice_fails_even_if_it_was_answered() {
        RecordedRun run = RecordedRun.good();
        run.executions.put("UPLOAD-1500", 2);

        assertThat(run.judged(STRICT))
                .satisfies(failed("run twice, which must not happen: 1 request: UPLOAD-1500"));
    }

    @Test
    void a_post_that_ran_twice_fails_even_if_the_rest_is_in_doubt() {
        RecordedRun run = RecordedRun.good();
        run.executions.put("UPLOAD-1500", 3);
        run.timekeeping = Timekeeping.LATE;

        assertThat(run.judged("lost=0").verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void a_loss_fails_even_if_the_takeover_is_unknown() {
        RecordedRun run = RecordedRun.good().spoil(1_000, 1_100, Outcome.RESET);
        run.takeover = new Takeover.Missing("no event");

        assertThat(run.judged("lost=0").verdict()).isEqualTo(Verdict.FAILED);
    }

    // ---- inconclusive

    @Test
    void a_run_without_requests_proves_nothing() {
        RecordedRun run = RecordedRun.good();
        run.records.clear();

        assertThat(run.judged("lost=0")).satisfies(inconclusive("no request was recorded"));
    }

    @Test
    void a_truncated_recording_proves_nothing() {
        RecordedRun run = RecordedRun.good();
        run.marks = new Marks(Optional.of(INJECTED), Optional.of(HEALED), Optional.empty());

        assertThat(run.judged("lost=0"))
                .satisfies(inconclusive("the recording was cut off: it has no end"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KEPT")
    void a_generator_that_may_have_been_late_proves_nothing_not_even_a_loss(Timekeeping how) {
        RecordedRun run = RecordedRun.good().spoil(1_000, 1_100, Outcome.REFUSED);
        run.timekeeping = how;

        assertThat(run.judged("lost=0").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void requests_that_this_machine_could_not_send_prove_nothing() {
        RecordedRun run = RecordedRun.good();
        run.change(
                planned(1_500, 1_510).and(kind(RequestClass.NEW_HTTP)),
                one -> RecordedRun.ended(one, Outcome.OWN_FAULT));

        assertThat(run.judged("lost=0"))
                .satisfies(
                        inconclusive("not sent because this machine lacked something: 1 request"));
    }

    @Test
    void many_shed_requests_prove_nothing_and_a_few_count_as_lost() {
        RecordedRun many = RecordedRun.good().spoil(1_000, 1_040, Outcome.SHED);
        RecordedRun few = RecordedRun.good().spoil(1_000, 1_030, Outcome.SHED);

        assertThat(many.judged("lost=100")).satisfies(inconclusive("shed: 16 of 1200 requests"));
        assertThat(few.judged("lost=0")).satisfies(failed("lost: 12 requests; allowed: 0"));
    }

    @Test
    void a_fault_at_an_unknown_time_proves_nothing() {
        RecordedRun run = RecordedRun.good();
        run.marks = new Marks(Optional.empty(), Optional.empty(), Optional.of(3_000 * MS));

        assertThat(run.judged("lost=0").reasons())
                .startsWith(
                        "it is not known when the fault was injected",
                        "it is not known that the fault was healed");
        assertThat(run.judged("lost=0").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_heal_before_the_injection_proves_nothing() {
        RecordedRun run = RecordedRun.good();
        run.marks = Marks.of(HEALED, INJECTED, RecordedRun.ENDED);

        assertThat(run.judged("lost=0").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_site_that_was_not_well_before_proves_nothing() {
        RecordedRun lossy = RecordedRun.good().spoil(500, 510, Outcome.RESET);
        RecordedRun partly = RecordedRun.good();
        partly.change(
                kind(RequestClass.NEW_HTTPS).and(planned(0, 1_000)),
                one -> RecordedRun.ended(one, Outcome.TLS_FAILED));

        assertThat(lossy.judged("lost=9"))
                .satisfies(inconclusive("lost before the fault: 4 requests"));
        assertThat(partly.judged("lost=999").reasons())
                .contains("no NEW_HTTPS request was answered before the fault");
    }

    @Test
    void a_run_without_requests_in_every_phase_proves_nothing() {
        RecordedRun run = RecordedRun.good();
        run.records.removeIf(planned(990, 2_000));
        assertThat(run.judged("lost=0"))
                .satisfies(inconclusive("no request was recorded while the fault was there"));

        run.records.removeIf(planned(2_000, 3_000));
        assertThat(run.judged("lost=0").reasons())
                .contains("no request was recorded after the heal");
    }

    @Test
    void two_records_of_one_request_prove_nothing() {
        RecordedRun run = RecordedRun.good();
        run.records.add(run.records.getFirst());

        assertThat(run.judged("lost=0").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void an_unseen_takeover_does_not_pass() {
        RecordedRun run = RecordedRun.good();
        run.takeover = new Takeover.Missing("no event");
        assertThat(run.judged("lost=0"))
                .satisfies(inconclusive("when the VIP moved is not known: no event"));

        run.takeover = new Takeover.At(RecordedRun.INJECTED, 999 * MS);
        assertThat(run.judged("lost=0").verdict()).isEqualTo(Verdict.INCONCLUSIVE);

        run.takeover = new Takeover.NotExpected();
        assertThat(run.judged(STRICT).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void missing_or_incomplete_logs_do_not_pass_if_uploads_were_sent() {
        RecordedRun run = RecordedRun.good();
        run.executions.remove("UPLOAD-1500");
        assertThat(run.judged("lost=0"))
                .satisfies(inconclusive("answered, but in no web server's log: 1 request"));

        run.otherExecutions = Optional.of(new Executions.Unknown("web-b has no log"));
        assertThat(run.judged("lost=0"))
                .satisfies(
                        inconclusive("whether a request ran twice is not known: web-b has no log"));

        run.records.removeIf(kind(RequestClass.UPLOAD));
        assertThat(run.judged("lost=0").verdict()).isEqualTo(Verdict.PASSED);
    }

    // ---- again

    @Test
    void the_same_history_is_judged_differently_by_another_budget() {
        Trial trial = RecordedRun.good().spoil(1_000, 1_100, Outcome.REFUSED).trial();

        Judgement strict = Judge.judge(trial, RecordedRun.budget("lost=0"));
        Judgement mild = Judge.judge(trial, RecordedRun.budget("lost=40,outage=500ms"));

        assertThat(strict.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(mild.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(mild.measured()).isEqualTo(strict.measured());
    }

    private static Consumer<Judgement> failed(String reason) {
        return judged(Verdict.FAILED, reason);
    }

    private static Consumer<Judgement> inconclusive(String reason) {
        return judged(Verdict.INCONCLUSIVE, reason);
    }

    private static Consumer<Judgement> judged(Verdict verdict, String reason) {
        return judgement -> {
            assertThat(judgement.reasons()).containsExactly(reason);
            assertThat(judgement.verdict()).isEqualTo(verdict);
        };
    }
}
