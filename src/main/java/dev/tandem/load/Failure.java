package dev.tandem.load;

import dev.tandem.load.http.EndedEarly;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import javax.net.ssl.SSLException;

/// Tells what a connection's failure was from the exception's type. Its text is the system's own,
/// in the language of the system, so it decides only where nothing else does.
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

    /// While there was a connection.
    static Outcome talking(IOException e) {
        return switch (e) {
            case EndedEarly _ -> Outcome.CUT_SHORT;
            case SSLException _ -> Outcome.TLS_FAILED;
            default -> Outcome.RESET;
        };
    }

    /// Linux has many ways to say that there is no way, and few to say that the peer hung up:
    /// ECONNRESET and EPIPE. In another language than English they count as unreachable.
    private static boolean isReset(IOException e) {
        String text = String.valueOf(e.getMessage());
        return text.contains("reset") || text.contains("Broken pipe");
    }
}
