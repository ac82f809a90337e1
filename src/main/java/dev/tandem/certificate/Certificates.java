package dev.tandem.certificate;

import dev.tandem.certificate.CertificateFiles.Access;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes and keeps the certificates of a site, in the directory {@link Tls}.
///
/// What is good stays as it is, byte for byte. What is not is made anew: what is missing or broken,
/// does not fit its key, comes from another CA, is for other names or addresses, or has less than
/// {@link #LEAST_LEFT} to go.
///
/// The CA's key outlives its certificate: a CA that gets old is renewed under the same key and
/// name. So a running balancer that still knows the old certificate accepts the web servers' new
/// ones, and clients have a year to take the new `ca.pem`. Only a CA that is broken is replaced,
/// and all certificates with it.
///
/// The files of a web server that left the site stay: an older state that comes back needs them.
public final class Certificates {
    /// How long a CA is good: ten years. It stands here, not with the issuer, because a class of
    /// the issuer loads a signed provider of cryptography, which `status` has no need of.
    static final Duration AUTHORITY_LIFE = Duration.ofDays(3652);

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    /// The longest life of a server's certificate that Apple's systems accept, also when it comes
    /// from a CA that the user has added (<https://support.apple.com/103769>).
    static final Duration SITE_LIFE = Duration.ofDays(825);

    /// The balancers alone see these: a short life would be an outage that nobody watches for. For
    /// the same reason they follow a renewed CA at once, with a year to go.
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

    /// What {@link #ensure} did: sentences for the console.
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
    /// @param resolve from a path of the site file to the file
    public Certificates(
            Path directory,
            InstantSource clock,
            SecureRandom random,
            Function<String, Path> resolve) {
        this.files = new CertificateFiles(directory);
        this.clock = clock;
        this.random = random;
        this.resolve = resolve;
    }

    /// Makes what is missing or no longer good; a second call changes nothing.
    ///
    /// @throws dev.tandem.model.Stop when a certificate of the user's cannot be used (nothing was
    ///   changed then), or when the directory cannot be written
    public Result ensure(Site site) {
        GivenCertificates given = GivenCertificates.read(site, resolve, clock.instant());
        CertificateRound round = new CertificateRound(files, new Issuer(clock, random));
        Credential authority = round.authority(site.name(), AUTHORITY_LEAST_LEFT);
        files.put(Tls.BALANCERS_AUTHORITY, Pem.text(authority.chain()), Access.EVERYBODY);
        given.site()
                .ifPresentOrElse(
                        own -> round.given(SITE, own),
                        () -> round.server(SITE, wanted(site), SITE_TERMS, authority));
        for (Server.Own server : site.ownServers()) {
            Place place = new Place(Tls.server(server.name()), Tls.serverKey(server.name()));
            Wanted wanted =
                    new Wanted(server.name(), List.of(server.name()), List.of(server.address()));
            round.server(place, wanted, WEB_SERVER_TERMS, authority);
        }
        given.authorities().forEach(round::givenAuthority);
        return round.result();
    }

    /// A short hash over all certificates: it changes when one of them does.
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

    /// The certificates of a text as they stand there, without the key that may stand beside them.
    /// Not parsed: `status` wants this too, and a provider of cryptography takes long to load.
    private static byte[] bytes(String text) {
        StringBuilder certificates = new StringBuilder();
        Pem.blocks(text).stream()
                .filter(Pem.Block::isCertificate)
                .forEach(block -> certificates.append(BEGIN).append(block.body()));
        return certificates.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// When the certificate that clients see expires; empty when there is none to be read.
    public Optional<Instant> siteCertificateExpires() {
        try {
            Optional<String> text = files.read(SITE.certificate());
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Pem.certificates(text.get()).getFirst().getNotAfter().toInstant());
        } catch (Pem.Unreadable e) {
            return Optional.empty();
        }
    }

    /// Clients come by name, to the VIP, or to a balancer directly.
    private static Wanted wanted(Site site) {
        List<Ip4> addresses = new ArrayList<>(List.of(site.vip().address()));
        for (Balancer balancer : site.balancers()) {
            addresses.add(balancer.address());
            addresses.add(balancer.lanAddress());
        }
        String commonName =
                site.tls().names().stream()
                        .filter(name -> name.length() <= Issuer.LONGEST_NAME)
                        .findFirst()
                        .orElse(site.vip().address().toString());
        return new Wanted(commonName, site.tls().names(), addresses);
    }
}
