package dev.tandem.model;

import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;

/// How the balancers find out whether a server of a {@link TcpService} can be used.
///
/// @param protocol what it is asked in
/// @param asked what it is asked for: the user of a database, a role of Redis, the path of a URL;
///   empty where nothing is
/// @param host the site that is asked for, with HTTP and TLS
/// @param port the port that is asked; empty: the one that clients' connections go to
/// @param every the time between two checks; empty: see {@link #every(Timing)}
public record TcpCheck(
        Protocol protocol,
        Optional<String> asked,
        Optional<String> host,
        Optional<Integer> port,
        Optional<Duration> every) {
    /// A connection that comes about is enough.
    public static final TcpCheck CONNECTION = of(Protocol.TCP);

    /// Whoever is asked more than for a connection begins a session, a process or a handshake for
    /// it. A little less than a second: HAProxy spreads the first checks over intervals of a second
    /// and more.
    private static final Duration SESSION = Duration.ofMillis(999);

    /// What HAProxy speaks with a server to check it.
    public enum Protocol {
        TCP("tcp"),
        TLS("tls"),
        HTTP("http"),
        HTTPS("https"),
        PGSQL("pgsql"),
        MYSQL("mysql"),
        REDIS("redis"),
        SMTP("smtp"),
        LDAP("ldap");

        private final String word;

        Protocol(String word) {
            this.word = word;
        }

        /// The word for it in the site file.
        public String word() {
            return word;
        }
    }

    /// A check in this protocol, without anything else.
    public static TcpCheck of(Protocol protocol) {
        return new TcpCheck(
                protocol, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The time between two checks: as asked for; else that of web servers, and about a second for
    /// whom a check is more work than a connection.
    public Duration every(Timing timing) {
        boolean isLight = protocol == Protocol.TCP || timing.check().compareTo(SESSION) > 0;
        return every.orElse(isLight ? timing.check() : SESSION);
    }

    /// Whether a server that fails it may be well all the same, and have another part to play: a
    /// replica where the master is asked for, or one that something beside it (on another port)
    /// says is not to be used.
    public boolean choosesByRole() {
        return switch (protocol) {
            case REDIS -> asked.isPresent();
            case HTTP, HTTPS -> port.isPresent();
            case TCP, TLS, PGSQL, MYSQL, SMTP, LDAP -> false;
        };
    }

    /// As in the site file.
    @Override
    public String toString() {
        if (equals(of(protocol))) {
            return protocol.word();
        }
        StringJoiner text = new StringJoiner(", ", "{", "}");
        asked.ifPresent(what -> text.add(protocol.word() + ": " + what));
        host.ifPresent(name -> text.add("host: " + name));
        port.ifPresent(number -> text.add("port: " + number));
        every.ifPresent(time -> text.add("every: " + time.toMillis() + "ms"));
        return text.toString();
    }
}
