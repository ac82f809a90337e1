package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.drill.Recording;
import dev.tandem.drill.judge.Judgement;
import dev.tandem.drill.judge.Verdict;
import dev.tandem.model.Budget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/// Keeps count of the drills of a check, and of those that showed nothing. `./check` prints both
/// numbers, and fails when too many are inconclusive: a test that accepts such a drill passes
/// without having seen what it is about.
///
/// A line each, in `target/drills`; each Java machine has a file of its own there.
final class Tally {
    private static final Path DIRECTORY = Shell.HOME.resolve("target/drills");

    /// Why a drill may be inconclusive: this machine was too busy to send all requests in time, so
    /// that what was lost may be its own doing; or Docker's log of a web server lacks lines of
    /// requests that were answered, so that nobody can say how often they ran. Nothing else excuses
    /// one: not a site that was not well before, nor a takeover that nobody saw. It is the
    /// weightiest reason, which stands first: what else is not known of such a drill follows from
    /// it.
    private static final Pattern EXCUSE =
            Pattern.compile(
                    "the generator did not keep its own schedule"
                            + "|not sent because this machine lacked something: .*"
                            + "|shed: .*"
                            + "|answered, but in no web server's log: .*");

    private Tally() {}

    /// Counts a drill by its recording.
    ///
    /// @return whether it is conclusive
    /// @throws AssertionError when it is not, and has no excuse
    static boolean isConclusive(Path recording) throws IOException {
        Judgement judgement = Recording.read(recording).judged(Budget.NONE).judgement();
        return isConclusive(recording.getFileName().toString(), judgement);
    }

    /// The same, of one that is judged already.
    ///
    /// @param drill its name: `web-kill-1`
    static boolean isConclusive(String drill, Judgement judgement) {
        boolean conclusive = judgement.verdict() != Verdict.INCONCLUSIVE;
        if (!conclusive) {
            assertThat(judgement.reasons())
                    .as("why " + drill + " is inconclusive")
                    .first()
                    .matches(EXCUSE.asMatchPredicate());
        }
        note((conclusive ? "conclusive " : "inconclusive ") + test() + " " + drill);
        return conclusive;
    }

    /// The test class that drills.
    private static String test() {
        return StackWalker.getInstance()
                .walk(frames ->
                        frames.map(StackWalker.StackFrame::getClassName)
                                .filter(name -> name.endsWith("Test"))
                                .findFirst())
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .orElseThrow();
    }

    private static void note(String line) {
        try {
            Files.createDirectories(DIRECTORY);
            Files.write(
                    DIRECTORY.resolve(Long.toString(ProcessHandle.current().pid())),
                    List.of(line),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
