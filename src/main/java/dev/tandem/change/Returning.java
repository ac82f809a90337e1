package dev.tandem.change;

import dev.tandem.model.Stop;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.prepare.SitePlace;
import dev.tandem.render.Layout.Tls;
import dev.tandem.render.Rendering;
import dev.tandem.text.Pem;
import dev.tandem.text.Progress;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// The certificate that clients see, when a site goes back to a state of the past. It may have been
/// withdrawn since, because somebody else has its key: it does not return unless somebody says so.
public enum Returning {
    /// Today's certificates stay.
    STAY,
    /// Those of the past come back.
    RETURN;

    /// Puts the certificates into the state that is to be; returns those that were made.
    ///
    /// @param back the site as it was, in its usual place
    /// @param next the state that is to be, made of that of the past
    /// @param past the state as it was kept
    /// @throws Stop when clients would see one of the past again that was not asked for
    List<String> put(
            Preparation preparation,
            SitePlace back,
            SiteDirectory next,
            SiteDirectory past,
            Progress progress) {
        SiteDirectory present = back.directory();
        List<String> made =
                this == STAY
                        ? preparation.keepCertificates(
                                new SitePlace(back.site(), back.base(), next), present)
                        : List.of();
        Optional<String> named = named(next, past, present);
        if (named.isPresent() && this == STAY) {
            throw refused(named.get());
        }
        named.ifPresent(one -> progress.done("clients will see again: " + one));
        return made;
    }

    /// The certificate of the past that clients would see again, in words; empty when they see
    /// today's, or a new one.
    ///
    /// @param next the state that is to be
    /// @param past the state as it was kept
    /// @param present the state that is
    private static Optional<String> named(
            SiteDirectory next, SiteDirectory past, SiteDirectory present) {
        String file = Tls.path(Tls.SITE);
        String shown = next.read(file);
        boolean isOfThePast = !shown.isEmpty() && shown.equals(past.read(file));
        return !isOfThePast || shown.equals(present.read(file))
                ? Optional.empty()
                : Optional.of(words(shown));
    }

    private static String words(String pem) {
        try {
            X509Certificate certificate = Pem.certificates(pem).getFirst();
            return "the certificate of %s for %s, SHA-256 %s"
                    .formatted(
                            LocalDate.ofInstant(
                                    certificate.getNotBefore().toInstant(), ZoneOffset.UTC),
                            certificate.getSubjectX500Principal().getName(),
                            Rendering.sha256(certificate.getEncoded()));
        } catch (Pem.Unreadable | CertificateEncodingException e) {
            return "a certificate that cannot be read";
        }
    }

    /// Refuses to show it.
    private static Stop refused(String certificate) {
        return new Stop(
                Stop.Kind.REFUSED,
                "clients would see a certificate again that was replaced since",
                certificate + "; the site file of that state names its file",
                "nothing was changed",
                "if nobody else has its key: tandem rollback --certificates");
    }
}
