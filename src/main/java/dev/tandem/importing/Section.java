package dev.tandem.importing;

import java.util.List;
import java.util.Locale;

/// A section of haproxy.cfg.
///
/// @param kind which one
/// @param header the line that opens it
/// @param lines those in it that say something
record Section(Kind kind, Line header, List<Line> lines) {
    Section {
        lines = List.copyOf(lines);
    }

    /// The sections that HAProxy 3.0 knows.
    enum Kind {
        GLOBAL,
        DEFAULTS,
        FRONTEND,
        BACKEND,
        LISTEN,
        PEERS,
        RESOLVERS,
        USERLIST,
        MAILERS,
        CACHE,
        PROGRAM,
        RING,
        HTTP_ERRORS,
        FCGI_APP,
        LOG_FORWARD,
        LOG_PROFILE,
        CRT_STORE,
        TRACES;

        /// The word that opens it.
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    String name() {
        return header.word(1);
    }

    /// Whether it takes connections, gives them to servers, or both.
    boolean isProxy() {
        return kind == Kind.FRONTEND || kind == Kind.BACKEND || kind == Kind.LISTEN;
    }

    /// Whether clients come here.
    boolean hasClients() {
        return kind == Kind.FRONTEND || kind == Kind.LISTEN;
    }

    /// Its lines that begin with these words.
    List<Line> all(String... first) {
        return lines.stream().filter(line -> line.begins(first)).toList();
    }
}
