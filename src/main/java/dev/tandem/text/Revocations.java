package dev.tandem.text;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The lists of certificates that their CAs have revoked (CRLs, RFC 5280), as PEM.
public final class Revocations {
    private static final String LABEL = "X509 CRL";

    private Revocations() {}

    /// All lists of a text, in their order; everything else in it is skipped.
    ///
    /// @throws Pem.Unreadable when there is none, or when one cannot be read
    public static List<X509CRL> in(String text) throws Pem.Unreadable {
        List<X509CRL> found = new ArrayList<>();
        for (Pem.Block block : Pem.blocks(text)) {
            if (block.label().equals(LABEL)) {
                found.add(
                        list(block)
                                .orElseThrow(() ->
                                        new Pem.Unreadable(
                                                "it holds a revocation list that cannot be"
                                                        + " read")));
            }
        }
        if (found.isEmpty()) {
            throw new Pem.Unreadable("there is no PEM revocation list in it");
        }
        return found;
    }

    private static Optional<X509CRL> list(Pem.Block block) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            byte[] der = block.decode().orElse(new byte[0]);
            return Optional.of((X509CRL) factory.generateCRL(new ByteArrayInputStream(der)));
        } catch (GeneralSecurityException | RuntimeException _) {
            // Whatever a parser throws for broken bytes, they are no list.
            return Optional.empty();
        }
    }

    /// Their PEM form, one after the other.
    public static String text(List<X509CRL> lists) {
        try {
            StringBuilder all = new StringBuilder();
            for (X509CRL one : lists) {
                all.append(Pem.block(LABEL, one.getEncoded()));
            }
            return all.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a list that was read has bytes", e);
        }
    }

    /// The first of these CAs that none of the lists is from; empty when each has one.
    public static Optional<X509Certificate> without(
            List<X509Certificate> authorities, List<X509CRL> lists) {
        return authorities.stream()
                .filter(one -> lists.stream().noneMatch(list -> isOf(one, list)))
                .findFirst();
    }

    private static boolean isOf(X509Certificate authority, X509CRL list) {
        try {
            list.verify(authority.getPublicKey());
            return list.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /// When the last of them was made.
    public static Instant begins(List<X509CRL> lists) {
        return lists.stream()
                .map(one -> one.getThisUpdate().toInstant())
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /// From when on the first of them holds no longer: every client is refused then. One without
    /// such a date holds for ever.
    public static Instant ends(List<X509CRL> lists) {
        return lists.stream()
                .map(one -> Optional.ofNullable(one.getNextUpdate()))
                .map(next -> next.map(date -> date.toInstant()).orElse(Instant.MAX))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }
}
