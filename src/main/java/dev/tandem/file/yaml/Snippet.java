package dev.tandem.file.yaml;

/// One line of the file with a caret under the relevant part.
///
/// Long lines are cut around the caret, so that it is never pushed off the screen. The caret is
/// placed by the width of characters on a terminal: combining accents take no cell, and East Asian
/// characters take two.
///
/// @param text the line, cut and safe to show
/// @param caret spaces and carets to put under it
record Snippet(String text, String caret) {
    private static final int WIDTH = 80;
    private static final int BEFORE = 30;
    private static final String CUT = "…";

    /// Cuts a line around the relevant place.
    ///
    /// @param line the whole line
    /// @param column of its first character, from 1; one past the end is allowed
    /// @param length its length in characters; at least one caret is drawn
    static Snippet around(String line, int column, int length) {
        int[] characters = line.codePoints().toArray();
        int at = Math.clamp(column - 1L, 0, characters.length);
        boolean fits = characters.length <= WIDTH;
        int from = fits ? 0 : Math.clamp(at - BEFORE, 0, characters.length - WIDTH + 2);
        int to = fits ? characters.length : Math.min(characters.length, from + WIDTH - 2);
        String head = from > 0 ? CUT : "";
        String tail = to < characters.length ? CUT : "";
        int pad = head.length() + width(characters, from, at);
        int meant = width(characters, at, Math.min(to, at + length));
        return new Snippet(
                head + shown(characters, from, to) + tail,
                " ".repeat(pad) + "^".repeat(Math.max(1, meant)));
    }

    private static String shown(int[] characters, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int index = from; index < to; index++) {
            text.appendCodePoint(Visible.character(characters[index]));
        }
        return text.toString();
    }

    private static int width(int[] characters, int from, int to) {
        int cells = 0;
        for (int index = from; index < to; index++) {
            cells += cells(Visible.character(characters[index]));
        }
        return cells;
    }

    private static int cells(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    /// The blocks that Unicode's East Asian Width counts as wide, as far as fonts agree on them.
    private static boolean isWide(int codePoint) {
        return in(codePoint, 0x1100, 0x115f)
                || in(codePoint, 0x2e80, 0xa4cf)
                || in(codePoint, 0xac00, 0xd7a3)
                || in(codePoint, 0xf900, 0xfaff)
                || in(codePoint, 0xfe30, 0xfe6f)
                || in(codePoint, 0xff00, 0xff60)
                || in(codePoint, 0xffe0, 0xffe6)
                || in(codePoint, 0x1f300, 0x1faff)
                || in(codePoint, 0x20000, 0x3fffd);
    }

    private static boolean in(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }
}
