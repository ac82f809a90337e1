package dev.tandem.drill;

import dev.tandem.drill.judge.Judge;
import dev.tandem.drill.judge.Judgement;
import dev.tandem.drill.judge.Marks;
import dev.tandem.drill.judge.Timekeeping;
import dev.tandem.drill.judge.Trial;
import dev.tandem.evidence.EngineLog;
import dev.tandem.evidence.Evidence;
import dev.tandem.evidence.Executions;
import dev.tandem.evidence.Ledger;
import dev.tandem.evidence.NodeLog;
import dev.tandem.evidence.Owners;
import dev.tandem.evidence.Scene;
import dev.tandem.evidence.Takeover;
import dev.tandem.evidence.Timeline;
import dev.tandem.evidence.Witness;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import dev.tandem.model.Budget;
import dev.tandem.model.BudgetReader;
import dev.tandem.model.BudgetReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A recorded run of three seconds, made by hand: one request of each of four classes every 10 ms,
/// each answered after 2 ms. The fault lasts from 1 s to 2 s, and the VIP moved at 1.1 s. All is
/// well in it; tests add what goes wrong.
public final class RecordedRun {
    public static final long MS = 1_000_000;
    public static final long INJECTED = 1_000 * MS;
    public static final long HEALED = 2_000 * MS;
    public static final long ENDED = 3_100 * MS;
    private static final List<RequestClass> CLASSES =
            List.of(
                    RequestClass.NEW_HTTP,
                    RequestClass.NEW_HTTPS,
                    RequestClass.KEPT_HTTP,
                    RequestClass.UPLOAD);

    public final List<RequestRecord> records = new ArrayList<>();
    public final Map<String, Integer> executions = new HashMap<>();
    public Marks marks = Marks.of(INJECTED, HEALED, ENDED);
    public Timekeeping timekeeping = Timekeeping.KEPT;
    public Takeover takeover = new Takeover.At(INJECTED, 1_100 * MS);
    public Optional<Executions> otherExecutions = Optional.empty();

    private RecordedRun() {}

    public static RecordedRun good() {
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

    public static RequestRecord answered(RequestClass kind, long plannedMs) {
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
    public static RequestRecord ended(RequestRecord record, Outcome outcome) {
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
    public static RequestRecord late(RequestRecord record, long ms) {
        return by(record.server(), record.done() + ms * MS, record);
    }

    /// The same request, answered by another web server.
    public static RequestRecord by(String server, RequestRecord record) {
        return by(server, record.done(), record);
    }

    private static RequestRecord by(String server, long done, RequestRecord record) {
        return new RequestRecord(
                record.kind(),
                record.id(),
                record.planned(),
                record.sent(),
                record.connected(),
                record.firstByte(),
                done,
                record.outcome(),
                record.status(),
                record.bytes(),
                server,
                record.balancer());
    }

    /// Gives the requests planned in a span this outcome.
    public RecordedRun spoil(long fromMs, long toMs, Outcome outcome) {
        return change(planned(fromMs, toMs), record -> ended(record, outcome));
    }

    public RecordedRun change(Predicate<RequestRecord> which, UnaryOperator<RequestRecord> how) {
        records.replaceAll(record -> which.test(record) ? how.apply(record) : record);
        return this;
    }

    public static Predicate<RequestRecord> planned(long fromMs, long toMs) {
        return record -> record.planned() >= fromMs * MS && record.planned() < toMs * MS;
    }

    public static Predicate<RequestRecord> kind(RequestClass kind) {
        return record -> record.kind() == kind;
    }

    public Trial trial() {
        return new Trial(
                records,
                marks,
                timekeeping,
                takeover,
                otherExecutions.orElseGet(() -> new Executions.Counted(executions)));
    }

    /// The logs of two nodes meanwhile, and a watch on the VIP.
    Evidence evidence() {
        SortedMap<Scene.Moment, Long> moments = new TreeMap<>();
        marks.injected().ifPresent(at -> moments.put(Scene.Moment.INJECTING, at));
        marks.injected().ifPresent(at -> moments.put(Scene.Moment.INJECTED, at + 5 * MS));
        marks.healed().ifPresent(at -> moments.put(Scene.Moment.NORMAL, at));
        marks.ended().ifPresent(at -> moments.put(Scene.Moment.ENDED, at));
        Witness master =
                new Witness(
                        Witness.Role.BALANCER,
                        "haproxy-a",
                        "tandem-haproxy-a",
                        List.of("172.20.0.50"),
                        List.of("02:42:ac:14:00:32"));
        Witness peer =
                new Witness(
                        Witness.Role.BALANCER,
                        "haproxy-b",
                        "tandem-haproxy-b",
                        List.of("172.20.0.60"),
                        List.of("02:42:ac:14:00:3c"));
        Scene scene =
                new Scene(
                        "192.168.0.150",
                        Instant.parse("2026-11-22T12:00:00Z"),
                        List.of(master, peer),
                        moments);
        NodeLog log = new NodeLog(peer, List.of(new NodeLog.Line(1_100 * MS, "init: VRRP MASTER")));
        Owners owners =
                new Owners(
                        List.of(
                                new Owners.Span(0, List.of("haproxy-a")),
                                new Owners.Span(1_020 * MS, List.of()),
                                new Owners.Span(1_101 * MS, List.of("haproxy-b"))));
        List<NodeLog> logs = List.of(log);
        return new Evidence(
                scene,
                Timeline.of(scene, records, logs, new EngineLog(List.of()), owners),
                owners,
                Ledger.of(scene, records, logs, Map.of()));
    }

    public Judgement judged(String budget) {
        return Judge.judge(trial(), budget(budget));
    }

    public static Budget budget(String text) {
        return switch (BudgetReader.read(text)) {
            case BudgetReading.Good(Budget budget) -> budget;
            case BudgetReading.Bad bad -> throw new AssertionError(bad);
        };
    }
}
