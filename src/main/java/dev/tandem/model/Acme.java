package dev.tandem.model;

import java.util.List;
import java.util.Optional;

/// A certificate from a CA that hands them out by itself (ACME, RFC 8555).
///
/// @param email whom the CA may write to; empty: nobody
/// @param directory the CA: a word of {@link #words()}, or the URL of its directory
/// @param names the hostnames of the certificate, at least one
/// @param ca the file with the CA that the directory's own certificate is checked against; empty:
///   those that this Java trusts
/// @param dns the program that sets a record in DNS, by which the names are proven; empty: the
///   balancers prove them, over HTTP
public record Acme(
        Optional<String> email,
        String directory,
        List<String> names,
        Optional<String> ca,
        Optional<String> dns) {
    /// Its certificates are trusted by nobody, and it allows many mistakes.
    public static final String STAGING = "letsencrypt-staging";

    private static final String REAL = "letsencrypt";

    public Acme {
        names = List.copyOf(names);
    }

    /// The CAs that are known by a word.
    public static List<String> words() {
        return List.of(REAL, STAGING);
    }

    /// The URL of its directory.
    public String url() {
        return switch (directory) {
            case REAL -> "https://acme-v02.api.letsencrypt.org/directory";
            case STAGING -> "https://acme-staging-v02.api.letsencrypt.org/directory";
            default -> directory;
        };
    }
}
