package dev.tandem.change.state;

import dev.tandem.model.Site;
import dev.tandem.prepare.SiteDirectory;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// All saved states of one site: the present one, the one before each change, and any in a staging
/// directory. Only this class knows where they are, and how an old site file is read.
///
/// @param directory the site's directory
/// @param reader turns the text of an old site file, and the machines that its nodes were on, into
///   its site; empty when it is no longer understood, or when a file that it names is gone
/// @param lenient the same, whether or not the files that it names are still there
public record SavedStates(
        SiteDirectory directory,
        BiFunction<String, Map<String, String>, Optional<Site>> reader,
        BiFunction<String, Map<String, String>, Optional<Site>> lenient) {
    /// States whose site files name no other file.
    public SavedStates(SiteDirectory directory, Function<String, Optional<Site>> reader) {
        this(directory, (text, _) -> reader.apply(text), (text, _) -> reader.apply(text));
    }

    /// The state last applied.
    public SavedState present() {
        return new SavedState(directory);
    }

    /// The state before a change.
    public SavedState before(int change) {
        return new SavedState(history().before(change));
    }

    /// A state in a staging directory, which is to become the present one.
    public SavedState next(SiteDirectory aside) {
        return new SavedState(aside);
    }

    /// The changes between the states.
    public History history() {
        return new History(directory);
    }

    /// The site of a state to go back to; empty when there is no state, or its site file is no
    /// longer understood.
    public Optional<Site> site(SavedState state) {
        return state.exists() ? reader.apply(state.siteFile(), state.placed()) : Optional.empty();
    }

    /// The site as it was last applied.
    public Optional<Site> applied() {
        return present().exists()
                ? lenient.apply(present().siteFile(), present().placed())
                : Optional.empty();
    }
}
