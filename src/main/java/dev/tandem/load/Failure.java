package dev.tandem.load;

import dev.tandem.load.http.EndedEarly;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import javax.net.ssl.SSLException;

/// Derives the cause of a connection's failure from the type of the exception. The exception's text
/// comes from the system, in the system's language, so it decides only where nothing else can.
final class Failure {
    private Failure() {}

    /// While the connection was being opened, TLS included.
    static Outcome connecting(IOException e) {
        return switch (e) {
            case EndedEarly _ -> Outcome.CUT_SHORT;
            case SSLException _ -> Outcome.TLS_FAILED;
            case ConnectException _ -> Outcome.REFUSED;
            case NoRouteToHostException _ -> Outcome.UNREACHABLE;
            // No local port is free.
            case BindException _ -> Outcome.OWN_FAULT;
            default -> isReset(e) ? Outcome.RESET : Outcome.UNREACHABLE;
        };
    }

    /// While the connection was open.
    static Outcome talking(IOException e) {
        return switch (e) {
            case EndedEarly _ -> Outcome.CUT_SHORT;
            case SSLException _ -> Outcome.TLS_FAILED;
            default -> Outcome.RESET;
        };
    }

    /// Linux has many errors for "no way there" and only two for "the peer hung up": ECONNRESET and
    /// EPIPE. In a language other than English they count as unreachable.
    private static boolean isReset(IOException e) {
        String text = String.valueOf(e.getMessage());
        return text.contains("reset") || text.contains("Broken pipe");
    }
}
