package dev.tandem.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// An HTTP/2 request that would be two, or another one, if it was written down as HTTP/1.1 without
/// a second look.
///
/// @param name what is tried
/// @param fields names and values of the head, in turn; `/n/` becomes the number of the case
/// @param body what follows; empty for nothing
/// @param answer what comes back (see {@link H2#answers})
record H2Payload(String name, List<String> fields, String body, String answer) {
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

    static List<H2Payload> all() {
        return List.of(
                with("as it should be", "", Payload.PASSES, "x", "y"),
                with("length too short", SMUGGLED, "reset", "content-length", "0"),
                with("length too long", "x", "reset", "content-length", "99"),
                with("two lengths", "x", "reset", "content-length", "1", "content-length", "9"),
                with("length 1 1", "x", "reset", "content-length", "1 1"),
                with("length of 2^64", "", "reset", "content-length", "18446744073709551616"),
                with("chunked", "0\r\n\r\n" + SMUGGLED, "reset", "transfer-encoding", "chunked"),
                with("te: chunked", "", "reset", "te", "chunked"),
                with("connection", "", "reset", "connection", "keep-alive"),
                with("CRLF in a value", "", "reset", "x", "y\r\n\r\n" + SMUGGLED),
                with("LF in a value", "", "reset", "x", "y\nTransfer-Encoding: chunked"),
                with("CR in a value", "", "reset", "x", "y\rz"),
                with("NUL in a value", "", "reset", "x", "y\0z"),
                with("CRLF in a name", "", "reset", "x: y\r\nz", "z"),
                with("colon in a name", "", "reset", "x: y", "z"),
                with("space in a name", "", "reset", "x y", "z"),
                with("capital in a name", "", "reset", "Host", "z"),
                with("no name", "", "goaway", "", "z"),
                head("space in the path", "GET", "http", "/n/ HTTP/1.1\r\nX: y", "x", "reset"),
                head("a second request in the path", "GET", "http", "/n/ HTTP/1.1", "x", "reset"),
                head("NUL in the path", "GET", "http", "/n/\0", "x", "reset"),
                head("no path", "GET", "http", "", "x", "reset"),
                head("space in the method", "GET /n/ HTTP/1.1\r\nX:", "http", "/n/", "x", "reset"),
                head("space in the scheme", "GET", "http://x/n/ ", "/n/", "x", "400"),
                head("CRLF in the authority", "GET", "http", "/n/", "x\r\nX: y", "reset"),
                with("another host", "", Payload.PASSES, "host", "y"),
                with("a pseudo header late", "", "reset", ":path", "/n/"),
                with("an unknown pseudo header", "", "reset", ":x", "y"));
    }

    private static H2Payload with(String name, String body, String answer, String... more) {
        String method = body.isEmpty() ? "GET" : "POST";
        List<String> head = fields(method, "http", "/n/", "x");
        List<String> all = Stream.concat(head.stream(), Stream.of(more)).toList();
        return new H2Payload(name, all, body, answer);
    }

    private static H2Payload head(
            String name,
            String method,
            String scheme,
            String path,
            String authority,
            String answer) {
        return new H2Payload(name, fields(method, scheme, path, authority), "", answer);
    }

    private static List<String> fields(
            String method, String scheme, String path, String authority) {
        List<String> fields = new ArrayList<>(List.of(":method", method, ":scheme", scheme));
        fields.addAll(List.of(":path", path, ":authority", authority));
        return fields;
    }

    /// On a connection of its own.
    byte[] numbered(int number) {
        List<String> numbered =
                fields.stream().map(text -> text.replace("/n/", "/" + number + "/")).toList();
        H2 h2 = new H2().headers(1, body.isEmpty() ? H2.END_STREAM : 0, numbered);
        return (body.isEmpty() ? h2 : h2.data(1, body)).bytes();
    }
}
