package dev.tandem.certificate;

import static dev.tandem.certificate.TlsDirectory.OWN;
import static dev.tandem.certificate.TlsDirectory.SERVERS;
import static dev.tandem.certificate.TlsDirectory.named;
import static dev.tandem.certificate.TlsDirectory.own;
import static dev.tandem.certificate.TlsDirectory.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Stop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The certificates that Tandem makes: their contents, and the files on disk.
class CertificatesTest {
    private static final String SKI = "2.5.29.14";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String LIMITS = "2.5.29.30";
    private static final String BASIC = "2.5.29.19";
    private static final String AKI = "2.5.29.35";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    @TempDir private Path home;
    private TlsDirectory directory;

    @BeforeEach
    void before() {
        directory = new TlsDirectory(home);
    }

    @Test
    void a_new_site_gets_a_ca_and_a_certificate_for_each_server() {
        Certificates.Result result = directory.ensure();

        assertThat(result.changed())
                .containsExactly(
                        "CA of site tandem made, valid until 2037-02-28",
                        "certificate for 192.168.0.150 made, valid until 2029-06-03",
                        "certificate for web-a made, valid until 2037-02-28",
                        "certificate for web-b made, valid until 2037-02-28");
        assertThat(result.kept()).isEmpty();
        assertThat(directory.everything())
                .containsOnlyKeys(
                        "ca.key",
                        "ca.pem",
                        "balancer/ca.pem",
                        "balancer/site.pem",
                        "web-a/server.key",
                        "web-a/server.pem",
                        "web-b/server.key",
                        "web-b/server.pem");
    }

    @Test
    void keys_are_for_their_owner_only() {
        directory.ensure();

        expectClosed();
    }

    private void expectClosed() {
        for (String key : List.of("ca.key", "balancer/site.pem", "web-a/server.key")) {
            assertThat(directory.mode(key)).as(key).isEqualTo("rw-------");
        }
        for (String open : List.of("ca.pem", "balancer/ca.pem", "web-a/server.pem")) {
            assertThat(directory.mode(open)).as(open).isEqualTo("rw-r--r--");
        }
        assertThat(directory.mode(".")).isEqualTo("rwx------");
        assertThat(directory.mode("balancer")).isEqualTo("rwxr-xr-x");
        assertThat(directory.mode("web-a")).isEqualTo("rwxr-xr-x");
    }

    @Test
    void no_file_with_a_key_is_readable_by_everyone() {
        directory.ensure();

        directory
                .everything()
                .forEach((name, text) ->
                        assertThat(text.contains("PRIVATE KEY"))
                                .as(name)
                                .isEqualTo(directory.mode(name).equals("rw-------")));
    }

    @Test
    void keys_are_written_as_pkcs8() {
        directory.ensure();

        assertThat(directory.text("ca.key")).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(directory.text("web-a/server.key")).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(directory.text("balancer/site.pem"))
                .startsWith("-----BEGIN CERTIFICATE-----\n")
                .containsOnlyOnce("BEGIN CERTIFICATE")
                .contains("-----BEGIN PRIVATE KEY-----\n")
                .endsWith("-----END PRIVATE KEY-----\n");
    }

    @Test
    void every_certificate_has_a_valid_path_to_the_ca() throws Exception {
        directory.ensure();

        for (String name : List.of("balancer/site.pem", "web-a/server.pem", "web-b/server.pem")) {
            directory.validate(
                    directory.certificate(name), directory.certificate("balancer/ca.pem"));
        }
    }

