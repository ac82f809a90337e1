package dev.tandem.change.carry;

import dev.tandem.text.Pem;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The certificate that a HAProxy shows to clients, as it says so itself (`show ssl cert`). Pure.
///
/// @param fingerprint SHA-1, in capital hexadecimal digits
/// @param names the hostnames that it is for, sorted
record CertificateShown(String fingerprint, List<String> names) {
    private static final Pattern FINGERPRINT =
            Pattern.compile("^SHA1 FingerPrint: ([0-9A-F]{40})$", Pattern.MULTILINE);
    private static final Pattern NAMES =
            Pattern.compile("^Subject Alternative Name: (.*)$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("DNS:([^, ]+)");

    CertificateShown {
        names = List.copyOf(new TreeSet<>(names));
    }

    /// What it says; empty when it is no such answer.
    static Optional<CertificateShown> parse(String answer) {
        Matcher fingerprint = FINGERPRINT.matcher(answer);
        if (!fingerprint.find()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        Matcher line = NAMES.matcher(answer);
        if (line.find()) {
            NAME.matcher(line.group(1))
                    .results()
                    .forEach(name -> names.add(name.group(1).toLowerCase(Locale.ROOT)));
        }
        return Optional.of(new CertificateShown(fingerprint.group(1), names));
    }

    /// What is to be shown.
    static CertificateShown of(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
            return new CertificateShown(
                    HexFormat.of().withUpperCase().formatHex(hash), Pem.names(certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    @Override
    public String toString() {
        return fingerprint + " for " + (names.isEmpty() ? "no name" : String.join(", ", names));
    }
}
