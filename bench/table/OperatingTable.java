import dev.tandem.drill.DrillResult;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.judge.Latencies;
import dev.tandem.drill.judge.Measured;
import dev.tandem.drill.judge.Phase;
import dev.tandem.load.Outcome;
import dev.tandem.report.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What operations cost, in Markdown: `java OperatingTable.java ROWS`.
///
/// ROWS has a line for each operation: its name, how often it was done, what it is, and the
/// directory of its run, with tabs between.
final class OperatingTable {
    private OperatingTable() {}

    public static void main(String[] arguments) throws IOException {
        List<String[]> rows =
                Files.readAllLines(Path.of(arguments[0])).stream()
                        .map(line -> line.split("\t", -1))
                        .toList();
        boolean first = true;
        for (String[] row : rows) {
            DrillResult run = new RunDirectory(Path.of(row[3])).judged(Optional.empty());
            if (first) {
                head(run);
                first = false;
            }
            if (run.results().isEmpty()) {
                System.out.printf("| %s | %s | | | | | | broken off |%n", row[2], row[1]);
            }
            run.results().forEach(one -> line(row, one));
        }
    }

    /// What is not the same in every row (`commands`) is with each run.
    private static void head(DrillResult run) {
        run.circumstances().stream()
                .filter(one -> !one.name().equals("commands"))
                .forEach(one -> System.out.println("- " + one.name() + ": " + one.value()));
        System.out.println();
        System.out.println("| operation | times | sent | lost | reset | p99 before / during"
                + " | longest gap | verdict |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---|");
    }

    private static void line(String[] row, FaultResult result) {
        Measured measured = result.judgement().measured();
        System.out.printf(
                "| %s | %s | %d | %d | %d | %s / %s | %s | %s |%n",
                row[2],
                row[1],
                measured.sent(),
                measured.lost(),
                measured.count(Outcome.RESET),
                p99(measured, Phase.BEFORE),
                p99(measured, Phase.DURING),
                measured.gap().map(OperatingTable::seconds).orElse("unknown"),
                result.judgement().verdict());
    }

    private static String p99(Measured measured, Phase phase) {
        return Optional.ofNullable(measured.latencies().get(phase))
                .map(Latencies::p99)
                .map(OperatingTable::seconds)
                .orElse("unknown");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
    }
}
