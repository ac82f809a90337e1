package dev.tandem.certificate;

import dev.tandem.certificate.CertificateRound.Terms;
import dev.tandem.certificate.Issuer.Wanted;
import dev.tandem.certificate.SeenCredential.Place;
import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.render.Layout.Tls;
import dev.tandem.text.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Makes and keeps the certificates of a site, in the directory {@link Tls}.
///
/// A good certificate stays as it is, byte for byte. It is replaced when it is missing or broken,
/// does not match its key, comes from another CA, is for other names or addresses, or has less than
/// {@link #LEAST_LEFT} left.
///
/// The CA's key outlives its certificate: an ageing CA is renewed under the same key and name. So a
/// running balancer that still has the old certificate accepts the web servers' new ones, and
/// clients have a year to install the new `ca.pem`. Only a broken CA is replaced, together with all
/// its certificates.
///
/// A CA signs for its site alone ({@link Scope}); one of Tandem 0.1.0, which may sign for anything,
/// stays as its users know it.
///
/// The files of a web server that has left the site stay: a rollback to an older state needs them.
public final class Certificates {
    /// How long a CA is valid: ten years. The constant is here and not in the issuer because a
    /// class of the issuer loads a signed provider of cryptography, which `status` does not need.
    static final Duration AUTHORITY_LIFE = Duration.ofDays(3652);

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    /// The longest life of a server's certificate that Apple's systems accept, also when it comes
    /// from a CA added by the user (<https://support.apple.com/103769>).
    static final Duration SITE_LIFE = Duration.ofDays(825);

    /// Only the balancers see these: a short life would be an outage that nobody expects. For the
    /// same reason they are renewed together with the CA, while the old CA still has a year left.
    static final Duration WEB_SERVER_LIFE = AUTHORITY_LIFE;

    /// A certificate with less than this to go is renewed.
    static final Duration LEAST_LEFT = Duration.ofDays(30);

    /// The same for the CA; what it signs must not outlive it.
    static final Duration AUTHORITY_LEAST_LEFT = Duration.ofDays(365);

    private static final Place SITE = new Place(Tls.SITE, Tls.SITE);
    private static final Terms SITE_TERMS = new Terms(SITE_LIFE, LEAST_LEFT);
    private static final Terms WEB_SERVER_TERMS = new Terms(WEB_SERVER_LIFE, AUTHORITY_LEAST_LEFT);

    private final CertificateFiles files;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Function<String, Path> resolve;
    private final Optional<AcmeStore> acme;

    /// What {@link #ensure} did, as sentences for the console.
    ///
    /// @param changed what was made, renewed or replaced
    /// @param kept what was good
    public record Result(List<String> changed, List<String> kept) {
        public Result {
            changed = List.copyOf(changed);
            kept = List.copyOf(kept);
        }
    }

    /// @param directory `tls/`
    /// @param resolve maps a path in the site file to the file
    public Certificates(
            Path directory,
            InstantSource clock,
            SecureRandom random,
            Function<String, Path> resolve) {
        this(directory, clock, random, resolve, Optional.empty());
    }

    /// @param acme what there is of a CA that gives certificates by itself
    public Certificates(
            Path directory,
            InstantSource clock,
            SecureRandom random,
            Function<String, Path> resolve,
            Optional<AcmeStore> acme) {
        this.files = new CertificateFiles(directory);
        this.clock = clock;
        this.random = random;
        this.resolve = resolve;
        this.acme = acme;
    }

