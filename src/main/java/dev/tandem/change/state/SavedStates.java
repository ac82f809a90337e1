package dev.tandem.change.state;

import dev.tandem.model.Site;
import dev.tandem.prepare.SiteDirectory;
import java.util.Optional;
import java.util.function.Function;

/// All saved states of one site: the present one, the one before each change, and any that is made
/// aside. It alone knows where they lie, and how a site file of earlier days is read.
///
/// @param directory the site's directory
/// @param reader from the text of a site file of earlier days to its site; empty when it is not
///   understood any more
public record SavedStates(SiteDirectory directory, Function<String, Optional<Site>> reader) {
    /// What was applied last.
    public SavedState present() {
        return new SavedState(directory);
    }

    /// What was there before a change.
    public SavedState before(int change) {
        return new SavedState(history().before(change));
    }

    /// One that is made aside, to become the present one.
    public SavedState next(SiteDirectory aside) {
        return new SavedState(aside);
    }

    /// The changes that lie between them.
    public History history() {
        return new History(directory);
    }

    /// The site that a state is of; empty when there is no state, or its site file is not
    /// understood any more.
    public Optional<Site> site(SavedState state) {
        return state.exists() ? reader.apply(state.siteFile()) : Optional.empty();
    }

    /// The site as it was applied last.
    public Optional<Site> applied() {
        return site(present());
    }
}
