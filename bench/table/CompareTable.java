import dev.tandem.drill.DrillResult;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.Latencies;
import dev.tandem.drill.Measured;
import dev.tandem.drill.OutageSpan;
import dev.tandem.drill.Phase;
import dev.tandem.drill.Verdict;
import dev.tandem.report.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Two runs of the same drills, side by side, in Markdown: `java CompareTable.java USUAL OURS`.
///
/// Of several rounds the middle one is shown, and the range behind it. A round whose generator was
/// late, or that is inconclusive for another reason, is not counted; how many those were is said.
final class CompareTable {
    private CompareTable() {}

    public static void main(String[] runs) throws IOException {
        DrillResult usual = new RunDirectory(Path.of(runs[0])).judged(Optional.empty());
        DrillResult ours = new RunDirectory(Path.of(runs[1])).judged(Optional.empty());
        for (DrillResult.Circumstance one : ours.circumstances()) {
            System.out.println("- " + one.name() + ": " + one.value());
        }
        System.out.println();
        System.out.println("| fault | usual pair: lost of sent | longest outage | p99 while broken"
                + " | Tandem: lost of sent | longest outage | p99 while broken | inconclusive rounds |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---|");
        List<String> faults =
                ours.results().stream().map(FaultResult::fault).distinct().toList();
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

    private static List<Measured> conclusive(DrillResult run, String fault) {
        return run.results().stream()
                .filter(one -> one.fault().equals(fault))
                .filter(one -> one.judgement().verdict() != Verdict.INCONCLUSIVE)
                .map(one -> one.judgement().measured())
                .toList();
    }

    private static String inconclusive(DrillResult usual, DrillResult ours, String fault) {
        long left = count(usual, fault) - conclusive(usual, fault).size();
        long right = count(ours, fault) - conclusive(ours, fault).size();
        return left + right == 0 ? "" : "usual %d, Tandem %d".formatted(left, right);
    }

    private static long count(DrillResult run, String fault) {
        return run.results().stream().filter(one -> one.fault().equals(fault)).count();
    }

    private static String lost(List<Measured> rounds) {
        if (rounds.isEmpty()) {
            return "unknown";
        }
        List<Long> lost = rounds.stream().map(Measured::lost).sorted().toList();
        long sent = rounds.getFirst().planned();
        String range =
                lost.getFirst().equals(lost.getLast())
                        ? ""
                        : " (%d–%d)".formatted(lost.getFirst(), lost.getLast());
        return "%d%s of %d".formatted(lost.get(lost.size() / 2), range, sent);
    }

    private static String outage(List<Measured> rounds) {
        if (rounds.isEmpty()) {
            return "unknown";
        }
        List<Duration> outages =
                rounds.stream()
                        .map(one -> one.outage().map(OutageSpan::length).orElse(Duration.ZERO))
                        .sorted()
                        .toList();
        Duration middle = outages.get(outages.size() / 2);
        return outages.getFirst().equals(outages.getLast())
                ? seconds(middle)
                : "%s (%s–%s)"
                        .formatted(
                                seconds(middle),
                                seconds(outages.getFirst()),
                                seconds(outages.getLast()));
    }

    /// How long 99 of 100 answers took at most while the fault was there: what waits and is answered
    /// in the end is no loss.
    private static String late(List<Measured> rounds) {
        List<Duration> all =
                rounds.stream()
                        .flatMap(one -> Stream.ofNullable(one.latencies().get(Phase.DURING)))
                        .map(Latencies::p99)
                        .sorted()
                        .toList();
        return all.isEmpty() ? "unknown" : seconds(all.get(all.size() / 2));
    }

    private static String seconds(Duration time) {
        return time.isZero() ? "none" : String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
    }
}
