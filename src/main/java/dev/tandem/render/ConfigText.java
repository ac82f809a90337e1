package dev.tandem.render;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

/// Writes configuration text. Every value is checked on its way in: one with a line break or a
/// control character could become a directive of its own, so letting it get this far is a bug.
final class ConfigText {
    private final StringBuilder out = new StringBuilder();

    /// Appends a block of lines, with each `%s` replaced by the next value. Indented like a text
    /// block; ends with a line break.
    ///
    /// @throws IllegalArgumentException when a value holds a control character
    @FormatMethod
    ConfigText add(@FormatString String block, Object... values) {
        for (Object value : values) {
            refuseControlCharacters(value.toString());
        }
        out.append(block.formatted(values));
        return this;
    }

    /// A single block.
    @FormatMethod
    static String block(@FormatString String block, Object... values) {
        return new ConfigText().add(block, values).toString();
    }

    private static void refuseControlCharacters(String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a value with a control character reached a configuration file: "
                            + value.replaceAll("\\p{Cntrl}", "?"));
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
