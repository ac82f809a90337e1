package dev.tandem.cli;

import java.util.function.Function;

/// A verb of the command line.
///
/// @param <A> what it was asked: all of its options and arguments, as a record of its own
public interface Verb<A> {
    /// What one types.
    String name();

    /// What it does, in one line.
    String summary();

    /// Whether the list of verbs leaves it out.
    default boolean hidden() {
        return false;
    }

    /// Declares its own options and arguments, and says what they come to; `--file` and `--help`
    /// are there already. This is the one place that knows how they are written.
    Function<Given, A> options(Options options);

    /// Does it.
    ExitCode run(A asked, SiteFile file);
}
