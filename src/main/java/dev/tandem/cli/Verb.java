package dev.tandem.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// A verb of the command line.
public interface Verb {
    /// What one types.
    String name();

    /// What it does, in one line.
    String summary();

    /// Adds its own options and arguments; `--file` and `--help` are there already.
    default void describe(CommandSpec spec) {}

    /// Does it.
    ExitCode run(ParseResult arguments);
}
