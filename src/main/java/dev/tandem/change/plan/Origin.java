package dev.tandem.change.plan;

import dev.tandem.model.Site;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where the difference between wanted and seen comes from.
public sealed interface Origin {
    /// Nothing is known.
    Origin NONE = new Edited(List.of(), Moves.NONE, Optional.empty());

    /// An edited site file, or changes to the site since it was last applied.
    ///
    /// @param keys the differences between the site file as last applied and as it is now
    /// @param moves what of that moves
    /// @param interrupted the change that was interrupted, in a few words; empty if none
    record Edited(List<Difference> keys, Moves moves, Optional<String> interrupted)
            implements Origin {
        /// More keys than this would not fit on a line.
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

    /// A change that is being taken back.
    ///
    /// @param moves what moves when it is taken back
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

    /// The origin for an edited site file.
    ///
    /// @param applied the site as it was last applied; empty when unknown
    static Origin edited(Optional<Site> applied, Site wanted, Optional<String> interrupted) {
        return new Edited(
                applied.map(before -> Differences.between(before, wanted)).orElse(List.of()),
                applied.map(before -> Moves.of(before, wanted)).orElse(Moves.NONE),
                interrupted);
    }

    /// The origin for a change that is being taken back.
    ///
    /// @param tried the state that the change was meant to reach
    /// @param before the state to restore
    static Origin takenBack(Site tried, Site before) {
        return new TakenBack(Moves.of(tried, before));
    }

    /// What moves.
    Moves moves();

    /// An earlier interrupted change, in a few words; empty if none.
    Optional<String> interrupted();

    /// What was changed in the site file, as far as it fits on a line; empty when nothing was.
    String text();
}
