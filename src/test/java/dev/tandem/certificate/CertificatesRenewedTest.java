package dev.tandem.certificate;

import static dev.tandem.certificate.TlsDirectory.OWN;
import static dev.tandem.certificate.TlsDirectory.SERVERS;
import static dev.tandem.certificate.TlsDirectory.named;
import static dev.tandem.certificate.TlsDirectory.own;
import static dev.tandem.certificate.TlsDirectory.site;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every reason to replace a certificate, and that there is no other.
class CertificatesRenewedTest {
    private static final String KEY = "-----BEGIN PRIVATE KEY-----";
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    @TempDir private Path home;
    private TlsDirectory directory;

    @BeforeEach
    void before() {
        directory = new TlsDirectory(home);
        directory.ensure();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-a/server.pem", "web-a/server.key"})
    void one_of_two_files_is_missing(String file) {
        directory.delete(file);

        expect("certificate for web-a renewed (one of its two files was missing)");
    }

    @Test
    void both_files_are_missing() {
        directory.delete("web-a/server.pem");
        directory.delete("web-a/server.key");

        expect("certificate for web-a made");
    }

    @ParameterizedTest
    @CsvSource({
        "web-a/server.pem, web-a",
        "web-a/server.key, web-a",
        "balancer/site.pem, 192.168.0.150"
    })
    void a_file_is_empty_truncated_or_rubbish(String file, String who) {
        String text = directory.text(file);
        for (String broken :
                List.of(
                        "",
                        "rubbish",
                        "\0\1\2\377",
                        CERTIFICATE,
                        KEY + "\nAAAA\n-----END PRIVATE KEY-----\n",
                        CERTIFICATE + "\nAAAA\n-----END CERTIFICATE-----\n",
                        CERTIFICATE + "\n!!!!\n-----END CERTIFICATE-----\n",
                        text.substring(0, text.length() / 2))) {
            directory.write(file, broken);

            assertThat(directory.ensure().changed())
                    .as(broken)
                    .singleElement()
                    .asString()
                    .startsWith("certificate for " + who + " renewed (it could not be read)");
            assertThat(directory.ensure().changed()).isEmpty();
        }
    }

    @Test
    void the_key_is_another_servers() {
        directory.write("web-a/server.key", directory.text("web-b/server.key"));

        expect("certificate for web-a renewed (its key did not fit)");
    }

    @Test
    void the_certificate_is_another_servers() {
        directory.write("web-a/server.key", directory.text("web-b/server.key"));
        directory.write("web-a/server.pem", directory.text("web-b/server.pem"));

        expect("certificate for web-a renewed (its names or addresses were different)");
    }

    @Test
    void a_web_servers_address_has_changed() {
        var result =
                directory.ensure(site(OWN, List.of(own("web-a", "172.20.0.9"), SERVERS.get(1))));

        assertThat(result.changed())
                .singleElement()
                .asString()
                .startsWith(
                        "certificate for web-a renewed (its names or addresses were different)");
    }

    @Test
    void the_sites_names_have_changed() {
        var named = site(named("shop.example"), SERVERS);

        assertThat(directory.ensure(named).changed())
                .satisfiesExactly(
                        ca ->
                                assertThat(ca)
                                        .contains("it was not for shop.example; clients refuse"),
                        own ->
                                assertThat(own)
                                        .startsWith(
                                                "certificate for shop.example renewed (its names or"
                                                        + " addresses were"));
        assertThat(directory.ensure(named).changed()).isEmpty();
        expect("certificate for 192.168.0.150 renewed (its names or addresses were different)");
    }

    @Test
    void what_clients_see_has_less_than_thirty_days_left() {
        directory.pass(Duration.ofDays(825 - 31));
        assertThat(directory.ensure().changed()).isEmpty();

        directory.pass(Duration.ofDays(1));

        expect("certificate for 192.168.0.150 renewed (it had 29 days left)");
    }

    @Test
    void what_clients_see_has_expired() {
        directory.pass(Duration.ofDays(900));

        expect("certificate for 192.168.0.150 renewed (it had expired)");
    }

    @Test
    void the_clock_was_wrong_and_was_corrected() {
        directory.pass(Duration.ofDays(-2));

        assertThat(directory.ensure().changed())
                .containsExactly(
                        "CA of site tandem renewed (it was not valid yet), valid until 2037-02-26",
                        "certificate for 192.168.0.150 renewed (it was not valid yet),"
                                + " valid until 2029-06-01",
                        "certificate for web-a renewed (it was not valid yet),"
                                + " valid until 2037-02-26",
                        "certificate for web-b renewed (it was not valid yet),"
                                + " valid until 2037-02-26");
        assertThat(directory.ensure().changed()).isEmpty();
    }

    @Test
    void a_ca_with_less_than_a_year_left_is_renewed_and_the_web_servers_follow() throws Exception {
        directory.pass(Duration.ofDays(3652 - 366));
        directory.ensure();
        X509Certificate oldCa = directory.certificate("ca.pem");
        X509Certificate oldServer = directory.certificate("web-a/server.pem");
        directory.pass(Duration.ofDays(1));

        assertThat(directory.ensure().changed())
                .containsExactly(
                        "CA of site tandem renewed (it had 364 days left), valid until 2046-02-28",
                        "certificate for web-a renewed (it had 364 days left),"
                                + " valid until 2046-02-28",
                        "certificate for web-b renewed (it had 364 days left),"
                                + " valid until 2046-02-28");

        // Servers and clients with the old CA work with those that have the new one, in every
        // combination.
        X509Certificate newCa = directory.certificate("balancer/ca.pem");
        X509Certificate newServer = directory.certificate("web-a/server.pem");
        assertThat(newCa).isNotEqualTo(oldCa);
        for (X509Certificate ca : List.of(oldCa, newCa)) {
            directory.validate(newServer, ca);
            directory.validate(oldServer, ca);
            directory.validate(directory.certificate("balancer/site.pem"), ca);
        }
        assertThat(directory.ensure().changed()).isEmpty();
    }

    @Test
    void nothing_outlives_the_ca() throws Exception {
        directory.pass(Duration.ofDays(3652 - 400));
        directory.ensure();

        assertThat(directory.certificate("balancer/site.pem").getNotAfter())
                .isEqualTo(directory.certificate("ca.pem").getNotAfter());
    }

    @ParameterizedTest
    @CsvSource({
        "ca.pem, rubbish, it could not be read",
        "ca.key, rubbish, it could not be read",
        "ca.key, web-a/server.key, its key did not fit"
    })
    void a_broken_ca_is_replaced_with_all_its_certificates(String file, String text, String how) {
        directory.write(file, text.equals("rubbish") ? text : directory.text(text));

        expectNewCa(how);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "ca.key"})
    void a_ca_with_one_of_its_files_missing_is_replaced(String file) {
        directory.delete(file);

        expectNewCa("one of its two files was missing");
    }

