package dev.tandem.drill.judge;

import static dev.tandem.drill.RecordedRun.MS;
import static dev.tandem.drill.RecordedRun.kind;
import static dev.tandem.drill.RecordedRun.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.drill.RecordedRun;
import dev.tandem.evidence.Executions;
import dev.tandem.evidence.Takeover;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import dev.tandem.model.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Measurements of a recording match what was put into it.
class MeasuredTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @Test
    void an_outage_lasts_from_the_first_lost_to_the_next_answered_request() {
        RecordedRun run = RecordedRun.good();
        run.change(
                planned(1_200, 1_250).and(kind(RequestClass.KEPT_HTTP)),
                one -> RecordedRun.ended(one, Outcome.RESET));

        assertThat(measured(run).outage())
                .contains(new OutageSpan(RequestClass.KEPT_HTTP, 1_200 * MS, 1_250 * MS, 5));
    }

    @Test
    void two_outages_are_not_merged() {
        RecordedRun run = RecordedRun.good();
        run.spoil(1_200, 1_250, Outcome.RESET).spoil(1_260, 1_290, Outcome.REFUSED);

        assertThat(measured(run).outage())
                .contains(new OutageSpan(RequestClass.NEW_HTTP, 1_200 * MS, 1_250 * MS, 5));
    }

    @Test
    void an_outage_that_does_not_end_lasts_to_the_last_moment_of_the_recording() {
        RecordedRun run = RecordedRun.good().spoil(2_900, 3_000, Outcome.TIMED_OUT);

        assertThat(measured(run).outage().map(OutageSpan::length))
                .contains(Duration.ofMillis(2_995 - 2_900));
    }

    @Test
    void a_lost_upload_is_a_loss_but_not_an_outage() {
        RecordedRun run = RecordedRun.good();
        run.change(
                planned(1_200, 1_250).and(kind(RequestClass.UPLOAD)),
                one -> RecordedRun.ended(one, Outcome.RESET));

        assertThat(measured(run).outage()).isEmpty();
        assertThat(measured(run).lost()).isEqualTo(5);
    }

    @Test
    void late_answers_are_a_gap_and_not_an_outage() {
        RecordedRun run = RecordedRun.good();
        run.change(planned(1_000, 1_200), one -> RecordedRun.late(one, 1_300 - one.planned() / MS));

        assertThat(measured(run).outage()).isEmpty();
        // From the answer at 992 (planned at 990) to the one at 1202 (planned at 1200).
        assertThat(measured(run).gap()).contains(Duration.ofMillis(210));
    }

    @Test
    void recovery_counts_from_the_injection_to_the_answer_after_the_last_lost_request() {
        RecordedRun run = RecordedRun.good();
        run.spoil(1_000, 1_050, Outcome.RESET).spoil(1_300, 1_310, Outcome.RESET);

        // The request planned at 1310 ms is answered at 1312.
        assertThat(measured(run).recovery()).isEqualTo(new Recovery.After(Duration.ofMillis(312)));
    }

    @Test
    void recovery_counts_from_the_moment_the_fault_struck_and_not_from_its_command() {
        RecordedRun run = RecordedRun.good().spoil(1_000, 1_300, Outcome.TIMED_OUT);
        Optional<Long> struck =
                run.marks.injected().map(at -> at + Duration.ofMillis(100).toNanos());
        Duration before = ((Recovery.After) measured(run).recovery()).time();

        run.marks = new Marks(run.marks.injected(), struck, run.marks.healed(), run.marks.ended());

        assertThat(measured(run).recovery()).isEqualTo(new Recovery.After(before.minusMillis(100)));
    }

    @Test
    void a_loss_at_the_heal_does_not_lengthen_the_recovery() {
        RecordedRun run = RecordedRun.good().spoil(2_100, 2_150, Outcome.RESET);

        assertThat(measured(run).recovery()).isEqualTo(new Recovery.NothingLost());
    }

    @Test
    void percentiles_are_actual_latencies() {
        List<RequestRecord> records = answeredAfter(200);

        assertThat(Latencies.of(records))
                .contains(
                        new Latencies(
                                200,
                                Duration.ofMillis(100),
                                Duration.ofMillis(180),
                                Duration.ofMillis(198),
                                Duration.ofMillis(200),
                                Duration.ofMillis(200)));
        assertThat(Latencies.of(answeredAfter(2000)).map(Latencies::p999))
                .contains(Duration.ofMillis(1998));
        assertThat(Latencies.of(records.subList(6, 7)).map(Latencies::p50))
                .contains(Duration.ofMillis(7));
        assertThat(Latencies.of(List.of())).isEmpty();
    }

    /// After 1 ms, 2 ms, and so on.
    private static List<RequestRecord> answeredAfter(int mostMs) {
        List<RequestRecord> records = new ArrayList<>();
        for (int i = 1; i <= mostMs; i++) {
            RequestRecord record = RecordedRun.answered(RequestClass.NEW_HTTP, i);
            records.add(RecordedRun.late(record, i - 2));
        }
        return records;
    }

    @Test
    void a_request_in_flight_when_the_fault_struck_belongs_to_during() {
        Marks marks = Marks.of(100, 200, 300);

        assertThat(marks.phase(50, 99)).isEqualTo(Phase.BEFORE);
        assertThat(marks.phase(50, 100)).isEqualTo(Phase.DURING);
        assertThat(marks.phase(50, 250)).isEqualTo(Phase.DURING);
        assertThat(marks.phase(199, 250)).isEqualTo(Phase.DURING);
        assertThat(marks.phase(200, 250)).isEqualTo(Phase.AFTER);
    }

    @Test
    void bins_are_filled_by_planned_time() {
        RecordedRun run = RecordedRun.good();
        run.records.removeIf(planned(30, 3_000));
        run.spoil(10, 20, Outcome.RESET);

        assertThat(measured(run).bins())
                .isEqualTo(
                        new Bins(
                                0,
                                Duration.ofMillis(10),
                                Map.of(
                                        Outcome.OK, List.of(4, 0, 4),
                                        Outcome.RESET, List.of(0, 4, 0))));
    }

    @Test
    void without_records_nothing_is_measured() {
        Trial empty =
                new Trial(
                        List.of(),
                        Marks.of(1, 2, 3),
                        Timekeeping.KEPT,
                        new Takeover.NotExpected(),
                        new Executions.Counted(Map.of()));
        Measured measured = Measurement.of(empty);

        assertThat(measured.planned()).isZero();
        assertThat(measured.outage()).isEmpty();
        assertThat(measured.gap()).isEmpty();
        assertThat(measured.latencies()).isEmpty();
        assertThat(measured.bins().counts()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void counts_add_up_whatever_happened(long seed) {
        RecordedRun run = spoiledByChance(seed);
        Measured measured = measured(run);
        long binned =
                measured.bins().counts().values().stream()
                        .flatMap(List::stream)
                        .mapToLong(Integer::longValue)
                        .sum();

        assertThat(measured.planned()).isEqualTo(run.records.size()).isEqualTo(binned);
        assertThat(measured.answered() + measured.lost() + measured.count(Outcome.OWN_FAULT))
                .isEqualTo(measured.planned());
        assertThat(measured.sent()).isLessThanOrEqualTo(measured.planned());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_order_of_the_records_makes_no_difference(long seed) {
        RecordedRun run = spoiledByChance(seed);
        Judgement before = run.judged("lost=3,outage=100ms");
        Collections.shuffle(run.records, new Random(seed));

        assertThat(run.judged("lost=3,outage=100ms")).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void an_outage_exists_if_something_is_lost_and_is_never_longer_than_the_recording(long seed) {
        RecordedRun run = spoiledByChance(seed);
        Measured measured = measured(run);
        long first = run.records.stream().mapToLong(RequestRecord::planned).min().orElseThrow();
        long last = run.records.stream().mapToLong(RequestRecord::done).max().orElseThrow();
        boolean isLost =
                run.records.stream()
                        .anyMatch(one ->
                                Measured.isLost(one.outcome()) && OutageSpan.isCounted(one.kind()));

        assertThat(measured.outage().isPresent()).isEqualTo(isLost);
        assertThat(measured.outage().map(OutageSpan::length).orElse(Duration.ZERO))
                .isBetween(Duration.ZERO, Duration.ofNanos(last - first));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_wider_budget_never_makes_it_worse(long seed) {
        RecordedRun run = spoiledByChance(seed);

        if (run.judged("lost=0,outage=0ms").verdict() == Verdict.PASSED) {
            assertThat(run.judged("lost=9,outage=1s").verdict()).isEqualTo(Verdict.PASSED);
        }
        if (Judge.judge(run.trial(), Budget.NONE).verdict() == Verdict.FAILED) {
            assertThat(run.judged("lost=9,outage=1s").verdict()).isEqualTo(Verdict.FAILED);
        }
    }

    /// Changes the outcome of requests in up to four spans of the run, at any time.
    private static RecordedRun spoiledByChance(long seed) {
        Random random = new Random(seed);
        RecordedRun run = RecordedRun.good();
        Outcome[] outcomes = Outcome.values();
        for (int i = random.nextInt(5); i > 0; i--) {
            long from = random.nextInt(3_000);
            run.spoil(from, from + random.nextInt(400), outcomes[random.nextInt(outcomes.length)]);
        }
        if (random.nextInt(4) == 0) {
            run.marks = new Marks(run.marks.injected(), Optional.empty(), run.marks.ended());
        }
        return run;
    }

    private static Measured measured(RecordedRun run) {
        return Measurement.of(run.trial());
    }
}
