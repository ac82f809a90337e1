package dev.tandem.cli;

import dev.tandem.drill.fault.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Makes a {@link Change} from the command line of `tandem drill change`, or says why that makes no
/// sense.
record ChangeOrder(Console console) {
    private static final String NEXT = "  next:  tandem drill change --run 'COMMAND'";
    private static final int HIGHEST_EXIT = 255;

    /// Whether a change is asked for, correctly or not.
    static boolean isMeant(DrillOptions asked) {
        return asked.faults().contains(Change.NAME) || asked.change().isMeant();
    }

    /// The change asked for; empty when it makes no sense, which has then been reported.
    ///
    /// @param directory the directory in which the commands run
    Optional<Change> of(DrillOptions asked, Path directory) {
        int expected = asked.change().exit().orElse(0);
        Optional<String> problem = problem(asked, expected);
        if (problem.isPresent()) {
            console.remark("tandem: " + problem.get());
            console.remark(NEXT);
            return Optional.empty();
        }
        return Optional.of(new Change(asked.change().commands(), expected, directory));
    }

    private static Optional<String> problem(DrillOptions asked, int expected) {
        List<String> commands = asked.change().commands();
        if (!asked.faults().equals(List.of(Change.NAME))) {
            return Optional.of(
                    "--run and --expect-exit go with 'change', which takes no other fault");
        }
        if (commands.isEmpty() || commands.stream().anyMatch(String::isBlank)) {
            return Optional.of("change: there is no command to run");
        }
        if (asked.load().hold().isPresent()) {
            return Optional.of("--hold: a change lasts as long as its commands");
        }
        return expected < 0 || expected > HIGHEST_EXIT
                ? Optional.of("--expect-exit %d: must be 0 to 255".formatted(expected))
                : Optional.empty();
    }
}
