package dev.tandem.health;

import dev.tandem.model.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// How long the certificate that clients see is still valid. Only `up` renews it, so a warning is
/// needed before it expires.
///
/// @param noted when it expires, as noted when it was made; empty text: there is none yet
/// @param now the current time
public record CertificateTerm(String noted, Instant now) {
    /// The remaining time from which on there is a warning. `up` renews from 30 days on, so by then
    /// it has not been run for a while.
    public static final Duration SOON = Duration.ofDays(21);

    /// What is wrong with it; empty when it is valid for long enough.
    Optional<Lack> lack(Site site) {
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

    private static String cure(Site site) {
        return site.tls().provided().isPresent()
                ? "replace the files of tls.certificate and tls.key, then tandem up"
                : "tandem up renews it";
    }
}
