package dev.tandem.cli;

import java.util.function.Function;

/// A verb of the command line.
///
/// @param <A> its options and arguments, as a record of its own
public interface Verb<A> {
    /// The word to type.
    String name();

    /// Its purpose, in one line.
    String summary();

    /// Whether the list of verbs leaves it out.
    default boolean hidden() {
        return false;
    }

    /// Declares its own options and arguments, and how to turn them into its record; `--file` and
    /// `--help` exist already. This is the only place that knows their spelling.
    Function<Given, A> options(Options options);

    /// Runs the verb.
    ExitCode run(A asked, SiteFile file);
}
