package dev.tandem.importing;

import dev.tandem.importing.Fate.Carried;
import dev.tandem.importing.Fate.Covered;
import dev.tandem.importing.Fate.Listed;
import dev.tandem.importing.Fate.Raw;
import java.util.List;

/// A line of the input and all that has become of it.
///
/// @param at where it stands
/// @param text the line as it is, without blanks around it
/// @param fates at least one
public record Told(SourcePlace at, String text, List<Fate> fates) {
    public Told {
        fates = List.copyOf(fates);
    }

    /// What a line counts as: what is listed of it counts most, so that nobody overlooks it.
    public enum Verdict {
        /// A part of it is left out, or means something else.
        LISTED,
        /// It stands below `haproxy`.
        RAW,
        /// A key says the same.
        CARRIED,
        /// Tandem does that by itself.
        COVERED
    }

    /// The one that counts.
    public Verdict verdict() {
        return fates.stream().map(Told::verdict).min(Verdict::compareTo).orElse(Verdict.LISTED);
    }

    private static Verdict verdict(Fate fate) {
        return switch (fate) {
            case Listed _ -> Verdict.LISTED;
            case Raw _ -> Verdict.RAW;
            case Carried _ -> Verdict.CARRIED;
            case Covered _ -> Verdict.COVERED;
        };
    }

    /// The reasons why it is listed.
    public List<String> reasons() {
        return fates.stream()
                .filter(Listed.class::isInstance)
                .map(fate -> ((Listed) fate).why())
                .distinct()
                .toList();
    }
}
