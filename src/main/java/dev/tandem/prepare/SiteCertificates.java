package dev.tandem.prepare;

import dev.tandem.certificate.AcmeStore;
import dev.tandem.certificate.Certificates;
import dev.tandem.render.Layout;
import dev.tandem.render.Notes;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The certificates of a site in one of its states.
///
/// @param clock tells the current time
/// @param random the source of keys
record SiteCertificates(InstantSource clock, SecureRandom random) {
    private static final String KEEP_KEYS_OUT = Layout.Tls.path(Layout.IGNORED_BY_GIT);

    /// Those of a state.
    ///
    /// @param state where that state is
    /// @param present the site's directory, which has what no state has
    Certificates of(SitePlace state, SiteDirectory present) {
        return new Certificates(
                state.directory().tls(),
                clock,
                random,
                state.base()::resolve,
                Optional.of(store(present)));
    }

    /// What there is of a CA that gives certificates by itself.
    static AcmeStore store(SiteDirectory present) {
        return new AcmeStore(present.root().resolve(Notes.ACME));
    }

    /// Makes the certificates, in a directory that git ignores wherever it is.
    static List<String> ensure(Certificates certificates, SitePlace target) {
        List<String> changed = certificates.ensure(target.site()).changed();
        if (target.directory().read(KEEP_KEYS_OUT).isEmpty()) {
            target.directory().note(KEEP_KEYS_OUT, "# Private keys.\n*\n");
        }
        return changed;
    }

    /// Notes when the certificate that clients see expires.
    static void noteEnd(Certificates certificates, SiteDirectory state) {
        certificates
                .siteCertificateExpires()
                .ifPresent(at -> state.note(Notes.CERTIFICATE_ENDS, at + "\n"));
    }
}
