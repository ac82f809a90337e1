package dev.tandem.health;

import dev.tandem.model.Renewal;
import dev.tandem.model.Renewal.Held;
import dev.tandem.model.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// How long the certificate that clients see is still valid. Only `up` renews the site's own, so a
/// warning is needed before it expires; one of a CA should be another one by now.
///
/// @param noted when it expires, as noted when it was made; empty text: there is none yet
/// @param now the current time
/// @param renewal how it stands with the one that a CA gives by itself
public record CertificateTerm(String noted, Instant now, Renewal renewal) {
    /// The remaining time from which on there is a warning. `up` renews from 30 days on, so by then
    /// it has not been run for a while.
    public static final Duration SOON = Duration.ofDays(21);

    /// One that no CA gives by itself.
    public CertificateTerm(String noted, Instant now) {
        this(noted, now, Renewal.NONE);
    }

    /// What is wrong with it; empty when it is valid for long enough.
    Optional<Lack> lack(Site site) {
        Optional<Held> held = renewal.held().filter(_ -> site.tls().acme().isPresent());
        if (held.isPresent()) {
            return held.filter(one -> !one.late().isAfter(now)).map(this::notRenewed);
        }
        if (noted.isEmpty()) {
            return Optional.empty();
        }
        try {
            return now.plus(SOON).isBefore(Instant.parse(noted))
                    ? Optional.empty()
                    : Optional.of(new Lack.Ending(noted, cure(site)));
        } catch (DateTimeParseException e) {
            return Optional.of(new Lack.EndUnknown());
        }
    }

    private Lack notRenewed(Held held) {
        String why =
                renewal.failure()
                        .map(failure -> "no order succeeded: " + failure.why())
                        .orElse("nothing has renewed it: tandem certificate timer install");
        return new Lack.Ending(held.ends().toString(), why + "; tandem certificate renew --now");
    }

    private static String cure(Site site) {
        return site.tls().provided().isPresent()
                ? "replace the files of tls.certificate and tls.key, then tandem up"
                : "tandem up renews it";
    }
}
