package dev.tandem.cli;

import dev.tandem.model.Site;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

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

    /// The words that a shell offers for its argument.
    ///
    /// @param site reads the site, for a verb whose words are names in it
    default List<String> candidates(Supplier<Site> site) {
        return List.of();
    }

    /// Runs the verb.
    ExitCode run(A asked, SiteFile file);
}
