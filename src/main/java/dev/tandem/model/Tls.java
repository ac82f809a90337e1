package dev.tandem.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The certificate that clients see.
///
/// @param names hostnames in the certificate that Tandem makes, besides the VIP and the balancers'
///   addresses
/// @param provided the user's own certificate; empty: one from the site's own CA
/// @param acme the CA that gives one by itself; until it has, the site's own CA does
/// @param hsts how long browsers ask over HTTPS alone once they were here; empty: they are not told
/// @param certificates more of the user's own, for clients that ask for one of their names
/// @param clients the certificates that clients show; empty: they are not asked for one
public record Tls(
        List<String> names,
        Optional<Provided> provided,
        Optional<Acme> acme,
        Optional<Duration> hsts,
        List<Named> certificates,
        Optional<ClientCertificates> clients) {
    public Tls {
        names = List.copyOf(names);
        certificates = List.copyOf(certificates);
    }

    /// One that nobody else gives, without a word to browsers.
    public Tls(List<String> names, Optional<Provided> provided) {
        this(names, provided, Optional.empty());
    }

    /// Without a word to browsers.
    public Tls(List<String> names, Optional<Provided> provided, Optional<Acme> acme) {
        this(names, provided, acme, Optional.empty(), List.of(), Optional.empty());
    }

    /// One of several certificates of the user's.
    ///
    /// @param name what the site file calls it
    /// @param files where it is
    public record Named(String name, Provided files) {}

    /// Whether clients may see one of another CA than the site's own.
    public boolean isForeign() {
        return provided.isPresent() || acme.isPresent();
    }

    /// The user's own certificate, as PEM files, relative to the site file or absolute.
    ///
    /// @param certificate the certificate, followed by its intermediates
    /// @param key its private key, without a passphrase
    public record Provided(String certificate, String key) {}
}
