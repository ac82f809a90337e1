package dev.tandem.health;

import dev.tandem.model.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// How long the certificate that clients see is still good for. Only `up` renews it, so somebody
/// has to be told before it ends.
///
/// @param noted when it ends, as it was noted when it was made; empty text: there is none yet
/// @param now the time of the look
public record CertificateTerm(String noted, Instant now) {
    /// From here on its end is told. `up` renews from 30 days on: whoever comes here has not called
    /// it.
    public static final Duration SOON = Duration.ofDays(21);

    /// What is lacking of it; empty when it is good for long enough.
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
