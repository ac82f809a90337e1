package dev.tandem.acme;

import dev.tandem.model.Acme;
import dev.tandem.model.Stop;
import dev.tandem.model.Stop.Kind;
import java.time.Instant;
import java.util.Optional;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.exception.AcmeUnauthorizedException;

/// What can be wrong with an order, in words, with what to do about it.
///
/// @param acme what was ordered
record Troubles(Acme acme) {
    private static final String STATE = "the certificate that there is goes on";
    private static final String AGAIN = "tandem certificate renew --now";

    /// A name for which the CA did not get the answer.
    ///
    /// @param said what the CA found
    OrderFailed unproven(String name, Optional<String> said, Proving proving) {
        String next =
                switch (proving) {
                    case Proving.ByHttp() ->
                            ("getent hosts %1$s has to be the VIP, or what leads port 80 to it;"
                                            + " curl http://%1$s/.well-known/acme-challenge/x"
                                            + " says x and a dot; then: %2$s")
                                    .formatted(name, AGAIN);
                    case Proving.ByDns _ ->
                            "the program of tls.acme.dns returns when DNS has the record: %s"
                                    .formatted(AGAIN);
                };
        return failed(
                Kind.REFUSED,
                "the CA does not believe that " + name + " is this site's",
                said.orElse("it did not say why"),
                next);
    }

    /// A CA that does not offer the way in which names are proven.
    OrderFailed cannotProve(String name, String way) {
        return failed(
                Kind.REFUSED,
                "the CA does not take a proof over " + way + " for " + name,
                acme.url(),
                way.equals("HTTP") ? "add tls.acme.dns, then: tandem apply" : AGAIN);
    }

    /// An order that the CA gave up.
    OrderFailed refused(Optional<String> said) {
        return failed(
                Kind.REFUSED,
                "the CA gives no certificate",
                said.orElse("it was not ready in time"),
                AGAIN);
    }

    /// Whatever else the CA said, or its silence.
    OrderFailed of(Exception e) {
        String said = said(e);
        return switch (e) {
            case AcmeRateLimitedException limited ->
                    new OrderFailed(
                            stop(
                                    Kind.REFUSED,
                                    "the CA gives no more certificates for now",
                                    said,
                                    "tandem status says when it is asked again"),
                            limited.getRetryAfter());
            case AcmeUnauthorizedException _ ->
                    failed(
                            Kind.REFUSED,
                            "the CA does not accept this site's account",
                            said,
                            "if it is deactivated: tandem certificate renew --new-account");
            case AcmeServerException _ ->
                    failed(Kind.REFUSED, "the CA refuses the order", said, AGAIN);
            case AcmeNetworkException _ ->
                    failed(
                            Kind.ENVIRONMENT,
                            "the CA cannot be reached",
                            acme.url() + ": " + said,
                            "curl -sS " + acme.url() + "; then: " + AGAIN);
            default ->
                    failed(
                            Kind.ENVIRONMENT,
                            "the CA cannot be understood",
                            acme.url() + ": " + said,
                            "curl -sS " + acme.url() + "; then: " + AGAIN);
        };
    }

    /// The innermost cause that has words.
    private static String said(Throwable e) {
        String words = String.valueOf(e.getMessage());
        for (Throwable one = e; one != null; one = one.getCause()) {
            if (one.getMessage() != null) {
                words = one.getMessage();
            } else if (one.getCause() == null) {
                words = one.getClass().getSimpleName();
            }
        }
        return words;
    }

    private static OrderFailed failed(Kind kind, String what, String seen, String next) {
        return new OrderFailed(stop(kind, what, seen, next), Optional.<Instant>empty());
    }

    private static Stop stop(Kind kind, String what, String seen, String next) {
        return new Stop(kind, what, seen, STATE, next);
    }
}
