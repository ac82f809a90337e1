package dev.tandem.certificate;

import static dev.tandem.certificate.TlsDirectory.OWN;
import static dev.tandem.certificate.TlsDirectory.SERVERS;
import static dev.tandem.certificate.TlsDirectory.named;
import static dev.tandem.certificate.TlsDirectory.own;
import static dev.tandem.certificate.TlsDirectory.site;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Command;
import dev.tandem.docker.Output;
import dev.tandem.docker.Processes;
import dev.tandem.model.Ip4;
import dev.tandem.model.Site;
import dev.tandem.model.Tls;
import dev.tandem.text.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stolen CA of a site is no CA of anything else. OpenSSL judges, as curl does; that Java accepts
/// what is permitted: {@link CertificatesHandshakeTest}.
class ScopeTest {
    private static final Tls NAMED = named("shop.example", "*.shop.example");
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir private Path home;
    private TlsDirectory directory;

    @BeforeEach
    void before() {
        directory = new TlsDirectory(home);
        itIsNow();
    }

    /// By OpenSSL's clock, and not a second before what it has just made is valid.
    private void itIsNow() {
        directory.pass(Duration.between(directory.now(), Instant.now()));
    }

    private String verdict(String ca, String certificate, String... options) {
        List<String> argv = new ArrayList<>(List.of("openssl", "verify", "-x509_strict"));
        argv.addAll(List.of(options));
        argv.addAll(List.of("-CAfile", ca, certificate));
        Output output = new Processes().run(Command.of(Duration.ofSeconds(20), argv));
        return output.stdout() + output.stderr();
    }

    private String path(String name) {
        return directory.tls.resolve(name).toString();
    }

    /// A certificate that the site's CA signed for something else.
    private String stolen(List<String> names, List<Ip4> addresses) throws Exception {
        Credential ca =
                new Credential(
                        PrivateKeys.first(directory.text("ca.key")),
                        List.of(directory.certificate("ca.pem")));
        Credential made =
                new Issuer(Instant::now, new SecureRandom())
                        .server(ca, new Issuer.Wanted("any", names, addresses), YEAR);
        Path file = home.resolve("stolen.pem");
        Files.writeString(file, Pem.text(made.chain()));
        return file.toString();
    }

    @Test
    void whatTheSiteNeedsIsPermitted() {
        for (Tls tls : List.of(OWN, NAMED)) {
            Site site = site(tls, SERVERS);
            directory.ensure(site);
            assertThat(verdict(path("ca.pem"), path("balancer/site.pem"))).endsWith(": OK\n");
            assertThat(verdict(path("balancer/ca.pem"), path("web-a/server.pem")))
                    .endsWith(": OK\n");
            assertThat(
                            verdict(
                                    path("ca.pem"),
                                    path("balancer/site.pem"),
                                    "-verify_ip",
                                    "192.168.0.150"))
                    .endsWith(": OK\n");
        }
        assertThat(
                        verdict(
                                path("ca.pem"),
                                path("balancer/site.pem"),
                                "-verify_hostname",
                                "www.shop.example"))
                .endsWith(": OK\n");
    }

    @Test
    void nothingElseIs() throws Exception {
        directory.ensure(site(NAMED, SERVERS));
        for (String name : List.of("bank.example", "example", "xshop.example", "web-c")) {
            assertThat(verdict(path("ca.pem"), stolen(List.of(name), List.of())))
                    .as(name)
                    .contains("permitted subtree violation");
        }
        for (String address : List.of("192.168.1.1", "8.8.8.8")) {
            assertThat(verdict(path("ca.pem"), stolen(List.of(), List.of(Ip4.of(address)))))
                    .as(address)
                    .contains("permitted subtree violation");
        }
        assertThat(verdict(path("ca.pem"), stolen(List.of("shop.example"), List.of())))
                .endsWith(": OK\n");
    }

    /// A site without names has a CA that signs for none.
    @Test
    void withoutNamesNoNameIsPermitted() throws Exception {
        directory.ensure(site(OWN, List.of()));
        assertThat(verdict(path("ca.pem"), stolen(List.of("bank.example"), List.of())))
                .contains("permitted subtree violation");
    }

    @Test
    void aNewNameRenewsTheCaUnderItsKeyAndSaysWhatClientsNeed() throws IOException {
        directory.ensure(site(named("shop.example"), SERVERS));
        String key = directory.text("ca.key");
        String old =
                Files.writeString(home.resolve("old.pem"), directory.text("ca.pem")).toString();
        List<String> changed =
                directory.ensure(site(named("shop.example", "new.example"), SERVERS)).changed();
        assertThat(changed.getFirst())
                .startsWith(
                        "CA of site tandem renewed (it was not for new.example; clients refuse the"
                                + " site until they have the new ca.pem)");
        assertThat(directory.text("ca.key")).isEqualTo(key);
        assertThat(verdict(path("ca.pem"), path("balancer/site.pem"))).endsWith(": OK\n");
        assertThat(verdict(old, path("balancer/site.pem"))).contains("permitted subtree violation");
    }

    @Test
    void aNewWebServerChangesNoCa() throws IOException {
        directory.ensure(site(NAMED, SERVERS));
        String clients = directory.text("ca.pem");
        String balancers = directory.text("balancer/ca.pem");
        directory.ensure(site(NAMED, List.of(SERVERS.getFirst(), own("web-c", "172.20.0.9"))));
        assertThat(directory.text("ca.pem")).isEqualTo(clients);
        assertThat(directory.text("balancer/ca.pem")).isEqualTo(balancers);
        assertThat(verdict(path("balancer/ca.pem"), path("web-c/server.pem"))).endsWith(": OK\n");
    }

    /// Users of 0.1.0 have trusted it: it is neither replaced nor made narrower.
    @Test
    void anAuthorityWithoutLimitsStaysAsItIsAlsoWhenItIsRenewed() throws Exception {
        Files.createDirectories(directory.tls);
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");
        String old = directory.text("ca.pem");
        assertThat(directory.ensure(site(NAMED, SERVERS)).kept().getFirst())
                .startsWith("CA of site tandem kept");
        assertThat(directory.certificate("ca.pem")).isEqualTo(Pem.certificates(old).getFirst());
        assertThat(Scope.isUnlimited(directory.certificate("ca.pem"))).isTrue();

        directory.pass(Duration.ofDays(3300));
        assertThat(directory.ensure(site(NAMED, SERVERS)).changed().getFirst())
                .startsWith("CA of site tandem renewed (it had ");
        assertThat(Scope.isUnlimited(directory.certificate("ca.pem"))).isTrue();
    }

    private void openssl(String... begin) {
        List<String> argv = new ArrayList<>(List.of("openssl"));
        argv.addAll(List.of(begin));
        argv.addAll(List.of("-nodes", "-days", "3652", "-subj", "/CN=Tandem CA of tandem"));
        argv.addAll(List.of("-keyout", path("ca.key"), "-out", path("ca.pem")));
        Output output = new Processes().run(Command.of(Duration.ofSeconds(20), argv));
        assertThat(output.exit()).as(output.stderr()).isZero();
        itIsNow();
    }
}
