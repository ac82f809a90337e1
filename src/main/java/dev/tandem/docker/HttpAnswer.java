package dev.tandem.docker;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An answer over HTTP/1.0, read to the end of its connection (RFC 9112).
final class HttpAnswer {
    static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LENGTH = "content-length:";

    private HttpAnswer() {}

    /// Whether there has to be a length, or an answer without one is taken as well: who reads it
    /// sees by itself where it ends.
    enum Length {
        SAID,
        SAID_OR_NOT
    }

    /// The body of a good answer (200) that came whole; empty for any other.
    static Optional<String> body(String answer, Length needed) {
        int end = answer.indexOf(END_OF_HEAD);
        if (end < 0 || !answer.startsWith("HTTP/1.") || !answer.startsWith(" 200", 8)) {
            return Optional.empty();
        }
        String body = answer.substring(end + END_OF_HEAD.length());
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        Optional<String> said =
                answer.substring(0, end)
                        .lines()
                        .filter(line -> line.regionMatches(true, 0, LENGTH, 0, LENGTH.length()))
                        .map(line -> line.substring(LENGTH.length()).strip())
                        .findFirst();
        boolean isWhole =
                said.map(text -> text.equals(Integer.toString(length)))
                        .orElse(needed == Length.SAID_OR_NOT);
        return isWhole ? Optional.of(body) : Optional.empty();
    }
}
