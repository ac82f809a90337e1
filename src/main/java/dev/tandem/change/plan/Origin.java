package dev.tandem.change.plan;

import dev.tandem.model.Site;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Where the difference between wanted and seen comes from.
public sealed interface Origin {
    /// The cause of everything when a change is taken back.
    String AS_BEFORE = "as before the change";

    /// Nothing is known.
    Origin NONE = new Edited(List.of(), Moves.NONE, Optional.empty());

    /// An edited site file, or changes to the site since it was last applied.
    ///
    /// @param keys the differences between the site file as last applied and as it is now, each
    ///   with what it changes
    /// @param moves what of that moves
    /// @param interrupted the change that was interrupted, in a few words; empty if none
    record Edited(List<Effects.Effect> keys, Moves moves, Optional<String> interrupted)
            implements Origin {
        /// More keys than this would not fit on a line.
        private static final int SHOWN = 2;

        public Edited {
            keys = List.copyOf(keys);
        }

        @Override
        public String text() {
            return text(keys.stream().map(Effects.Effect::key).toList());
        }

        @Override
        public String text(Predicate<String> part) {
            return text(
                    keys.stream()
                            .filter(key -> key.changes().stream().anyMatch(part))
                            .map(Effects.Effect::key)
                            .toList());
        }

        @Override
        public String below(List<String> sections) {
            return text(
                    keys.stream()
                            .map(Effects.Effect::key)
                            .filter(key -> sections.contains(key.path().keys().getFirst()))
                            .toList());
        }

        private static String text(List<Difference> keys) {
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
            return AS_BEFORE;
        }

        @Override
        public String text(Predicate<String> part) {
            return AS_BEFORE;
        }

        @Override
        public String below(List<String> sections) {
            return AS_BEFORE;
        }
    }

    /// The origin for an edited site file.
    ///
    /// @param applied the site as it was last applied; empty when unknown
    static Origin edited(Optional<Site> applied, Site wanted, Optional<String> interrupted) {
        return new Edited(
                applied.map(before -> Effects.of(before, wanted)).orElse(List.of()),
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

    /// The keys of the site file that change something, as far as they fit on a line; empty when
    /// none does.
    ///
    /// @param part paths of files, or names of services
    String text(Predicate<String> part);

    /// The same for keys in these sections of the file, whatever they change.
    String below(List<String> sections);
}
