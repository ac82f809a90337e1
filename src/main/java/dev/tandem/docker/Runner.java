package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Runs commands: the one way to an engine.
///
/// A runner belongs to *one* engine. Whatever is built on it ({@link Docker}, {@link Nodes}, {@link
/// Volumes}, {@link Engine}) speaks of that engine only, so two engines are two runners. {@link
/// Processes} starts real programs; tests have an engine in memory.
public interface Runner {
    /// Runs a command and returns what it said, whatever its exit code.
    ///
    /// @throws Stop when the program is not there
    default Output run(Command command) {
        return run(command, line -> {});
    }

    /// The same, handing on each line of both streams as it comes: for showing progress.
    ///
    /// @throws Stop when the program is not there
    Output run(Command command, Consumer<String> line);

    /// Starts a command that goes on by itself until it is ended, and appends both of its streams
    /// to a file.
    ///
    /// @throws Stop when the program is not there
    Following follow(Command command, Path file);
}
