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

/// A private key and the certificate that belongs to it. It does not print its key.
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

    /// The moment before which nobody accepts it.
    Instant begins() {
        return certificate().getNotBefore().toInstant();
    }

    /// The moment after which nobody accepts it.
    Instant expires() {
        return certificate().getNotAfter().toInstant();
    }

    /// How sentences say until when it is good: "valid until 2029-02-24".
    String valid() {
        return "valid until " + LocalDate.ofInstant(expires(), ZoneOffset.UTC);
    }

    /// Whether it is too old, or too young, to be kept: what is wrong, in words.
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
