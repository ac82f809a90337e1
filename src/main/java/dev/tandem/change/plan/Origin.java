package dev.tandem.change.plan;

import dev.tandem.model.Site;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where the difference between wanted and seen comes from.
public sealed interface Origin {
    /// Nothing is known.
    Origin NONE = new Edited(List.of(), Moves.NONE, Optional.empty());

    /// The site file, and who has changed the site since it was applied last.
    ///
    /// @param keys what differs between the site file as it was applied last and as it is now
    /// @param moves what of that has another place
    /// @param interrupted the change that was interrupted, in a few words; empty when none was
    record Edited(List<Difference> keys, Moves moves, Optional<String> interrupted)
            implements Origin {
        /// More keys than these would not fit a line.
        private static final int SHOWN = 2;

        public Edited {
            keys = List.copyOf(keys);
        }

        @Override
        public String text() {
            String shown =
                    keys.stream()
                            .limit(SHOWN)
                            .map(Difference::text)
                            .collect(Collectors.joining("; "));
            return keys.size() > SHOWN ? shown + "; and " + (keys.size() - SHOWN) + " more" : shown;
        }
    }

    /// A change that is taken back.
    ///
    /// @param moves what has another place where that change led to
    record TakenBack(Moves moves) implements Origin {
        @Override
        public Optional<String> interrupted() {
            return Optional.empty();
        }

        @Override
        public String text() {
            return "as before the change";
        }
    }

    /// Of a site file that was edited.
    ///
    /// @param applied the site as it was applied last; empty when that is not known
    static Origin edited(Optional<Site> applied, Site wanted, Optional<String> interrupted) {
        return new Edited(
                applied.map(before -> Differences.between(before, wanted)).orElse(List.of()),
                applied.map(before -> Moves.of(before, wanted)).orElse(Moves.NONE),
                interrupted);
    }

    /// Of a change that is taken back.
    ///
    /// @param tried what the site was to become
    /// @param before what it is to be again
    static Origin takenBack(Site tried, Site before) {
        return new TakenBack(Moves.of(tried, before));
    }

    /// What has another place afterwards.
    Moves moves();

    /// A change that was interrupted before, in a few words; empty when none was.
    Optional<String> interrupted();

    /// What of the site file was changed, as far as it fits a line; empty when nothing was.
    String text();
}
