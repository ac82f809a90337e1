package dev.tandem.drill.judge;

import dev.tandem.evidence.Executions;
import dev.tandem.evidence.Takeover;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import dev.tandem.model.Budget;
import dev.tandem.text.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Judges what was recorded. Pure: the same records and the same budget give the same judgement, at
/// any later time.
///
/// The first of these that applies decides:
///
/// 1. A request ran twice that must not, or a command of a change did not end as expected: FAILED,
///    regardless of the rest. One proof is enough.
/// 2. The records cannot show what the fault did (none, no end, a generator that was late, a site
///    that was not well before): INCONCLUSIVE. A loss in them may be Tandem's own.
/// 3. A limit of the budget is exceeded, or the site no longer served at the end: FAILED.
/// 4. Something that should be known is not: INCONCLUSIVE.
/// 5. PASSED.
public final class Judge {
    /// One request in this many may be shed; with more, too much was not even tried.
    private static final int SHED_ONE_OF = 100;

    private static final int NAMED = 5;

    /// A web server with this many answers before the fault is expected to answer after it, too.
    private static final int SHARE = 10;

    private final Trial trial;
    private final Budget budget;
    private final Measured measured;

    private Judge(Trial trial, Budget budget) {
        this.trial = trial;
        this.budget = budget;
        this.measured = Measurement.of(trial);
    }

    /// Judges a drill by a budget.
    public static Judgement judge(Trial trial, Budget budget) {
        return new Judge(trial, budget).judgement();
    }

    private Judgement judgement() {
        List<String> breaches = breaches();
        List<String> doubts = doubts();
        List<String> gaps = gaps();
        if (!proofs().isEmpty()) {
            return of(Verdict.FAILED, Stream.of(proofs(), breaches, doubts));
        }
        if (!doubts.isEmpty()) {
            return of(Verdict.INCONCLUSIVE, Stream.of(doubts, gaps));
        }
        if (!breaches.isEmpty()) {
            return of(Verdict.FAILED, Stream.of(breaches, gaps));
        }
        return of(gaps.isEmpty() ? Verdict.PASSED : Verdict.INCONCLUSIVE, Stream.of(gaps));
    }

    private Judgement of(Verdict verdict, Stream<List<String>> reasons) {
        return new Judgement(verdict, reasons.flatMap(List::stream).toList(), measured);
    }

    private List<String> proofs() {
        return Stream.concat(twice().stream(), failedCommands().stream()).toList();
    }

    private List<String> failedCommands() {
        return switch (trial.cause()) {
            case Cause.Broken() -> List.of();
            case Cause.Changed(List<CommandRun> commands, _) ->
                    commands.stream()
                            .filter(run -> !run.asExpected())
                            .map(run -> run.ending() + ": " + run.command())
                            .toList();
        };
    }

    private List<String> twice() {
        List<String> ids = measured.twice();
        if (ids.isEmpty()) {
            return List.of();
        }
        return List.of(
                "run twice, which must not happen: %s: %s%s"
                        .formatted(
                                requests(ids.size()),
                                String.join(", ", ids.subList(0, Math.min(NAMED, ids.size()))),
                                ids.size() > NAMED ? ", ..." : ""));
    }

    private static String requests(long count) {
        return count == 1 ? "1 request" : count + " requests";
    }

    // ---- whether the records can show anything

    private List<String> doubts() {
        if (trial.records().isEmpty()) {
            return List.of("no request was recorded");
        }
        List<String> doubts = new ArrayList<>(doubtsOfTheRun());
        doubts.addAll(marks());
        if (doubts.isEmpty()) {
            doubts.addAll(phases());
        }
        return doubts;
    }