    @Test
    void a_servers_certificate_is_not_a_ca() {
        directory.write("ca.pem", directory.text("web-a/server.pem"));
        directory.write("ca.key", directory.text("web-a/server.key"));

        expectNewCa("it was not this site's");
    }

    @Test
    void another_sites_ca_is_not_used() {
        var result = directory.ensure(site("shop", OWN, SERVERS));

        assertThat(result.changed().getFirst())
                .startsWith("CA of site shop replaced (it was not this site's;");
        assertThat(result.changed()).hasSize(4);
    }

    @Test
    void a_missing_ca_is_made_with_all_its_certificates() {
        directory.delete("ca.pem");
        directory.delete("ca.key");

        assertThat(directory.ensure().changed())
                .containsExactly(
                        "CA of site tandem made, valid until 2037-02-28",
                        "certificate for 192.168.0.150 renewed (another CA had signed it),"
                                + " valid until 2029-06-03",
                        "certificate for web-a renewed (another CA had signed it),"
                                + " valid until 2037-02-28",
                        "certificate for web-b renewed (another CA had signed it),"
                                + " valid until 2037-02-28");
    }

    @Test
    void what_balancers_check_by_is_restored() throws Exception {
        directory.write("balancer/ca.pem", "rubbish");

        directory.ensure();

        assertThat(directory.certificate("balancer/ca.pem").getPublicKey())
                .isEqualTo(directory.certificate("ca.pem").getPublicKey());
        directory.validate(
                directory.certificate("web-a/server.pem"),
                directory.certificate("balancer/ca.pem"));
    }

    /// One certificate is replaced, and the next call changes nothing.
    private void expect(String start) {
        assertThat(directory.ensure().changed()).singleElement().asString().startsWith(start);
        assertThat(directory.ensure().changed()).isEmpty();
    }

    private void expectNewCa(String how) {
        List<String> changed = directory.ensure().changed();

        assertThat(changed).hasSize(4);
        assertThat(changed.getFirst())
                .startsWith(
                        "CA of site tandem replaced (%s; clients that trust the old ca.pem"
                                .formatted(how));
        assertThat(changed.subList(1, 4)).allMatch(one -> one.contains("another CA had signed it"));
        assertThat(directory.ensure().changed()).isEmpty();
    }
}
