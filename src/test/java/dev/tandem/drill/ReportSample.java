package dev.tandem.drill;

import dev.tandem.drill.fault.Faults;
import dev.tandem.drill.judge.Judge;
import dev.tandem.drill.judge.Judgement;
import dev.tandem.drill.judge.Marks;
import dev.tandem.drill.judge.Timekeeping;
import dev.tandem.drill.predict.Costs;
import dev.tandem.evidence.Takeover;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import dev.tandem.model.Budget;
import java.util.List;
import java.util.function.Predicate;

/// A small drill with every verdict, for the tests of reports.
public final class ReportSample {
    private static final Budget BUDGET = RecordedRun.budget("lost=20,outage=500ms");
    private static final Costs COSTS = Costs.of(SampleSite.customer());

    private ReportSample() {}

    /// One fault that passed twice, one that failed, one that is inconclusive.
    public static DrillResult drill() {
        RecordedRun clean = shortRun();
        clean.takeover = new Takeover.NotExpected();
        RecordedRun failed = shortRun().spoil(1_000, 1_010, Outcome.REFUSED);
        failed.spoil(1_010, 1_080, Outcome.TIMED_OUT);
        RecordedRun doubtful = shortRun();
        doubtful.timekeeping = Timekeeping.LATE;
        doubtful.takeover = new Takeover.Missing("no event of <haproxy-b> & its peers");
        return new DrillResult(
                "2026-11-22T12-00-00Z",
                "tandem",
                BUDGET,
                List.of(
                        new DrillResult.Circumstance("processors", "2"),
                        new DrillResult.Circumstance("HAProxy", "3.0 <test> & more")),
                List.of(
                        result("web-kill", 1, clean),
                        result("web-kill", 2, clean),
                        result("balancer-kill", 1, failed),
                        result("switchover", 1, doubtful)));
    }

    /// Three streams of events and two WebSockets beside other requests; one of these was cut.
    public static DrillResult withStreams() {
        RecordedRun run = shortRun();
        for (int i = 0; i < 5; i++) {
            RequestRecord old = run.records.get(i);
            run.records.set(
                    i,
                    new RequestRecord(
                            i < 3 ? RequestClass.EVENTS : RequestClass.WEBSOCKET,
                            old.id(),
                            old.planned(),
                            old.sent(),
                            old.connected(),
                            old.firstByte(),
                            old.done(),
                            i == 4 ? Outcome.CUT_SHORT : old.outcome(),
                            old.status(),
                            old.bytes(),
                            old.server(),
                            old.balancer()));
        }
        return new DrillResult(
                "2026-11-22T12-00-00Z",
                "tandem",
                BUDGET,
                List.of(),
                List.of(result("web-kill", 1, run)));
    }

    private static RecordedRun shortRun() {
        RecordedRun run = RecordedRun.good();
        Predicate<RequestRecord> needless = RecordedRun.planned(950, 1_200).negate();
        run.records.removeIf(needless);
        run.marks = Marks.of(RecordedRun.INJECTED, 1_150 * RecordedRun.MS, RecordedRun.ENDED);
        return run;
    }

    private static FaultResult result(String fault, int round, RecordedRun run) {
        Judgement judgement = Judge.judge(run.trial(), BUDGET);
        return new FaultResult(
                fault,
                round,
                Faults.known().named(fault).orElseThrow().cost(COSTS),
                judgement,
                run.evidence());
    }
}
