package dev.tandem.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command to run.
///
/// @param argv the program and its arguments; no shell reads them
/// @param limit how long it may take before it is killed
/// @param directory where it runs; empty: where Tandem was started
/// @param environment variables on top of Tandem's own
/// @param prints where what it prints goes
public record Command(
        List<String> argv,
        Duration limit,
        Optional<Path> directory,
        Map<String, String> environment,
        Prints prints) {
    /// Where what a command prints goes.
    public enum Prints {
        /// Into its output, line by line and as a whole.
        KEPT,
        /// Line by line to whom it is passed on; nothing is kept, however long it runs.
        PASSED_ON,
        /// To the user on the terminal, directly.
        SHOWN
    }

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /// A command whose output is read, and which runs where Tandem was started.
    public static Command of(Duration limit, List<String> argv) {
        return new Command(argv, limit, Optional.empty(), Map.of(), Prints.KEPT);
    }

    /// A copy that runs in another directory.
    public Command in(Path where) {
        return new Command(argv, limit, Optional.of(where), environment, prints);
    }

    /// A copy with one more variable.
    public Command with(String variable, String value) {
        Map<String, String> more = new java.util.HashMap<>(environment);
        more.put(variable, value);
        return new Command(argv, limit, directory, more, prints);
    }

    /// A copy with another program or other arguments.
    public Command saying(List<String> others) {
        return new Command(others, limit, directory, environment, prints);
    }

    /// A copy that talks to the user on the terminal.
    public Command talking() {
        return new Command(argv, limit, directory, environment, Prints.SHOWN);
    }

    /// A copy whose lines are passed on, and not kept.
    public Command passedOn() {
        return new Command(argv, limit, directory, environment, Prints.PASSED_ON);
    }

    /// As typed in a shell.
    @Override
    public String toString() {
        return String.join(" ", argv);
    }
}
