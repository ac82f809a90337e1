package dev.tandem.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// A private key and its certificate. Its text form does not reveal the key.
///
/// @param key the private key
/// @param chain the certificate, followed by its intermediates; at least one
record Credential(PrivateKey key, List<X509Certificate> chain) {
    Credential {
        chain = List.copyOf(chain);
    }

    /// The certificate itself.
    X509Certificate certificate() {
        return chain.getFirst();
    }

    /// The moment from which on it is valid.
    Instant begins() {
        return certificate().getNotBefore().toInstant();
    }

    /// The moment at which it expires.
    Instant expires() {
        return certificate().getNotAfter().toInstant();
    }

    /// Its validity as part of a sentence: "valid until 2029-02-24".
    String valid() {
        return "valid until " + LocalDate.ofInstant(expires(), ZoneOffset.UTC);
    }

    /// Why it is too old, or not yet valid, in words; empty when it can be kept.
    Optional<String> age(Instant now, Duration leastLeft) {
        Duration left = Duration.between(now, expires());
        if (begins().isAfter(now)) {
            return Optional.of("it was not valid yet");
        }
        if (left.isNegative()) {
            return Optional.of("it had expired");
        }
        return left.compareTo(leastLeft) < 0
                ? Optional.of("it had " + left.toDays() + " days left")
                : Optional.empty();
    }

    /// Whether it signed a certificate.
    boolean issued(X509Certificate other) {
        if (!other.getIssuerX500Principal().equals(certificate().getSubjectX500Principal())) {
            return false;
        }
        try {
            other.verify(certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "Credential of " + certificate().getSubjectX500Principal();
    }
}
