import dev.tandem.drill.DrillResult;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.judge.Latencies;
import dev.tandem.drill.judge.Measured;
import dev.tandem.drill.judge.OutageSpan;
import dev.tandem.drill.judge.Phase;
import dev.tandem.drill.judge.Verdict;
import dev.tandem.report.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Runs of the same drills, side by side, in Markdown: `java CompareTable.java USUAL... -- OURS...`,
/// each the directory of a run. What is said of the load and the machine is that of the first of ours.
///
/// *Quick* are the classes whose requests are short GETs ({@link OutageSpan}); *other* are slow
/// downloads, uploads and connections that were silent for long.
///
/// Of several rounds the middle one is shown, and the range behind it. A round whose generator was
/// late, or that is inconclusive for another reason, is not counted; how many those were is said.
final class CompareTable {
    private CompareTable() {}

    public static void main(String[] arguments) throws IOException {
        List<String> runs = List.of(arguments);
        int end = runs.indexOf("--");
        List<FaultResult> usual = results(judged(runs.subList(0, end)));
        List<DrillResult> drills = judged(runs.subList(end + 1, runs.size()));
        List<FaultResult> ours = results(drills);
        for (DrillResult.Circumstance one : drills.getFirst().circumstances()) {
            System.out.println("- " + one.name() + ": " + one.value());
        }
        System.out.println();
        String columns = "lost: quick + other, of sent | longest outage | p99, p99.9 while broken";
        System.out.printf(
                "| fault | usual pair: %1$s | Tandem: %1$s | inconclusive rounds |%n", columns);
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---|");
        List<String> faults =
                ours.stream().map(FaultResult::fault).distinct().toList();
        for (String fault : faults) {
            List<Measured> left = conclusive(usual, fault);
            List<Measured> right = conclusive(ours, fault);
            System.out.printf(
                    "| %s | %s | %s | %s | %s | %s | %s | %s |%n",
                    fault,
                    lost(left),
                    outage(left),
                    late(left),
                    lost(right),
                    outage(right),
                    late(right),
                    inconclusive(usual, ours, fault));
        }
    }

    private static List<DrillResult> judged(List<String> runs) throws IOException {
        List<DrillResult> drills = new ArrayList<>();
        for (String run : runs) {
            drills.add(new RunDirectory(Path.of(run)).judged(Optional.empty()));
        }
        return drills;
    }

    private static List<FaultResult> results(List<DrillResult> drills) {
        return drills.stream().flatMap(drill -> drill.results().stream()).toList();
    }

    private static List<Measured> conclusive(List<FaultResult> results, String fault) {
        return results.stream()
                .filter(one -> one.fault().equals(fault))
                .filter(one -> one.judgement().verdict() != Verdict.INCONCLUSIVE)
                .map(one -> one.judgement().measured())
                .toList();
    }

    private static String inconclusive(
            List<FaultResult> usual, List<FaultResult> ours, String fault) {
        long left = count(usual, fault) - conclusive(usual, fault).size();
        long right = count(ours, fault) - conclusive(ours, fault).size();
        return left + right == 0 ? "" : "usual %d, Tandem %d".formatted(left, right);
    }

    private static long count(List<FaultResult> results, String fault) {
        return results.stream().filter(one -> one.fault().equals(fault)).count();
    }

    private static String lost(List<Measured> rounds) {
        if (rounds.isEmpty()) {
            return "unknown";
        }
        long sent = rounds.getFirst().planned();
        return "%s + %s, of %d"
                .formatted(
                        range(rounds.stream().map(CompareTable::quick), String::valueOf),
                        range(rounds.stream().map(CompareTable::other), String::valueOf),
                        sent);
    }

    private static long quick(Measured round) {
        return round.counts().entrySet().stream()
                .filter(of -> OutageSpan.isCounted(of.getKey()))
                .flatMap(of -> of.getValue().entrySet().stream())
                .filter(of -> Measured.isLost(of.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static long other(Measured round) {
        return round.lost() - quick(round);
    }

    /// The middle one, and the least and the most where they read differently.
    private static <T extends Comparable<T>> String range(
            Stream<T> values, Function<T, String> text) {
        List<T> sorted = values.sorted().toList();
        String middle = text.apply(sorted.get(sorted.size() / 2));
        String least = text.apply(sorted.getFirst());
        String most = text.apply(sorted.getLast());
        return least.equals(most) ? middle : "%s (%s–%s)".formatted(middle, least, most);
    }

    private static String outage(List<Measured> rounds) {
        return rounds.isEmpty()
                ? "unknown"
                : range(
                        rounds.stream()
                                .map(one -> one.outage().map(OutageSpan::length).orElse(Duration.ZERO)),
                        CompareTable::seconds);
    }

    /// How long 99 of 100 answers took at most while the fault was there, and 999 of 1000: what waits
    /// and is answered in the end is no loss.
    private static String late(List<Measured> rounds) {
        List<Latencies> all =
                rounds.stream()
                        .flatMap(one -> Stream.ofNullable(one.latencies().get(Phase.DURING)))
                        .toList();
        return all.isEmpty()
                ? "unknown"
                : range(all.stream().map(Latencies::p99), CompareTable::seconds)
                        + ", "
                        + range(all.stream().map(Latencies::p999), CompareTable::seconds);
    }

    private static String seconds(Duration time) {
        return time.isZero() ? "none" : String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
    }
}
