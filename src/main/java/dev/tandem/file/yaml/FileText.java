package dev.tandem.file.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// From bytes to text, or to the reason why they are not text.
///
/// Size, encoding and forbidden characters are checked here, before the YAML library sees anything:
/// it would stop at the first problem with a message about its own buffers.
public sealed interface FileText {
    /// More than any site needs, and small enough to read in one go.
    int MOST_BYTES = 256 * 1024;

    /// Text that may be YAML.
    record Clean(Source source) implements FileText {}

    /// Not text, or too much of it.
    record Unreadable(Problem problem) implements FileText {}

    /// Decodes a whole file.
    static FileText decode(String file, byte[] content) {
        if (content.length > MOST_BYTES) {
            return unreadable(
                    Source.of(file, ""),
                    "",
                    "the file is too large: at most 256 KiB are read",
                    "is this the right file?");
        }
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer characters = CharBuffer.allocate(content.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, characters, true);
        String text = withoutMark(characters.flip().toString());
        int forbidden = text.indexOf(0) >= 0 ? text.indexOf(0) : firstForbidden(text);
        Source whole = Source.of(file, withoutMark(new String(content, StandardCharsets.UTF_8)));
        if (forbidden >= 0) {
            return forbidden(whole, text, forbidden);
        }
        return result.isError() || bytes.hasRemaining()
                ? notUtf8(whole, text, bytes.get(bytes.position()) & 0xff)
                : new Clean(whole);
    }

    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static FileText notUtf8(Source whole, String before, int octet) {
        boolean isUtf16 = before.isEmpty() && octet >= 0xfe;
        return unreadable(
                whole,
                before,
                "the byte 0x%02X is not UTF-8".formatted(octet),
                isUtf16 ? "it looks like UTF-16: save it as UTF-8" : "save the file as UTF-8");
    }

    private static FileText forbidden(Source whole, String text, int index) {
        int character = text.codePointAt(index);
        String before = text.substring(0, index);
        if (character == 0) {
            return unreadable(
                    whole,
                    before,
                    "the file is binary: it has a NUL byte here",
                    "is this the right file?");
        }
        return unreadable(
                whole,
                before,
                "the character " + Visible.name(character) + " is not allowed",
                "remove it; most editors do not show it");
    }

    private static FileText unreadable(Source whole, String before, String message, String hint) {
        List<String> lines = Source.of(whole.file(), before).lines();
        String last = lines.getLast();
        Spot spot = new Spot(lines.size(), last.codePointCount(0, last.length()) + 1, 1);
        return new Unreadable(whole.problem(spot, message, hint));
    }

    /// The index of the first character that may not be in a file, not even in a comment; -1 when
    /// there is none. Tabs are left to the YAML reader.
    private static int firstForbidden(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            boolean isBreak = character == '\n' || character == '\r' || character == '\t';
            if (!isBreak && isForbidden(character)) {
                return index;
            }
        }
        return -1;
    }

    /// Control characters, and what YAML 1.1 took for line breaks but 1.2 does not: two readers
    /// would see different lines.
    private static boolean isForbidden(char character) {
        return Character.isISOControl(character)
                || character == '\u2028'
                || character == '\u2029'
                || character == '\ufeff'
                || character >= '\ufffe';
    }
}
