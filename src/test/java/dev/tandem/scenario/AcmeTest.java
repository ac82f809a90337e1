package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.acme.Deactivated;
import dev.tandem.acme.Renewals;
import dev.tandem.acme.Renewals.Outcome;
import dev.tandem.acme.Renewals.When;
import dev.tandem.certificate.AcmeStore;
import dev.tandem.docker.Output;
import dev.tandem.docker.Processes;
import dev.tandem.model.Acme;
import dev.tandem.model.Renewal;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A CA on the LAN gives a site its certificates. The first test gets one; the others begin with
/// one that is there.
@Tag("containers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AcmeTest {
    private static final String NAMES = "names: [example.test, www.example.test]";
    private static final TestSite SITE =
            TestSite.of(
                    """
                    vip:
                      address: 192.168.0.150
                    balancers:
                      haproxy-a:
                      haproxy-b:
                    servers:
                      web-a:
                      web-b:
                    timing:
                      check_limit: 2s
                      connect: 1s
                      fall: 4
                    tls:
                      names: [first.test]
                    """);

    private static PebbleCa ca;

    @BeforeAll
    static void begin() throws IOException {
        SITE.up();
        ca = PebbleCa.start(SITE);
        SITE.file(
                "set-record",
                """
                #!/bin/sh
                case $1 in
                add) curl --silent --fail -d '{"host":"'"$2"'.","value":"'"$3"'"}' %1$s/set-txt ;;
                remove) curl --silent --fail -d '{"host":"'"$2"'."}' %1$s/clear-txt ;;
                esac
                """
                        .formatted(ca.namesAt()));
        Files.setPosixFilePermissions(
                SITE.directory().resolve("set-record"),
                PosixFilePermissions.fromString("rwxr-xr-x"));
        String acme =
                "acme: {directory: \"%s\", ca: ./pebble-ca.pem, %s}"
                        .formatted(PebbleCa.directory(SITE), NAMES);
        edit("names: [first.test]", acme);
    }

    @AfterAll
    static void end() {
        ca.close();
        SITE.close();
    }

    private static void edit(String from, String to) {
        assertThat(SITE.text()).contains(from);
        SITE.file("tandem.yaml", SITE.text().replace(from, to));
        Output applied = SITE.tandem("apply", "--yes");
        assertThat(applied.exit()).as(applied.stderr()).isZero();
    }

    private static Output renew(String... more) {
        String[] words = new String[2 + more.length];
        words[0] = "certificate";
        words[1] = "renew";
        System.arraycopy(more, 0, words, 2, more.length);
        return SITE.tandem(words);
    }

    private static void renewed(String... more) {
        Output output = renew(more);
        assertThat(output.exit()).as(output.stderr()).isZero();
        assertThat(shown("haproxy-a"))
                .contains("Pebble Intermediate")
                .isEqualTo(shown("haproxy-b"));
    }

    /// Issuer, serial number and names of the certificate that a balancer shows.
    private static String shown(String balancer) {
        String look =
                "openssl s_client -connect 127.0.0.1:443 </dev/null 2>/dev/null"
                        + " | openssl x509 -noout -serial -issuer -ext subjectAltName";
        Output output = SITE.exec(balancer, "sh", "-c", look);
        assertThat(output.stdout()).as(output.stderr()).startsWith("serial=");
        return output.stdout();
    }

    private static String serial() {
        return shown("haproxy-a").lines().findFirst().orElse("").substring("serial=".length());
    }

    private static AcmeStore store() {
        return new AcmeStore(SITE.rendered().resolve(".acme"));
    }

    private static Acme acme() {
        return new Acme(
                Optional.empty(),
                PebbleCa.directory(SITE),
                List.of("example.test", "www.example.test"),
                Optional.of("pebble-ca.pem"),
                Optional.empty());
    }

    /// Two thirds of its life are over.
    private static void grownOld() {
        Renewal.Held held = store().renewal().held().orElseThrow();
        Instant past = held.begins().minusSeconds(1);
        store().note(
                        new Renewal(
                                Optional.of(
                                        new Renewal.Held(
                                                held.url(),
                                                held.names(),
                                                held.begins(),
                                                held.ends(),
                                                past)),
                                Optional.empty()));
    }

    @Test
    @Order(1)
    void theFirstCertificateIsShownByBothBalancersWithoutAReloadAndNotOrderedTwice() {
        assertThat(shown("haproxy-a")).contains("Tandem CA of");
        assertThat(SITE.tandem("status").stdout()).contains("certificate: none yet from https://");
        String workers = SITE.worker("haproxy-a") + SITE.worker("haproxy-b");
        renewed();

        String first = serial();
        assertThat(shown("haproxy-a"))
                .contains("DNS:example.test")
                .contains("DNS:www.example.test");
        assertThat(SITE.worker("haproxy-a") + SITE.worker("haproxy-b")).isEqualTo(workers);
        assertThat(renew().stdout()).startsWith("Nothing to do: the certificate for ");
        assertThat(serial()).isEqualTo(first);
        Output status = SITE.tandem("status");
        assertThat(status.exit()).as(status.stdout()).isZero();
        assertThat(status.stdout()).contains("; the next one is due 20");
        assertThat(SITE.tandem("plan").stdout()).startsWith("Nothing to do");
    }

    @Test
    @Order(2)
    void keysAreTheOwnersAloneAndNowhereElse() throws IOException {
        Path kept = SITE.rendered().resolve(".acme");
        String key = Files.readString(kept.resolve("account.key")).split("-----", -1)[2].strip();
        String line = key.lines().findFirst().orElseThrow();
        assertThat(Files.getPosixFilePermissions(kept.resolve("account.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        String found = Shell.run(SITE.directory(), "grep", "-rlF", line, ".tandem").stdout();
        assertThat(found.lines()).containsExactly(".tandem/" + SITE.name() + "/.acme/account.key");
        assertThat(SITE.tandem("history", "--json").stdout()).doesNotContain("PRIVATE", "BEGIN");
    }

    @Test
    @Order(3)
    void aRenewalGoesOnThroughATakeoverInTheMiddleOfTheOrder() throws Exception {
        String before = serial();
        grownOld();
        String said = ca.log();
        Process order =
                new ProcessBuilder(Shell.HOME.resolve("tandem").toString(), "certificate", "renew")
                        .directory(SITE.directory().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(SITE.directory().resolve("order.log").toFile())
                        .start();
        TestSite.await("the CA has the order", () -> log().length() > said.length());
        ca.freeze();
        SITE.docker("kill", "haproxy-a");
        SITE.ownerIs("haproxy-b", List.of("haproxy-b"));
        Output second = renew();
        ca.thaw();

        assertThat(second.exit()).as(second.stderr()).isEqualTo(4);
        assertThat(second.stderr()).contains("somebody else orders a certificate for this site");
        assertThat(order.waitFor())
                .as(Files.readString(SITE.directory().resolve("order.log")))
                .isZero();
        assertThat(shown("haproxy-b")).contains("Pebble Intermediate").doesNotContain(before);
        SITE.docker("start", "haproxy-a");
        SITE.awaitWell();
        assertThat(shown("haproxy-a")).isEqualTo(shown("haproxy-b"));
        String after = serial();
        assertThat(renew().exit()).isZero();
        assertThat(serial()).isEqualTo(after);
    }

    private static String log() {
        try {
            return ca.log();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    @Order(4)
    void aNameThatLeadsElsewhereIsSaidAndNotAskedAgainAtOnce() {
        String before = serial();
        ca.leads("www.example.test", SITE.lan(ELSEWHERE).toString());
        grownOld();
        Output refused = renew();

        assertThat(refused.exit()).as(refused.stderr()).isEqualTo(4);
        assertThat(refused.stderr())
                .contains("the CA does not believe that www.example.test is this site's")
                .contains("getent hosts www.example.test has to be the VIP");
        Output waits = renew();
        assertThat(waits.exit()).isEqualTo(1);
        assertThat(waits.stderr()).contains("the next one not before 20", "renew --now");
        assertThat(SITE.tandem("status").stdout()).contains("the last order failed 20");
        assertThat(serial()).isEqualTo(before);
        ca.leadsHome("www.example.test");
        renewed("--now");
        assertThat(serial()).isNotEqualTo(before);
        assertThat(SITE.tandem("status").stdout()).doesNotContain("the last order failed");
    }

    /// An address of the LAN at which nobody is.
    private static final int ELSEWHERE = 230;

    @Test
    @Order(5)
    void aCaThatIsAwayForAWeekIsAskedADozenTimesAndThenGivesOne() throws IOException {
        Instant[] now = {Instant.now()};
        Renewals renewals = new Renewals(new Processes(), () -> now[0], new SecureRandom());
        Renewals.Case site = new Renewals.Case(acme(), store(), SITE.directory());
        String before = serial();
        grownOld();
        ca.away();
        int asked = 0;
        for (int hour = 0; hour < 7 * 24; hour++) {
            try {
                assertThat(renewals.renew(site, When.DUE)).isInstanceOf(Outcome.Waits.class);
            } catch (Stop stop) {
                assertThat(stop).hasMessage("the CA cannot be reached");
                asked++;
            }
            now[0] = now[0].plus(Duration.ofHours(1));
        }
        assertThat(asked).isBetween(8, 14);
        assertThat(serial()).isEqualTo(before);

        ca.back();
        now[0] = now[0].plus(Duration.ofDays(1));
        assertThat(renewals.renew(site, When.DUE)).isInstanceOf(Outcome.Ordered.class);
        renewed();
        assertThat(serial()).isNotEqualTo(before);
    }

    @Test
    @Order(6)
    void anAccountThatIsDeactivatedIsReplacedWhenSomebodySaysSo() throws Exception {
        Deactivated.account(acme(), store(), SITE.directory().resolve("pebble-ca.pem"));
        grownOld();
        Output refused = renew();

        assertThat(refused.exit()).as(refused.stderr()).isEqualTo(4);
        assertThat(refused.stderr())
                .contains("the CA does not accept this site's account", "--new-account");
        renewed("--new-account");
        assertThat(SITE.tandem("plan").stdout()).startsWith("Nothing to do");
    }

    @Test
    @Order(7)
    void aWildcardIsProvenByTheOperatorsProgramForDns() {
        edit(NAMES, "names: [\"*.example.test\"], dns: ./set-record");
        renewed();

        assertThat(shown("haproxy-a")).contains("DNS:*.example.test");
        String wildcard = serial();
        assertThat(renew().stdout()).startsWith("Nothing to do");
        assertThat(serial()).isEqualTo(wildcard);
    }

    @Test
    @Order(8)
    void aRevokedOneIsReplacedFirst() {
        String before = serial();
        Output revoked = SITE.tandem("certificate", "revoke", "--yes");

        assertThat(revoked.exit()).as(revoked.stderr()).isZero();
        assertThat(ca.status(before)).contains("Revoked");
        assertThat(shown("haproxy-a")).contains("Pebble Intermediate").doesNotContain(before);
        assertThat(ca.status(serial())).contains("Valid");
        SITE.awaitWell();
    }
}
