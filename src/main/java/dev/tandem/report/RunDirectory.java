package dev.tandem.report;

import dev.tandem.disk.Disk;
import dev.tandem.drill.DrillResult;
import dev.tandem.drill.DrillResult.Circumstance;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.Recording;
import dev.tandem.model.Budget;
import dev.tandem.model.BudgetReader;
import dev.tandem.model.BudgetReading;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The directory of one `tandem drill`: the recordings, from which it can be judged again at any
/// later time, and the reports of the last judgement.
///
/// ```
/// run            the pair, the budget, the machine, the faults in their order
/// web-kill-1/    a recording for each fault that was injected
/// report.html  report.json  junit.xml
/// ```
public final class RunDirectory {
    private static final String FIRST = "# tandem run, version 1";
    private static final String RUN = "run";

    private final Path root;

    /// An existing one.
    public RunDirectory(Path root) {
        this.root = root;
    }

    /// Creates a new one, named after the time: `20261122-120000`, with `-2` appended for the
    /// second in the same second.
    ///
    /// @throws IOException if it cannot be created
    public static RunDirectory create(Path runs, Instant now) throws IOException {
        String time =
                DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC).format(now);
        Files.createDirectories(runs);
        for (int number = 1; ; number++) {
            Path root = runs.resolve(number == 1 ? time : time + "-" + number);
            try {
                return new RunDirectory(Files.createDirectory(root));
            } catch (FileAlreadyExistsException e) {
                if (number == 1000) {
                    throw e;
                }
            }
        }
    }

    /// Its path.
    public Path root() {
        return root;
    }

    /// Where a fault is recorded.
    public Path recording(String fault, int round) {
        return root.resolve(name(fault, round));
    }

    /// The name of that directory.
    static String name(String fault, int round) {
        return fault + "-" + round;
    }

    /// What is known before anything is broken.
    ///
    /// @param pair the site, or the pair
    /// @param budget the limits
    /// @param circumstances the machine, the versions and the settings of the drill
    /// @param recordings the directories to come, in order
    public record Head(
            String pair, Budget budget, List<Circumstance> circumstances, List<String> recordings) {
        public Head {
            circumstances = List.copyOf(circumstances);
            recordings = List.copyOf(recordings);
        }
    }

    /// Records what is known in advance.
    public void begin(Head head) throws IOException {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        text.append("pair ").append(head.pair()).append('\n');
        text.append("budget ").append(head.budget().text()).append('\n');
        for (Circumstance one : head.circumstances()) {
            text.append("fact ").append(one.name()).append('\t').append(one.value()).append('\n');
        }
        head.recordings().forEach(name -> text.append("recording ").append(name).append('\n'));
        Disk.replace(root.resolve(RUN), text.toString());
    }

    /// Judges everything recorded, by the budget it was recorded for or by another one. A fault
    /// that was planned but not injected is left out of the result.
    ///
    /// @throws IOException if it cannot be read; the message names the file
    public DrillResult judged(Optional<Budget> other) throws IOException {
        Head head = head();
        Budget budget = other.orElse(head.budget());
        List<FaultResult> results = new ArrayList<>();
        for (String name : head.recordings()) {
            if (Recording.isOne(root.resolve(name))) {
                results.add(Recording.read(root.resolve(name)).judged(budget));
            }
        }
        String run = String.valueOf(root.getFileName());
        return new DrillResult(run, head.pair(), budget, head.circumstances(), results);
    }

    /// Writes all reports of a judgement.
    public void write(DrillResult result) throws IOException {
        Disk.replace(root.resolve("report.json"), JsonReport.of(result) + "\n");
        Disk.replace(root.resolve("junit.xml"), JunitReport.of(result));
        Disk.replace(root.resolve("report.html"), HtmlReport.of(result));
    }

    private Head head() throws IOException {
        Path file = root.resolve(RUN);
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().equals(FIRST)) {
            throw new IOException(file + " does not begin with: " + FIRST);
        }
        return new Head(
                values(lines, "pair").findFirst().orElse("unknown"),
                budget(file, values(lines, "budget").findFirst().orElse("")),
                values(lines, "fact")
                        .map(fact -> fact.split("\t", 2))
                        .filter(fact -> fact.length == 2)
                        .map(fact -> new Circumstance(fact[0], fact[1]))
                        .toList(),
                values(lines, "recording").toList());
    }

    private static Stream<String> values(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1));
    }

    private static Budget budget(Path file, String text) throws IOException {
        if (text.isEmpty()) {
            return Budget.NONE;
        }
        return switch (BudgetReader.read(text)) {
            case BudgetReading.Good good -> good.budget();
            case BudgetReading.Bad bad ->
                    throw new IOException(file + ": budget: " + String.join("; ", bad.problems()));
        };
    }
}
