package dev.tandem.certificate;

import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.render.Layout.Tls;
import dev.tandem.text.Pem;
import dev.tandem.text.Revocations;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A file with certificates in the directory `tls/` of a site, for read-only examination.
public sealed interface CertificateSeen {
    /// RFC 5280, section 4.2.1.10.
    String NAME_CONSTRAINTS = "2.5.29.30";

    /// The file, relative to `tls/`.
    String file();

    /// It can be read.
    ///
    /// @param begins when the last of its certificates becomes valid
    /// @param ends when the first of them expires
    /// @param signs what it may sign
    record Dated(String file, Instant begins, Instant ends, Signs signs)
            implements CertificateSeen {
        /// One that signs nothing, or its site alone.
        public Dated(String file, Instant begins, Instant ends) {
            this(file, begins, ends, Signs.ITS_SITE_AT_MOST);
        }
    }

    /// What a certificate may sign.
    enum Signs {
        ITS_SITE_AT_MOST,
        /// Whatever name: Tandem 0.1.0 made such a CA.
        ANYTHING
    }

    /// It cannot be read.
    ///
    /// @param how what is wrong with it, in words
    record Unreadable(String file, String how) implements CertificateSeen {}

    /// The files that the site uses now; none if it was never up. Files left by an earlier state of
    /// the site are skipped.
    ///
    /// @throws dev.tandem.model.Stop when the directory cannot be read
    static List<CertificateSeen> in(Path tls, Site site) {
        CertificateFiles files = new CertificateFiles(tls);
        Set<String> directories =
                Stream.concat(
                                Stream.of(Tls.BALANCERS),
                                site.ownServers().stream().map(Server.Own::name))
                        .collect(Collectors.toSet());
        return files.names().stream()
                .filter(name ->
                        name.indexOf('/') < 0
                                || directories.contains(name.substring(0, name.indexOf('/'))))
                .filter(name -> !Tls.isNamed(name) || isIn(site, name))
                .filter(name -> !Tls.isOfClients(name) || asks(site, name))
                .map(name -> read(name, files.read(name).orElse("")))
                .toList();
    }

    private static boolean isIn(Site site, String file) {
        return site.tls().certificates().stream()
                .anyMatch(one -> Tls.named(one.name()).equals(file));
    }

    /// Whether it is one against which clients are checked now.
    private static boolean asks(Site site, String file) {
        return site.tls()
                .clients()
                .filter(clients -> file.equals(Tls.CLIENTS) || clients.revoked().isPresent())
                .isPresent();
    }

    private static Signs signs(String file, X509Certificate certificate) {
        return file.equals(Tls.AUTHORITY) && certificate.getExtensionValue(NAME_CONSTRAINTS) == null
                ? Signs.ANYTHING
                : Signs.ITS_SITE_AT_MOST;
    }

    private static CertificateSeen read(String file, String text) {
        try {
            if (file.equals(Tls.CLIENTS_CRL)) {
                List<X509CRL> lists = Revocations.in(text);
                return new Dated(file, Revocations.begins(lists), Revocations.ends(lists));
            }
            List<X509Certificate> all = Pem.certificates(text);
            Instant begins =
                    all.stream()
                            .map(one -> one.getNotBefore().toInstant())
                            .max(Comparator.naturalOrder())
                            .orElseThrow();
            Instant ends =
                    all.stream()
                            .map(one -> one.getNotAfter().toInstant())
                            .min(Comparator.naturalOrder())
                            .orElseThrow();
            return new Dated(file, begins, ends, signs(file, all.getFirst()));
        } catch (Pem.Unreadable e) {
            return new Unreadable(file, Objects.requireNonNullElse(e.getMessage(), "unreadable"));
        }
    }
}