    @Test
    void the_ca_signs_servers_and_nothing_else() throws Exception {
        directory.ensure();

        X509Certificate ca = directory.certificate("ca.pem");

        assertThat(ca.getSubjectX500Principal().getName()).isEqualTo("CN=Tandem CA of tandem");
        assertThat(ca.getBasicConstraints()).isZero();
        assertThat(ca.getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder(BASIC, KEY_USAGE, LIMITS);
        assertThat(bits(ca)).containsExactly(5, 6); // keyCertSign, cRLSign
        assertThat(ca.getNonCriticalExtensionOIDs()).containsExactlyInAnyOrder(SKI, AKI);
        X509Certificate balancers = directory.certificate("balancer/ca.pem");
        assertThat(balancers.getPublicKey()).isEqualTo(ca.getPublicKey());
        assertThat(balancers.getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder(BASIC, KEY_USAGE);
    }

    @Test
    void a_servers_certificate_is_for_servers_only() throws Exception {
        directory.ensure();

        X509Certificate server = directory.certificate("web-a/server.pem");

        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(bits(server)).containsExactly(0); // digitalSignature
        assertThat(server.getExtendedKeyUsage()).containsExactly(SERVER_AUTH);
        assertThat(server.getNonCriticalExtensionOIDs()).contains(SKI, AKI);
        assertThat(server.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(((ECPublicKey) server.getPublicKey()).getParams().getOrder().bitLength())
                .isEqualTo(256);
    }

    @Test
    void a_web_servers_certificate_is_for_its_name_and_its_address() throws Exception {
        directory.ensure();

        X509Certificate server = directory.certificate("web-b/server.pem");

        assertThat(names(server)).containsExactlyInAnyOrder("web-b", "172.20.0.3");
        assertThat(server.getSubjectX500Principal().getName()).isEqualTo("CN=web-b");
    }

    @Test
    void clients_may_use_the_vip_a_balancers_address_or_a_name() throws Exception {
        directory.ensure(site(named("shop.example", "*.shop.example"), SERVERS));

        X509Certificate seen = directory.certificate("balancer/site.pem");

        assertThat(names(seen))
                .containsExactlyInAnyOrder(
                        "192.168.0.150",
                        "172.20.0.50",
                        "192.168.0.50",
                        "172.20.0.60",
                        "192.168.0.60",
                        "shop.example",
                        "*.shop.example");
        assertThat(seen.getSubjectX500Principal().getName()).isEqualTo("CN=shop.example");
    }

    @Test
    void a_name_that_is_too_long_for_the_subject_is_still_in_the_certificate() throws Exception {
        String name = "a".repeat(60) + ".shop.example";
        directory.ensure(site(named(name), SERVERS));

        X509Certificate seen = directory.certificate("balancer/site.pem");

        assertThat(seen.getSubjectX500Principal().getName()).isEqualTo("CN=tandem");
        assertThat(names(seen)).contains(name);
    }

    @Test
    void certificates_begin_an_hour_ago_and_end_where_they_should() throws Exception {
        directory.ensure();
        Instant begin = directory.now().minus(Duration.ofHours(1));

        X509Certificate ca = directory.certificate("ca.pem");
        X509Certificate seen = directory.certificate("balancer/site.pem");
        X509Certificate server = directory.certificate("web-a/server.pem");

        for (X509Certificate one : List.of(ca, seen, server)) {
            assertThat(one.getNotBefore().toInstant()).isEqualTo(begin);
        }
        assertThat(seen.getNotAfter().toInstant()).isEqualTo(begin.plus(Duration.ofDays(825)));
        assertThat(server.getNotAfter()).isEqualTo(ca.getNotAfter());
        assertThat(ca.getNotAfter().toInstant()).isEqualTo(begin.plus(Duration.ofDays(3652)));
    }

    @Test
    void every_serial_number_is_different() throws Exception {
        directory.ensure();
        Set<Object> serials = new HashSet<>();

        for (String name : List.of("ca.pem", "balancer/site.pem", "web-a/server.pem")) {
            serials.add(directory.certificate(name).getSerialNumber());
            assertThat(directory.certificate(name).getSerialNumber().bitLength()).isEqualTo(128);
        }

        assertThat(serials).hasSize(3);
    }

    @Test
    void a_second_call_changes_nothing() {
        directory.ensure();
        var before = directory.everything();
        String stamp = directory.certificates().stamp();
        directory.pass(Duration.ofDays(400));

        Certificates.Result result = directory.ensure();

        assertThat(directory.everything()).isEqualTo(before);
        assertThat(directory.certificates().stamp()).isEqualTo(stamp);
        assertThat(result.changed()).isEmpty();
        assertThat(result.kept())
                .containsExactly(
                        "CA of site tandem kept, valid until 2037-02-28",
                        "certificate for 192.168.0.150 kept, valid until 2029-06-03",
                        "certificate for web-a kept, valid until 2037-02-28",
                        "certificate for web-b kept, valid until 2037-02-28");
    }

    @Test
    void the_stamp_is_short_and_changes_with_any_certificate() {
        assertThat(directory.certificates().stamp()).matches("[0-9a-f]{12}");
        directory.ensure();
        String stamp = directory.certificates().stamp();
        assertThat(stamp).matches("[0-9a-f]{12}");

        directory.delete("web-b/server.pem");
        directory.ensure();

        assertThat(directory.certificates().stamp()).isNotEqualTo(stamp);
    }

    @Test
    void the_expiry_of_what_clients_see_is_available() throws Exception {
        assertThat(directory.certificates().siteCertificateExpires()).isEmpty();

        directory.ensure();

        assertThat(directory.certificates().siteCertificateExpires())
                .contains(Instant.parse("2029-06-03T11:00:00Z"));
        directory.write("balancer/site.pem", "rubbish");
        assertThat(directory.certificates().siteCertificateExpires()).isEmpty();
    }

    @Test
    void an_additional_web_server_leaves_the_others_alone() {
        directory.ensure(site(OWN, SERVERS.subList(0, 1)));
        var before = directory.everything();

        Certificates.Result result = directory.ensure();

        assertThat(result.changed())
                .containsExactly("certificate for web-b made, valid until 2037-02-28");
        assertThat(directory.everything()).containsAllEntriesOf(before);
    }

    @Test
    void the_files_of_a_web_server_that_left_are_kept_for_its_return() {
        directory.ensure();
        var before = directory.everything();

        directory.ensure(site(OWN, List.of(own("web-a", "172.20.0.2"))));

        assertThat(directory.everything()).isEqualTo(before);
    }

    @Test
    void files_that_others_could_read_are_protected_again() throws Exception {
        directory.ensure();
        open("web-a/server.key");
        open("balancer/site.pem");
        Files.setPosixFilePermissions(directory.tls, PosixFilePermissions.fromString("rwxr-xr-x"));

        Certificates.Result result = directory.ensure();

        assertThat(result.changed())
                .containsExactly(
                        "certificate for 192.168.0.150: its files put in order",
                        "certificate for web-a: its files put in order");
        expectClosed();
    }

    @Test
    void what_a_killed_run_left_behind_does_no_harm() {
        directory.ensure();
        directory.delete("web-a/server.key");
        directory.write("web-a/.server.key.new", "half a k");

        directory.ensure();

        assertThat(directory.mode("web-a/server.key")).isEqualTo("rw-------");
        assertThat(directory.everything()).doesNotContainKey("web-a/.server.key.new");
        assertThat(directory.ensure().changed()).isEmpty();
    }

    @Test
    void an_unwritable_directory_is_reported_with_the_reason() throws Exception {
        Files.createDirectories(directory.tls.getParent());
        Files.writeString(directory.tls, "in the way");

        assertThatThrownBy(directory::ensure)
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind()).isEqualTo(Stop.Kind.ENVIRONMENT);
                            assertThat(stop.seen()).contains(directory.tls.toString());
                            assertThat(stop.next()).isEqualTo("ls -la " + directory.tls);
                        });
    }

    private void open(String name) throws Exception {
        Files.setPosixFilePermissions(
                directory.tls.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static List<String> names(X509Certificate certificate) throws Exception {
        return certificate.getSubjectAlternativeNames().stream()
                .map(pair -> pair.get(1).toString())
                .toList();
    }

    private static List<Integer> bits(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return IntStream.range(0, usage.length).filter(bit -> usage[bit]).boxed().toList();
    }
}
