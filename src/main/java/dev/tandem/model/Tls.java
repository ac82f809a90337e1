package dev.tandem.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The certificate that clients see.
///
/// @param names hostnames in the certificate that Tandem makes, besides the VIP and the balancers'
///   addresses
/// @param provided the user's own certificate; empty: one from the site's own CA
/// @param hsts how long browsers ask over HTTPS alone once they were here; empty: they are not told
public record Tls(List<String> names, Optional<Provided> provided, Optional<Duration> hsts) {
    public Tls {
        names = List.copyOf(names);
    }

    /// Without a word to browsers.
    public Tls(List<String> names, Optional<Provided> provided) {
        this(names, provided, Optional.empty());
    }

    /// The user's own certificate, as PEM files, relative to the site file or absolute.
    ///
    /// @param certificate the certificate, followed by its intermediates
    /// @param key its private key, without a passphrase
    public record Provided(String certificate, String key) {}
}
