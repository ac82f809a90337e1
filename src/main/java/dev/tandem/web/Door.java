package dev.tandem.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// Who gets in. Pure.
///
/// Other users of this machine reach the port, too, and so does every page that the operator's
/// browser has open. A token keeps the first out. The second are kept out by the names under which
/// they ask: a name of somebody else's that leads to 127.0.0.1 stands in `Host` (DNS rebinding),
/// the page that asks stands in `Origin`, and our cookie is not sent for them (`SameSite=Strict`).
///
/// @param port the port on the loopback interface
/// @param token the secret of this run
record Door(int port, String token) {
    private static final String COOKIE = "tandem";

    /// What becomes of a visit.
    enum Answer {
        /// It may come in.
        IN,
        /// It has the token in its address: it gets the cookie, and an address without the token.
        ENTERS,
        /// It asks for another name than ours.
        WRONG_NAME,
        /// Another page asks.
        WRONG_PAGE,
        /// It has no cookie of this run.
        UNKNOWN
    }

    /// What of a request decides.
    ///
    /// @param changes whether it asks for more than to read
    /// @param query the part of the address behind `?`
    record Visit(
            boolean changes,
            Optional<String> host,
            Optional<String> origin,
            Optional<String> cookies,
            Optional<String> query) {}

    Answer answer(Visit visit) {
        if (visit.host().filter(this::isOurs).isEmpty()) {
            return Answer.WRONG_NAME;
        }
        boolean ourPage = visit.origin().map(this::isOurPage).orElse(!visit.changes());
        if (!ourPage) {
            return Answer.WRONG_PAGE;
        }
        if (visit.cookies().filter(this::hasToken).isPresent()) {
            return Answer.IN;
        }
        boolean enters = visit.query().filter(query -> same(query, "token=" + token)).isPresent();
        return enters && !visit.changes() ? Answer.ENTERS : Answer.UNKNOWN;
    }

    private boolean isOurs(String host) {
        return host.equals("127.0.0.1:" + port) || host.equals("localhost:" + port);
    }

    private boolean isOurPage(String origin) {
        return origin.startsWith("http://") && isOurs(origin.substring("http://".length()));
    }

    private boolean hasToken(String cookies) {
        return Arrays.stream(cookies.split("; *"))
                .anyMatch(cookie -> same(cookie, COOKIE + "=" + token));
    }

    /// In a time that does not tell how much of it is right.
    private static boolean same(String seen, String wanted) {
        return MessageDigest.isEqual(
                seen.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    /// The header that gives it its cookie.
    String cookie() {
        return COOKIE + "=" + token + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /// The address to open.
    String address() {
        return "http://127.0.0.1:" + port + "/?token=" + token;
    }
}