    private List<String> doubtsOfTheRun() {
        List<String> doubts = new ArrayList<>();
        if (trial.marks().ended().isEmpty()) {
            doubts.add("the recording was cut off: it has no end");
        }
        switch (trial.timekeeping()) {
            case KEPT -> {}
            case LATE -> doubts.add("the generator did not keep its own schedule");
            case UNKNOWN ->
                    doubts.add("it is not known whether the generator kept its own schedule");
        }
        long ownFaults = measured.count(Outcome.OWN_FAULT);
        if (ownFaults > 0) {
            doubts.add("not sent because this machine lacked something: " + requests(ownFaults));
        }
        long shed = measured.count(Outcome.SHED);
        if (shed * SHED_ONE_OF > measured.planned()) {
            doubts.add("shed: %d of %s".formatted(shed, requests(measured.planned())));
        }
        long ids = trial.records().stream().map(RequestRecord::id).distinct().count();
        if (ids < trial.records().size()) {
            doubts.add("the recording has several records of the same request");
        }
        return doubts;
    }

    private List<String> marks() {
        Optional<Long> injected = trial.marks().injected();
        Optional<Long> healed = trial.marks().healed();
        List<String> doubts = new ArrayList<>();
        if (injected.isEmpty()) {
            doubts.add(
                    "it is not known when " + words("the fault was injected", "the change began"));
        }
        if (healed.isEmpty()) {
            doubts.add(
                    "it is not known that "
                            + words("the fault was healed", "all was well after the change"));
        }
        if (injected.isPresent() && healed.isPresent() && healed.get() <= injected.get()) {
            doubts.add(
                    words("the heal", "the end")
                            + " is recorded before "
                            + words("the injection", "the begin"));
        }
        return doubts;
    }

