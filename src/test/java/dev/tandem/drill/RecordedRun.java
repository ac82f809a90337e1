package dev.tandem.drill;

import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A recorded run of three seconds, made by hand: one request of each of four classes every 10 ms,
/// each answered after 2 ms. The fault is there from 1 s to 2 s, and the VIP moved at 1.1 s. All is
/// well in it; tests spoil it.
final class RecordedRun {
    static final long MS = 1_000_000;
    static final long INJECTED = 1_000 * MS;
    static final long HEALED = 2_000 * MS;
    static final long ENDED = 3_100 * MS;
    private static final List<RequestClass> CLASSES =
            List.of(
                    RequestClass.NEW_HTTP,
                    RequestClass.NEW_HTTPS,
                    RequestClass.KEPT_HTTP,
                    RequestClass.UPLOAD);

    final List<RequestRecord> records = new ArrayList<>();
    final Map<String, Integer> executions = new HashMap<>();
    Marks marks = Marks.of(INJECTED, HEALED, ENDED);
    Timekeeping timekeeping = Timekeeping.KEPT;
    Takeover takeover = new Takeover.At(1_100 * MS);
    Optional<Executions> otherExecutions = Optional.empty();

    private RecordedRun() {}

    static RecordedRun good() {
        RecordedRun run = new RecordedRun();
        for (long planned = 0; planned < 3_000; planned += 10) {
            for (RequestClass kind : CLASSES) {
                RequestRecord record = answered(kind, planned);
                run.records.add(record);
                if (kind == RequestClass.UPLOAD) {
                    run.executions.put(record.id(), 1);
                }
            }
        }
        return run;
    }

    static RequestRecord answered(RequestClass kind, long plannedMs) {
        long at = plannedMs * MS;
        return new RequestRecord(
                kind,
                kind + "-" + plannedMs,
                at,
                at,
                at,
                at + MS,
                at + 2 * MS,
                Outcome.OK,
                200,
                100,
                "web-a",
                "haproxy-a");
    }

    /// The same request with another outcome, certain after 5 ms.
    static RequestRecord ended(RequestRecord record, Outcome outcome) {
        long sent = outcome == Outcome.SHED || outcome == Outcome.OWN_FAULT ? -1 : record.sent();
        return new RequestRecord(
                record.kind(),
                record.id(),
                record.planned(),
                sent,
                -1,
                -1,
                record.planned() + 5 * MS,
                outcome,
                outcome == Outcome.HTTP_ERROR ? 503 : 0,
                0,
                "",
                "");
    }

    /// The same request, answered later.
    static RequestRecord late(RequestRecord record, long ms) {
        return new RequestRecord(
                record.kind(),
                record.id(),
                record.planned(),
                record.sent(),
                record.connected(),
                record.firstByte(),
                record.done() + ms * MS,
                record.outcome(),
                record.status(),
                record.bytes(),
                record.server(),
                record.balancer());
    }

    /// Requests planned in a span come to this.
    RecordedRun spoil(long fromMs, long toMs, Outcome outcome) {
        return change(planned(fromMs, toMs), record -> ended(record, outcome));
    }

    RecordedRun change(Predicate<RequestRecord> which, UnaryOperator<RequestRecord> how) {
        records.replaceAll(record -> which.test(record) ? how.apply(record) : record);
        return this;
    }

    static Predicate<RequestRecord> planned(long fromMs, long toMs) {
        return record -> record.planned() >= fromMs * MS && record.planned() < toMs * MS;
    }

    static Predicate<RequestRecord> kind(RequestClass kind) {
        return record -> record.kind() == kind;
    }

    Trial trial() {
        return new Trial(
                records,
                marks,
                timekeeping,
                takeover,
                otherExecutions.orElseGet(() -> new Executions.Counted(executions)));
    }

    Judgement judged(String budget) {
        return Judge.judge(trial(), budget(budget));
    }

    static Budget budget(String text) {
        return switch (BudgetReader.read(text)) {
            case BudgetReading.Good(Budget budget) -> budget;
            case BudgetReading.Bad bad -> throw new AssertionError(bad);
        };
    }
}
