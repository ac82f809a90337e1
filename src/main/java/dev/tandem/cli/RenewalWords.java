package dev.tandem.cli;

import dev.tandem.acme.Due;
import dev.tandem.acme.Renewals.Outcome;
import dev.tandem.model.Acme;
import dev.tandem.model.Renewal;
import dev.tandem.model.Renewal.Failure;
import dev.tandem.model.Renewal.Held;
import dev.tandem.model.Site;
import dev.tandem.text.Pem;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How it stands with the certificate of a CA, in words. Pure.
final class RenewalWords {
    private RenewalWords() {}

    /// The answer to `renew`.
    static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Kept(Held held) -> "Nothing to do: the certificate " + terms(held);
            case Outcome.Ordered(Held held) -> "The balancers show a certificate " + terms(held);
            case Outcome.Waits(Due.Waits due) -> waits(due);
        };
    }

    static String waits(Due.Waits due) {
        return "a certificate is due (%s); %s".formatted(due.why(), failed(due.failure()));
    }

    /// The lines of `status`.
    ///
    /// @param acme what the site asks for
    static List<String> ofStatus(Acme acme, Renewal renewal) {
        List<String> lines = new ArrayList<>();
        lines.add(
                renewal.held()
                        .map(held -> "from " + held.url() + " " + terms(held))
                        .orElse(
                                "none yet from %s: the site's own serves; tandem certificate renew"
                                        .formatted(acme.url())));
        renewal.failure().map(RenewalWords::failed).ifPresent(lines::add);
        return lines;
    }

    /// What is still to be done after `up`; empty when nothing is.
    static Optional<String> afterUp(Site site, Renewal renewal) {
        return site.tls()
                .acme()
                .filter(_ -> renewal.held().isEmpty())
                .map(acme ->
                        """

                        The site's own certificate serves until there is one from %s:
                        tandem certificate renew            orders it
                        tandem certificate timer install    and renews it from then on\
                        """
                                .formatted(acme.url()));
    }

    private static String failed(Failure failure) {
        return "the last order failed %s%s: %s; the next one not before %s"
                .formatted(
                        at(failure.at()),
                        failure.count() > 1 ? " (%d in a row)".formatted(failure.count()) : "",
                        failure.why(),
                        at(failure.next()));
    }

    static String toBeRevoked(X509Certificate certificate) {
        return "The certificate for %s, valid until %s, serial number %s"
                .formatted(
                        String.join(", ", Pem.names(certificate)),
                        at(certificate.getNotAfter().toInstant()),
                        certificate.getSerialNumber().toString(16));
    }

    private static String terms(Held held) {
        return "for %s, valid until %s; the next one is due %s"
                .formatted(String.join(", ", held.names()), at(held.ends()), at(held.due()));
    }

    private static String at(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
