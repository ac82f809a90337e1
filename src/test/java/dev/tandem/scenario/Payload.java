package dev.tandem.scenario;

import java.util.ArrayList;
import java.util.List;

/// What somebody sends who wants a balancer and a web server to see different requests in the same
/// bytes. HAProxy understands it as one request, or refuses it; the web server behind never sees a
/// second one.
///
/// @param name what is tried; it is in the path of each request, as `/n/`
/// @param text all that is sent, one character for each byte
/// @param answer what comes of it (see {@link RawClient#outcome})
record Payload(String name, String text, String answer) {
    /// A web server has answered it, once.
    static final String PASSES = "passes";

    /// What must reach nobody.
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

    private static final String CHUNKED = "Transfer-Encoding: chunked";

    /// All of them: a line each.
    static List<Payload> all() {
        List<Payload> all = new ArrayList<>();
        all.addAll(lengths());
        all.addAll(codings());
        all.addAll(chunks());
        all.addAll(lines());
        all.addAll(targets());
        return all;
    }

    private static List<Payload> lengths() {
        return List.of(
                post("CL.TE", "Content-Length: 6\r\n" + CHUNKED, "0\r\n\r\n" + SMUGGLED, PASSES),
                post("TE.CL", CHUNKED + "\r\nContent-Length: 4", chunk(SMUGGLED), PASSES),
                post("two lengths", "Content-Length: 0\r\nContent-Length: 35", SMUGGLED, "400"),
                post("a list of lengths", "Content-Length: 0, 35", SMUGGLED, "400"),
                post(
                        "the same length twice",
                        "Content-Length: 1\r\nContent-Length: 1",
                        "x",
                        PASSES),
                post("length +1", "Content-Length: +1", "x", "400"),
                post("length -1", "Content-Length: -1", SMUGGLED, "400"),
                post("length 0x1", "Content-Length: 0x1", "x", "400"),
                post("length 1 1", "Content-Length: 1 1", "x", "400"),
                post("no length in digits", "Content-Length: ", SMUGGLED, "400"),
                post("length of 2^64", "Content-Length: 18446744073709551616", "x", "400"),
                post("Content_Length", "Content_Length: 35", "", PASSES),
                get("GET with a body", "Content-Length: 35", SMUGGLED, PASSES));
    }

    private static List<Payload> codings() {
        String two = "Content-Length: 6\r\n";
        String body = "0\r\n\r\nX";
        return List.of(
                post("chunked twice", CHUNKED + "\r\n" + CHUNKED, body, "400"),
                post(
                        "chunked and identity",
                        CHUNKED + "\r\nTransfer-Encoding: identity",
                        body,
                        "400"),
                post("chunked, identity", two + CHUNKED + ", identity", body, "400"),
                post("xchunked", two + "Transfer-Encoding: xchunked", body, "400"),
                post("space before colon", two + "Transfer-Encoding : chunked", body, "400"),
                post("tab before chunked", "Transfer-Encoding:\tchunked", "0\r\n\r\n", PASSES),
                post("VT before chunked", two + "Transfer-Encoding:\u000bchunked", body, "400"),
                post("NUL after chunked", two + CHUNKED + "\0", body, "400"),
                post("Transfer_Encoding", two + "Transfer_Encoding: chunked", body, PASSES),
                post("quoted", two + "Transfer-Encoding: \"chunked\"", body, "400"),
                new Payload(
                        "chunked in HTTP/1.0",
                        "POST /n/ HTTP/1.0\r\nHost: x\r\n" + two + CHUNKED + "\r\n\r\n" + body,
                        "400"));
    }

    private static List<Payload> chunks() {
        return List.of(
                post("extension of a chunk", CHUNKED, "1;a=b\r\nx\r\n0\r\n\r\n", PASSES),
                post("extension with LF", CHUNKED, "1;a\nx\r\n0\r\n\r\n", "400"),
                post("chunk 0x1", CHUNKED, "0x1\r\nx\r\n0\r\n\r\n", "400"),
                post("chunk -1", CHUNKED, "-1\r\nx\r\n0\r\n\r\n", "400"),
                post("chunk of 2^64", CHUNKED, "10000000000000000\r\nx\r\n0\r\n\r\n", "400"),
                post("chunks with LF", CHUNKED, "1\nx\n0\n\n", "400"),
                post("chunk too long", CHUNKED, "1\r\nxy\r\n0\r\n\r\n", "400"),
                post("length in a trailer", CHUNKED, "0\r\nContent-Length: 35\r\n\r\n", PASSES));
    }

    private static List<Payload> lines() {
        return List.of(
                raw("LF ends lines", "GET /n/ HTTP/1.1\nHost: x\n\n", PASSES),
                get("LF inside a value", "X: a\nTransfer-Encoding: chunked", "0\r\n\r\n", PASSES),
                get("CR inside a value", "X: a\rTransfer-Encoding: chunked", "", "400"),
                get("NUL inside a value", "X: a\0b", "", "400"),
                get("NUL inside a name", "X\0Y: a", "", "400"),
                get("space inside a name", "X Y: a", "", "400"),
                get("no name", ": a", "", "400"),
                get("no colon", "Transfer-Encoding chunked", "", "400"),
                get("a folded line", "X: a\r\n Transfer-Encoding: chunked", "", PASSES),
                raw("a folded first line", "GET /n/ HTTP/1.1\r\n X: a\r\nHost: x\r\n\r\n", "400"));
    }

    private static List<Payload> targets() {
        return List.of(
                raw("absolute URI", "GET http://other/n/ HTTP/1.1\r\nHost: x\r\n\r\n", "400"),
                raw("two hosts", "GET /n/ HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400"),
                raw("host with a path", "GET /n/ HTTP/1.1\r\nHost: x/y\r\n\r\n", "400"),
                raw("two versions", "GET /n/ HTTP/1.1 HTTP/1.1\r\nHost: x\r\n\r\n", "400"),
                raw("HTTP/1.2", "GET /n/ HTTP/1.2\r\nHost: x\r\n\r\n", PASSES),
                raw("HTTP/0.9", "GET /n/\r\n\r\n", "400"),
                raw("tabs", "GET\t/n/\tHTTP/1.1\r\nHost: x\r\n\r\n", PASSES),
                raw("a fragment", "GET /n/#x HTTP/1.1\r\nHost: x\r\n\r\n", "400"),
                raw("NUL in the path", "GET /n/\0 HTTP/1.1\r\nHost: x\r\n\r\n", "400"),
                raw("a method with a tail", "GET\0 /n/ HTTP/1.1\r\nHost: x\r\n\r\n", "400"));
    }

    private static Payload post(String name, String headers, String body, String answer) {
        return of(name, "POST", headers, body, answer);
    }

    private static Payload get(String name, String headers, String body, String answer) {
        return of(name, "GET", headers, body, answer);
    }

    private static Payload of(
            String name, String method, String headers, String body, String answer) {
        String head = method + " /n/ HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n";
        return new Payload(name, head + body, answer);
    }

    private static Payload raw(String name, String text, String answer) {
        return new Payload(name, text, answer);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n";
    }

    /// The same for one of several: `/n/` becomes `/NUMBER/`.
    String numbered(int number) {
        return text.replace("/n/", "/" + number + "/");
    }
}