    /// Makes what is missing or no longer valid; a second call changes nothing.
    ///
    /// @throws dev.tandem.model.Stop when one of the user's certificates cannot be used (nothing
    ///   has been changed then), or when the directory cannot be written
    public Result ensure(Site site) {
        GivenCertificates given = GivenCertificates.read(site, resolve, clock.instant());
        CertificateRound round = new CertificateRound(files, new Issuer(clock, random));
        Credential authority = round.authority(site.name(), Scope.of(site), AUTHORITY_LEAST_LEFT);
        round.balancersAuthority(authority, AUTHORITY_LEAST_LEFT);
        Optional<Credential> ordered = ordered(site);
        given.site()
                .ifPresentOrElse(
                        own -> round.given(SITE, "certificate of your own", own),
                        () ->
                                ordered.ifPresentOrElse(
                                        one -> round.ordered(SITE, one),
                                        () ->
                                                round.server(
                                                        SITE,
                                                        wanted(site),
                                                        SITE_TERMS,
                                                        authority)));
        given.named()
                .forEach((name, own) ->
                        round.given(
                                new Place(Tls.named(name), Tls.named(name)),
                                "certificate " + name + " of your own",
                                own));
        for (Server.Own server : site.ownServers()) {
            Place place = new Place(Tls.server(server.name()), Tls.serverKey(server.name()));
            Wanted wanted =
                    new Wanted(server.name(), List.of(server.name()), List.of(server.address()));
            round.server(place, wanted, WEB_SERVER_TERMS, authority);
        }
        given.authorities().forEach(round::givenAuthority);
        given.secrets().forEach(round::secret);
        given.clients().ifPresent(round::clients);
        return round.result();
    }

    /// The certificate that a CA gave, while it is valid. It stays until there is another one of a
    /// CA, also for other names: those who know it go on, and the next one is ordered at once.
    private Optional<Credential> ordered(Site site) {
        return acme.filter(_ -> site.tls().acme().isPresent())
                .flatMap(AcmeStore::credential)
                .filter(one -> one.age(clock.instant(), Duration.ZERO).isEmpty());
    }

    /// What the balancers answer to a CA; empty when none asks. One that is not kept, for a plan
    /// that is only shown, is made up.
    public Optional<String> challenge(Site site) {
        return site.tls()
                .acme()
                .map(_ ->
                        acme.flatMap(AcmeStore::thumbprint)
                                .or(() -> AccountKey.thumbprint(AccountKey.made(random)))
                                .orElseThrow());
    }

    /// Makes and keeps the key of the account at a CA, if the site needs one.
    public void keepAccount(Site site) {
        if (site.tls().acme().isPresent()) {
            acme.ifPresent(store -> store.keepAccount(random));
        }
    }

    /// A short hash over all certificates: it changes when any of them does.
    public String stamp() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : files.names()) {
                digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes(files.read(name).orElse("")));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The certificates of a text as they stand there, without a key that may be with them. They
    /// are not parsed: `status` needs this too, and a provider of cryptography takes long to load.
    private static byte[] bytes(String text) {
        StringBuilder certificates = new StringBuilder();
        Pem.blocks(text).stream()
                .filter(Pem.Block::isCertificate)
                .forEach(block -> certificates.append(BEGIN).append(block.body()));
        return certificates.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The first name of the user's own certificate that a request can be for; empty when there is
    /// none, or no such name in it.
    public Optional<String> givenName(Site site) {
        if (site.tls().provided().isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<String> text = files.read(SITE.certificate());
            return text.isEmpty()
                    ? Optional.empty()
                    : Pem.names(Pem.certificates(text.get()).getFirst()).stream()
                            .filter(name -> name.matches("[a-z0-9.-]+"))
                            .findFirst();
        } catch (Pem.Unreadable e) {
            return Optional.empty();
        }
    }

    /// When the certificate that clients see expires; empty when none can be read.
    public Optional<Instant> siteCertificateExpires() {
        return siteCertificate().map(one -> one.getNotAfter().toInstant());
    }

    /// The certificate that clients see; empty when none can be read.
    public Optional<X509Certificate> siteCertificate() {
        try {
            Optional<String> text = files.read(SITE.certificate());
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Pem.certificates(text.get()).getFirst());
        } catch (Pem.Unreadable e) {
            return Optional.empty();
        }
    }

    /// Clients connect by name, to the VIP, or to a balancer directly.
    private static Wanted wanted(Site site) {
        Set<Ip4> addresses = new LinkedHashSet<>(site.vips());
        for (Balancer balancer : site.balancers()) {
            addresses.add(balancer.address());
            addresses.add(balancer.lanAddress());
        }
        String commonName =
                site.tls().names().stream()
                        .filter(name -> name.length() <= Issuer.LONGEST_NAME)
                        .findFirst()
                        .orElse(site.name());
        return new Wanted(commonName, site.tls().names(), List.copyOf(addresses));
    }
}
