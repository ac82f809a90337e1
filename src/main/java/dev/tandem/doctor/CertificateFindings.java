package dev.tandem.doctor;

import dev.tandem.certificate.CertificateSeen;
import dev.tandem.health.CertificateTerm;
import dev.tandem.model.Site;
import dev.tandem.render.Layout.Tls;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Findings about the certificates on disk. Pure.
final class CertificateFindings {
    private static final String ABOUT = "certificate";

    private CertificateFindings() {}

    static List<Finding> of(SiteSeen seen, Instant now) {
        return switch (seen.certificates()) {
            case Answer.Unknown<List<CertificateSeen>>(String reason) ->
                    List.of(Finding.unknown(ABOUT, reason, "tandem up finds out"));
            case Answer.Known<List<CertificateSeen>>(List<CertificateSeen> all) ->
                    known(seen.site(), all, now);
        };
    }

    private static List<Finding> known(Site site, List<CertificateSeen> all, Instant now) {
        if (all.isEmpty()) {
            return List.of(Finding.well(ABOUT, "none yet; tandem up creates them"));
        }
        List<Finding> findings = new ArrayList<>();
        for (CertificateSeen one : all) {
            switch (one) {
                case CertificateSeen.Unreadable(String file, String how) ->
                        findings.add(
                                Finding.ill(
                                        ABOUT,
                                        Tls.path(file) + ": " + how,
                                        "whatever reads it cannot start again",
                                        cure(site, file)));
                case CertificateSeen.Dated dated -> {
                    Finding finding = dated(site, dated, now);
                    if (finding.severity() != Finding.Severity.WELL) {
                        findings.add(finding);
                    }
                }
            }
        }
        if (findings.isEmpty()) {
            findings.add(well(all));
        }
        all.stream()
                .filter(CertificateFindings::signsAnything)
                .map(CertificateFindings::unlimited)
                .forEach(findings::add);
        return findings;
    }

    private static Finding dated(Site site, CertificateSeen.Dated one, Instant now) {
        String file = Tls.path(one.file());
        if (one.begins().isAfter(now)) {
            return Finding.ill(
                    ABOUT,
                    "%s is only valid from %s, and this machine's clock says %s"
                            .formatted(file, one.begins(), now),
                    "clients reject it until then, or the clock is wrong",
                    "check the clock first: date -u; then: " + cure(site, one.file()));
        }
        if (one.ends().isBefore(now)) {
            return Finding.ill(
                    ABOUT,
                    "%s expired at %s".formatted(file, one.ends()),
                    harm(one.file(), "clients that verify it refuse to connect"),
                    cure(site, one.file()));
        }
        return one.ends().isBefore(now.plus(soon(one)))
                ? Finding.risk(
                        ABOUT,
                        "%s expires at %s, in %d days"
                                .formatted(
                                        file,
                                        one.ends(),
                                        Duration.between(now, one.ends()).toDays()),
                        harm(
                                one.file(),
                                "clients that verify it will refuse to connect from then on"),
                        cure(site, one.file()))
                : Finding.well(ABOUT, file);
    }

    /// @param usual of what clients see
    private static String harm(String file, String usual) {
        return Tls.isOfClients(file)
                ? "certificates of clients that need it are refused when it has ended: all of its CA"
                : usual;
    }

    /// A short life ends soon only when most of it is over.
    private static Duration soon(CertificateSeen.Dated one) {
        Duration part = Duration.between(one.begins(), one.ends()).multipliedBy(2).dividedBy(9);
        return part.compareTo(CertificateTerm.SOON) < 0 ? part : CertificateTerm.SOON;
    }

    private static boolean signsAnything(CertificateSeen one) {
        return one instanceof CertificateSeen.Dated dated
                && dated.signs() == CertificateSeen.Signs.ANYTHING;
    }

    private static Finding unlimited(CertificateSeen one) {
        return Finding.risk(
                "the site's CA",
                Tls.path(one.file()) + " may sign for any name: Tandem 0.1.0 made it",
                "whoever gets its key can be any server of the world to those who trust it",
                "when clients can be given another ca.pem: remove %s and %s in the site's"
                                .formatted(Tls.path(Tls.AUTHORITY), Tls.path(Tls.AUTHORITY_KEY))
                        + " directory, then: tandem up; the new one signs for this site alone");
    }

    private static String cure(Site site, String file) {
        if (Tls.isNamed(file)) {
            return "replace its files, which tls.certificates names, then: tandem up";
        }
        if (Tls.isOfClients(file)) {
            return "replace the file that tls.%s names, then: tandem apply"
                    .formatted(file.equals(Tls.CLIENTS) ? "clients" : "clients_crl");
        }
        if (site.tls().acme().isPresent() && file.equals(Tls.SITE)) {
            return "tandem certificate renew; tandem certificate timer install does it every time";
        }
        return site.tls().provided().isPresent() && file.equals(Tls.SITE)
                ? "replace the files of tls.certificate and tls.key, then: tandem up"
                : "tandem up renews it";
    }

    private static Finding well(List<CertificateSeen> all) {
        Instant first =
                all.stream()
                        .map(one ->
                                one instanceof CertificateSeen.Dated dated
                                        ? dated.ends()
                                        : Instant.MAX)
                        .min(Comparator.naturalOrder())
                        .orElse(Instant.MAX);
        return Finding.well(
                "certificates",
                "%d files, the first expires on %s"
                        .formatted(
                                all.size(),
                                Objects.toString(LocalDate.ofInstant(first, ZoneOffset.UTC))));
    }
}