    /// The site must have been well before; only then are later losses the fault's doing.
    private List<String> phases() {
        Map<Phase, List<RequestRecord>> phases =
                trial.records().stream().collect(Collectors.groupingBy(this::phase));
        List<RequestRecord> before = phases.getOrDefault(Phase.BEFORE, List.of());
        List<String> doubts = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            if (!phases.containsKey(phase)) {
                doubts.add("no request was recorded " + words(phase));
            }
        }
        long lost = before.stream().filter(r -> Measured.isLost(r.outcome())).count();
        if (lost > 0) {
            doubts.add("lost " + words(Phase.BEFORE) + ": " + requests(lost));
        }
        for (RequestClass kind : unanswered(before)) {
            doubts.add("no " + kind + " request was answered " + words(Phase.BEFORE));
        }
        return doubts;
    }

    private Phase phase(RequestRecord record) {
        return trial.marks().phase(record.planned(), record.done());
    }

    private String words(Phase phase) {
        return switch (phase) {
            case BEFORE -> words("before the fault", "before the change");
            case DURING -> words("while the fault was there", "during the change");
            case AFTER -> words("after the heal", "after the change");
        };
    }

    private String words(String ofFault, String ofChange) {
        return switch (trial.cause()) {
            case Cause.Broken _ -> ofFault;
            case Cause.Changed _ -> ofChange;
        };
    }

    private SortedSet<RequestClass> unanswered(List<RequestRecord> before) {
        SortedSet<RequestClass> kinds = new TreeSet<>(measured.counts().keySet());
        kinds.removeAll(answered(before));
        return kinds;
    }

    // ---- whether the budget is kept

    private List<String> breaches() {
        List<String> breaches = new ArrayList<>();
        if (measured.recovery() instanceof Recovery.NotSeen) {
            breaches.add("no good answer came after the last lost request");
        }
        for (RequestClass kind : notBack()) {
            breaches.add("no " + kind + " request was answered " + words(Phase.AFTER));
        }
        for (String server : serversNotBack()) {
            breaches.add("no request was answered by " + server + " " + words(Phase.AFTER));
        }
        budget.lost()
                .filter(most -> measured.lost() > most)
                .ifPresent(most ->
                        breaches.add(
                                "lost: %s; allowed: %d"
                                        .formatted(requests(measured.lost()), most)));
        Optional<Duration> outage = measured.outage().map(OutageSpan::length);
        beyond("the longest outage was", outage, budget.outage()).ifPresent(breaches::add);
        beyond("99 of 100 answers took up to", measured.p99(), budget.p99())
                .ifPresent(breaches::add);
        beyond("the takeover took", measured.takeover(), budget.takeover())
                .ifPresent(breaches::add);
        return breaches;
    }

    /// The classes that were requested after the heal and never answered.
    private SortedSet<RequestClass> notBack() {
        List<RequestRecord> after =
                trial.records().stream().filter(r -> phase(r) == Phase.AFTER).toList();
        SortedSet<RequestClass> kinds =
                new TreeSet<>(after.stream().map(RequestRecord::kind).toList());
        kinds.removeAll(answered(after));
        return kinds;
    }

    /// Those that must be back. After a change none has to be: it may have taken web servers away.
    private SortedSet<String> serversNotBack() {
        return switch (trial.cause()) {
            case Cause.Broken _ -> serversGone();
            case Cause.Changed _ -> new TreeSet<>();
        };
    }

    /// The web servers that clearly had their share before the fault, and answered no request after
    /// the heal.
    private SortedSet<String> serversGone() {
        SortedSet<String> servers = new TreeSet<>();
        servers(Phase.BEFORE)
                .forEach((server, answers) -> {
                    if (answers >= SHARE) {
                        servers.add(server);
                    }
                });
        servers.removeAll(servers(Phase.AFTER).keySet());
        return servers;
    }

    /// How many requests each web server answered.
    private Map<String, Long> servers(Phase phase) {
        return trial.records().stream()
                .filter(r -> r.outcome() == Outcome.OK && phase(r) == phase)
                .filter(r -> !r.server().isEmpty())
                .collect(Collectors.groupingBy(RequestRecord::server, Collectors.counting()));
    }

    private static List<RequestClass> answered(List<RequestRecord> records) {
        return records.stream()
                .filter(r -> r.outcome() == Outcome.OK)
                .map(RequestRecord::kind)
                .distinct()
                .toList();
    }

    private static Optional<String> beyond(
            String what, Optional<Duration> value, Optional<Duration> limit) {
        return value.isPresent() && limit.isPresent() && value.get().compareTo(limit.get()) > 0
                ? Optional.of(
                        "%s %s; allowed: %s"
                                .formatted(
                                        what, Seconds.text(value.get()), Seconds.text(limit.get())))
                : Optional.empty();
    }

    // ---- whether all is known

    private List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        switch (trial.takeover()) {
            case Takeover.NotExpected() -> {}
            case Takeover.Missing(String reason) ->
                    gaps.add("when the VIP moved is not known: " + reason);
            case Takeover.At _ -> {
                if (measured.takeover().isEmpty()) {
                    gaps.add("when the VIP moved is not known: the event is not after the fault");
                }
            }
        }
        if (measured.p99().isEmpty() && budget.p99().isPresent()) {
            gaps.add("no answer was measured whose time counts for p99");
        }
        executions().ifPresent(gaps::add);
        return gaps;
    }

    private Optional<String> executions() {
        List<RequestRecord> uploads =
                trial.records().stream().filter(r -> r.kind() == RequestClass.UPLOAD).toList();
        if (uploads.isEmpty()) {
            return Optional.empty();
        }
        return switch (trial.executions()) {
            case Executions.Unknown(String reason) ->
                    Optional.of("whether a request ran twice is not known: " + reason);
            case Executions.Counted(var counts) -> {
                long unseen =
                        uploads.stream()
                                .filter(r -> r.outcome() == Outcome.OK)
                                .filter(r -> counts.getOrDefault(r.id(), 0) < 1)
                                .count();
                yield unseen == 0
                        ? Optional.empty()
                        : Optional.of("answered, but in no web server's log: " + requests(unseen));
            }
        };
    }
}
