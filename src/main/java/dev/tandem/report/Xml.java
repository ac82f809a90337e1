package dev.tandem.report;

/// Text from outside, made safe for XML and HTML: whatever the name of a site, a node or a log, it
/// stays text.
final class Xml {
    private Xml() {}

    /// Escaped for an attribute or a text. What XML 1.0 cannot represent at all becomes U+FFFD.
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '<' -> escaped.append("&lt;");
                        case '>' -> escaped.append("&gt;");
                        case '&' -> escaped.append("&amp;");
                        case '"' -> escaped.append("&quot;");
                        case '\'' -> escaped.append("&apos;");
                        default -> escaped.appendCodePoint(isCharacter(c) ? c : 0xfffd);
                    }
                });
        return escaped.toString();
    }

    /// XML 1.0, section 2.2, Char.
    private static boolean isCharacter(int c) {
        return c == '\n'
                || c == '\t'
                || (c >= 0x20 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd)
                || c >= 0x10000;
    }
}
