package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs commands: the one way to an engine.
///
/// A runner belongs to *one* engine. Everything built on it ({@link Docker}, {@link Nodes}, {@link
/// Volumes}, {@link Engine}) is about that engine only, so two engines need two runners. {@link
/// Processes} starts real programs; tests use an engine in memory.
public interface Runner {
    /// Runs a command and returns its output, whatever its exit code. A program that is not
    /// installed is an answer too: {@link Output#NOT_FOUND}.
    ///
    /// @throws Stop when it cannot be started
    default Output run(Command command) {
        return run(command, line -> {});
    }

    /// The same, passing on each line of both streams as it arrives, to show progress.
    ///
    /// @throws Stop when it cannot be started
    Output run(Command command, Consumer<String> line);

    /// Starts a command that keeps running until it is ended, and appends both of its streams to a
    /// file.
    ///
    /// @throws Stop when the program does not exist
    Following follow(Command command, Path file);

    /// The socket of that engine, where it can be asked without a command; empty when there is none
    /// here.
    default Optional<Path> socket() {
        return Optional.empty();
    }

    /// What a page says on the machine of that engine; empty when it says nothing, or cannot be
    /// reached from here: then only commands in containers tell.
    default Optional<String> read(Page page) {
        return Optional.empty();
    }

    /// Where that engine runs.
    default Where where() {
        return Where.HERE;
    }
}
