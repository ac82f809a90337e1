package dev.tandem.certificate;

import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Tls;
import dev.tandem.prepare.Sample;
import dev.tandem.text.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A site of two balancers and two web servers in a directory of its own, with a clock that stands
/// still until it is moved.
final class TlsDirectory {
    static final Tls OWN = new Tls(List.of(), Optional.empty());
    static final List<Server> SERVERS =
            List.of(own("web-a", "172.20.0.2"), own("web-b", "172.20.0.3"));

    final Path home;
    final Path tls;
    private Instant now = Instant.parse("2027-03-01T12:00:00Z");

    TlsDirectory(Path home) {
        this.home = home;
        this.tls = home.resolve("site/tls");
    }

    static Server own(String name, String address) {
        return new Server.Own(name, Ip4.of(address), Optional.empty());
    }

    static Server existing(String name, String ca) {
        return new Server.Existing(name, Server.Scheme.HTTPS, "10.0.0.7", 443, Optional.of(ca));
    }

    static Tls named(String... names) {
        return new Tls(List.of(names), Optional.empty());
    }

    static Tls provided(String certificate, String key) {
        return new Tls(List.of(), Optional.of(new Tls.Provided(certificate, key)));
    }

    static Site site(Tls tls, List<Server> servers) {
        return site("tandem", tls, servers);
    }

    static Site site(String name, Tls tls, List<Server> servers) {
        Site usual = Sample.site();
        return new Site(
                name,
                usual.vip(),
                usual.network().orElseThrow(),
                List.of(
                        balancer("haproxy-a", "172.20.0.50", "192.168.0.50"),
                        balancer("haproxy-b", "172.20.0.60", "192.168.0.60")),
                usual.listen(),
                usual.backend(),
                servers,
                tls);
    }

    private static Balancer balancer(String name, String address, String lanAddress) {
        return new Balancer(name, name, Ip4.of(address), Ip4.of(lanAddress));
    }

    Instant now() {
        return now;
    }

    /// Moves the clock forwards or backwards.
    void pass(Duration time) {
        now = now.plus(time);
    }

    Certificates certificates() {
        return new Certificates(tls, this::now, new SecureRandom(), home::resolve);
    }

    Certificates.Result ensure() {
        return ensure(site(OWN, SERVERS));
    }

    Certificates.Result ensure(Site site) {
        return certificates().ensure(site);
    }

    String text(String name) {
        try {
            return Files.readString(tls.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String name, String text) {
        try {
            Files.writeString(tls.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.delete(tls.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String mode(String name) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(tls.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    X509Certificate certificate(String name) throws Pem.Unreadable {
        return Pem.certificates(text(name)).getFirst();
    }

    /// Asks Java whether a certificate has a valid path to a CA, now.
    void validate(X509Certificate certificate, X509Certificate ca) throws GeneralSecurityException {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    /// Everything visible in the directory: every file with its text and modification time.
    Map<String, String> everything() {
        try (Stream<Path> all = Files.walk(tls)) {
            Map<String, String> seen = new TreeMap<>();
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                String name = tls.relativize(path).toString();
                seen.put(name, text(name) + Files.getLastModifiedTime(path) + mode(name));
            }
            return seen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
