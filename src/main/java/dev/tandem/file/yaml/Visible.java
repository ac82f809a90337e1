package dev.tandem.file.yaml;

/// Makes text safe to show.
///
/// A site file may come from anywhere, and a terminal obeys control characters: an escape sequence
/// in a value could recolour the screen or hide the rest of a message. So no part of the file
/// reaches a terminal without passing through here.
public final class Visible {
    /// Longer values are cut in a message; the line below it shows more.
    private static final int LONGEST = 60;

    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE = 0x7f;
    private static final int DELETE_PICTURE = 0x2421;
    private static final int TAB_PICTURE = '→';
    private static final int OTHER = 0xfffd;

    private Visible() {}

    /// The text, with every character that a terminal could act on replaced by a symbol.
    public static String text(String text) {
        return text.codePoints()
                .map(Visible::character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// The text in single quotes, cut when it is long, for use within a message.
    public static String quoted(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST) {
            return "'" + text(text) + "'";
        }
        return "'" + text(text.substring(0, text.offsetByCodePoints(0, LONGEST))) + "…'";
    }

    /// The character, or the symbol that stands for it.
    static int character(int codePoint) {
        if (isPlain(codePoint)) {
            return codePoint;
        }
        if (codePoint == '\t') {
            return TAB_PICTURE;
        }
        if (codePoint == DELETE) {
            return DELETE_PICTURE;
        }
        return codePoint < ' ' ? CONTROL_PICTURES + codePoint : OTHER;
    }

    /// Whether the character only ever shows itself: no control character, no line break, none of
    /// the invisible ones that change the direction of writing or join others.
    public static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    /// The character's name in Unicode: U+001B.
    public static String name(int codePoint) {
        return "U+%04X".formatted(codePoint);
    }
}
