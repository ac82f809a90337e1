package dev.tandem.web;

import java.nio.charset.StandardCharsets;

/// The body of an answer.
///
/// @param type as of `Content-Type`
@SuppressWarnings("ArrayRecordComponent") // nobody compares two, and its only reader sends it
record HttpReply(String type, byte[] body) {
    static HttpReply text(String text) {
        return new HttpReply(
                "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static HttpReply json(String json) {
        return new HttpReply("application/json", json.getBytes(StandardCharsets.UTF_8));
    }
}
