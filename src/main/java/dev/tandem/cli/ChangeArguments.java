package dev.tandem.cli;

import dev.tandem.drill.fault.Change;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// What the user of `tandem drill change` may ask for: commands of his own that are run under load.
final class ChangeArguments {
    private static final String NEXT = "  next:  tandem drill change --run 'COMMAND'";
    private static final int HIGHEST_EXIT = 255;

    private final Console console;

    ChangeArguments(Console console) {
        this.console = console;
    }

    static void describe(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("--run")
                        .paramLabel("COMMAND")
                        .arity("1")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("With change: a command for a shell; more are run after it.")
                        .build());
        spec.addOption(
                DrillArguments.number(
                        "--expect-exit", "N", "With change: what the last command ends with (0)."));
    }

    /// Whether a change is asked for, well or not.
    static boolean areMeant(List<String> named, ParseResult arguments) {
        return named.contains(Change.NAME)
                || arguments.hasMatchedOption("--run")
                || arguments.hasMatchedOption("--expect-exit");
    }

    /// What was asked for; empty when it makes no sense, which was said then.
    Optional<Change> change(List<String> named, ParseResult arguments) {
        List<String> commands = arguments.matchedOptionValue("--run", List.of());
        int expected = arguments.matchedOptionValue("--expect-exit", 0);
        Optional<String> problem = problem(named, commands, expected, arguments);
        if (problem.isPresent()) {
            console.remark("tandem: " + problem.get());
            console.remark(NEXT);
            return Optional.empty();
        }
        return Optional.of(new Change(commands, expected, SiteLoader.directory(arguments)));
    }

    private static Optional<String> problem(
            List<String> named, List<String> commands, int expected, ParseResult arguments) {
        if (!named.equals(List.of(Change.NAME))) {
            return Optional.of("--run and --expect-exit belong to 'change', which stands alone");
        }
        if (commands.isEmpty() || commands.stream().anyMatch(String::isBlank)) {
            return Optional.of("change: it has no command to run");
        }
        if (arguments.hasMatchedOption("--hold")) {
            return Optional.of("--hold: a change takes as long as its commands");
        }
        return expected < 0 || expected > HIGHEST_EXIT
                ? Optional.of("--expect-exit %d: must be 0 to 255".formatted(expected))
                : Optional.empty();
    }
}
