package dev.tandem.certificate;

import dev.tandem.certificate.CertificateFiles.Access;
import dev.tandem.certificate.GivenCertificates.OfClients;
import dev.tandem.certificate.Issuer.Wanted;
import dev.tandem.certificate.SeenCredential.Absent;
import dev.tandem.certificate.SeenCredential.Broken;
import dev.tandem.certificate.SeenCredential.Place;
import dev.tandem.certificate.SeenCredential.Whole;
import dev.tandem.render.Layout.Tls;
import dev.tandem.text.Pem;
import dev.tandem.text.Revocations;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One pass over a site's certificates: checks each, keeps or replaces it, and notes which.
final class CertificateRound {
    private static final Place AUTHORITY = new Place(Tls.AUTHORITY, Tls.AUTHORITY_KEY);

    private final CertificateFiles files;
    private final Issuer issuer;
    private final Instant now;
    private final List<String> changed = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();

    /// How long a certificate lives, and with how much time left it is renewed.
    record Terms(Duration life, Duration leastLeft) {}

    CertificateRound(CertificateFiles files, Issuer issuer) {
        this.files = files;
        this.issuer = issuer;
        this.now = issuer.clock().instant();
    }

    Certificates.Result result() {
        return new Certificates.Result(changed, kept);
    }

    /// The site's CA.
    ///
    /// @param scope what it signs for
    Credential authority(String site, Scope scope, Duration leastLeft) {
        String who = "CA of site " + site;
        String name = "Tandem CA of " + site;
        SeenCredential seen = SeenCredential.at(AUTHORITY, files);
        if (seen instanceof Whole(Credential old) && Issuer.isAuthority(old, name)) {
            return old.age(now, leastLeft)
                    .or(() -> tooNarrow(old, scope))
                    .map(why ->
                            put(AUTHORITY, renewed(who, why), issuer.renewedAuthority(old, scope)))
                    .orElseGet(() -> keep(AUTHORITY, who, old));
        }
        String done =
                switch (seen) {
                    case Absent() -> who + " made";
                    case Broken(String how) -> replaced(who, how);
                    case Whole(_) -> replaced(who, "it was not this site's");
                };
        return put(AUTHORITY, done, issuer.authority(name, scope));
    }

    /// Why it cannot sign for the site as it is now; empty when it can. Its key stays. A client
    /// that has the old ca.pem refuses a certificate with any name that this one does not permit.
    private static Optional<String> tooNarrow(Credential old, Scope scope) {
        if (Scope.isUnlimited(old.certificate())) {
            return Optional.empty();
        }
        List<String> lack = scope.lacks(old.certificate());
        return lack.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "it was not for "
                                + String.join(", ", lack)
                                + "; clients refuse the site until they have the new ca.pem");
    }

    /// What balancers check web servers against: the site's CA, without its limits.
    void balancersAuthority(Credential authority, Duration leastLeft) {
        if (Scope.isUnlimited(authority.certificate())) {
            files.put(Tls.BALANCERS_AUTHORITY, Pem.text(authority.chain()), Access.EVERYBODY);
            return;
        }
        Optional<Credential> old =
                files.read(Tls.BALANCERS_AUTHORITY)
                        .flatMap(text -> unlimited(text, authority))
                        .filter(one -> one.age(now, leastLeft).isEmpty());
        Credential used = old.orElseGet(() -> issuer.unlimited(authority));
        files.put(Tls.BALANCERS_AUTHORITY, Pem.text(used.chain()), Access.EVERYBODY);
    }

    private static Optional<Credential> unlimited(String text, Credential authority) {
        try {
            Credential seen = new Credential(authority.key(), Pem.certificates(text));
            boolean same =
                    Pem.fits(authority.key(), seen.certificate().getPublicKey())
                            && authority.issued(seen.certificate())
                            && Scope.isUnlimited(seen.certificate());
            return same ? Optional.of(seen) : Optional.empty();
        } catch (Pem.Unreadable e) {
            return Optional.empty();
        }
    }

    /// The certificate of a server, signed by the site's CA.
    void server(Place place, Wanted wanted, Terms terms, Credential authority) {
        String who = "certificate for " + wanted.title();
        Supplier<Credential> fresh = () -> issuer.server(authority, wanted, terms.life());
        switch (SeenCredential.at(place, files)) {
            case Absent() -> put(place, who + " made", fresh.get());
            case Broken(String how) -> put(place, renewed(who, how), fresh.get());
            case Whole(Credential old) ->
                    flaw(old, wanted, authority)
                            .or(() -> old.age(now, terms.leastLeft()))
                            .ifPresentOrElse(
                                    how -> put(place, renewed(who, how), fresh.get()),
                                    () -> keep(place, who, old));
        }
    }

    private static Optional<String> flaw(Credential old, Wanted wanted, Credential authority) {
        if (!authority.issued(old.certificate())) {
            return Optional.of("another CA had signed it");
        }
        return wanted.isMetBy(old.certificate())
                ? Optional.empty()
                : Optional.of("its names or addresses were different");
    }

    /// The user's own certificate, for clients to see.
    ///
    /// @param who which one, in words
    void given(Place place, String who, Credential credential) {
        if (place.put(credential, files)) {
            changed.add(who + " put in place, " + credential.valid());
        } else {
            kept.add(who + " kept, " + credential.valid());
        }
    }

    /// The certificate that a CA gave, for clients to see.
    void ordered(Place place, Credential credential) {
        String who = "certificate of tls.acme";
        if (place.put(credential, files)) {
            changed.add(who + " put in place, " + credential.valid());
        } else {
            kept.add(who + " kept, " + credential.valid());
        }
    }

    /// The CA of an existing web server.
    void givenAuthority(String server, List<X509Certificate> chain) {
        String who =
                server.startsWith("notify.") ? "CA of " + server : "CA for web server " + server;
        put(Tls.authority(server), who, Pem.text(chain));
    }

    /// What clients are checked against.
    void clients(OfClients clients) {
        put(Tls.CLIENTS, "CAs of clients", Pem.text(clients.authorities()));
        if (!clients.revoked().isEmpty()) {
            put(
                    Tls.CLIENTS_CRL,
                    "what the CAs of clients have revoked",
                    Revocations.text(clients.revoked()));
        }
    }

    private void put(String file, String who, String text) {
        if (files.put(file, text, Access.EVERYBODY)) {
            changed.add(who + " put in place");
        } else {
            kept.add(who + " kept");
        }
    }

    /// What a receiver of notices is shown, or what tells it. It is kept as a key is.
    void secret(String name, String text) {
        if (files.put(name, text, Access.OWNER)) {
            changed.add(name + " put in place");
        } else {
            kept.add(name + " kept");
        }
    }

    private Credential put(Place place, String done, Credential credential) {
        place.put(credential, files);
        changed.add(done + ", " + credential.valid());
        return credential;
    }

    /// Files that others could read, or that were edited, are restored.
    private Credential keep(Place place, String who, Credential credential) {
        if (place.put(credential, files)) {
            changed.add(who + ": its files put in order");
        } else {
            kept.add(who + " kept, " + credential.valid());
        }
        return credential;
    }

    private static String renewed(String who, String how) {
        return who + " renewed (" + how + ")";
    }

    private static String replaced(String who, String how) {
        return who + " replaced (" + how + "; clients that trust the old ca.pem need the new one)";
    }
}
