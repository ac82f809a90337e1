package dev.tandem.change.carry;

import java.util.List;

/// The machines that do not answer, as far as the operator knows more of them than that.
///
/// @param without those that come back: the site is changed without them
/// @param gone those that the site leaves and that stay off until somebody cleans them
public record Away(List<String> without, List<String> gone) {
    /// All must answer.
    public static final Away NONE = new Away(List.of(), List.of());

    public Away {
        without = List.copyOf(without);
        gone = List.copyOf(gone);
    }
}
