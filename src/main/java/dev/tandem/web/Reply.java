package dev.tandem.web;

import java.nio.charset.StandardCharsets;

/// The body of an answer.
///
/// @param type as of `Content-Type`
@SuppressWarnings("ArrayRecordComponent") // nobody compares two, and its only reader sends it
record Reply(String type, byte[] body) {
    static Reply text(String text) {
        return new Reply(
                "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Reply json(String json) {
        return new Reply("application/json", json.getBytes(StandardCharsets.UTF_8));
    }
}
