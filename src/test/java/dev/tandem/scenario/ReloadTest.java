package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.load.LoadResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A program takes its files anew while clients are served: nobody is lost, `reload` says no more
/// than what is true, and a file that is no good changes nothing.
@Tag("containers")
@Tag("slow")
class ReloadTest {
    private static final LiveSite LIVE = new LiveSite();
    private static final TestSite SITE = LIVE.site();
    private static final String CFG = "haproxy-a/haproxy.cfg";

    @BeforeAll
    static void begin() {
        LIVE.masterIs("haproxy-a");
    }

    @AfterAll
    static void takeDown() {
        SITE.close();
    }

    @AfterEach
    void everythingIsWellAgain() {
        LIVE.masterIs("haproxy-a");
        SITE.awaitWell();
    }

    @Test
    void fiveReloadsOfTheMastersHaproxyLoseNothing() throws Exception {
        String before = LIVE.file(CFG) + "\n";
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(2);
            for (int round = 1; round <= 5; round++) {
                LIVE.replace(CFG, before + "# round " + round + "\n");
                LIVE.reloaded("haproxy-a", "haproxy");
                assertThat(LIVE.fact("haproxy-a", "loaded")).isEqualTo(hash(CFG));
                load.goOn(1);
            }

            LoadResult result = load.end();

            assertThat(load.lost()).isEmpty();
            assertThat(result.lostInSilence()).isZero();
        } finally {
            LIVE.replace(CFG, before);
            LIVE.reloaded("haproxy-a", "haproxy");
        }
    }

    @Test
    void aHaproxyCfgThatIsBrokenIsRefusedAndTheOldOneGoesOn() {
        String good = LIVE.file(CFG) + "\n";
        String loaded = LIVE.fact("haproxy-a", "loaded");
        try {
            LIVE.replace(CFG, good + "    nonsense\n");

            Output output = LIVE.reload("haproxy-a", "haproxy");

            assertThat(output.exit()).isEqualTo(1);
            assertThat(output.stderr())
                    .contains("the old configuration goes on")
                    .contains("unknown keyword 'nonsense'");
            assertThat(LIVE.fact("haproxy-a", "loaded")).isEqualTo(loaded);
            assertThat(LIVE.answers(50, 10)).containsEntry("web-a", 5).containsEntry("web-b", 5);
        } finally {
            LIVE.replace(CFG, good);
        }
        LIVE.reloaded("haproxy-a", "haproxy");
    }

    @Test
    void aReloadOfTheMastersKeepalivedDoesNotMoveTheVip() throws Exception {
        String conf = "haproxy-a/keepalived.conf";
        String before = LIVE.file(conf) + "\n";
        String since = LIVE.fact("haproxy-a", "since");
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(2);
            for (int round = 1; round <= 3; round++) {
                LIVE.replace(conf, before + "# round " + round + "\n");
                LIVE.reloaded("haproxy-a", "keepalived");
                assertThat(LIVE.fact("haproxy-a", "loaded_keepalived")).isEqualTo(hash(conf));
                load.goOn(1);
            }

            load.end();

            assertThat(load.lost()).isEmpty();
        } finally {
            LIVE.replace(conf, before);
            LIVE.reloaded("haproxy-a", "keepalived");
        }
        assertThat(LIVE.fact("haproxy-a", "vrrp")).isEqualTo("MASTER");
        assertThat(LIVE.fact("haproxy-a", "since")).as("master without a gap").isEqualTo(since);
    }

    @Test
    void aKeepalivedConfThatIsBrokenIsRefused() {
        String conf = "haproxy-b/keepalived.conf";
        String before = LIVE.file(conf) + "\n";
        String loaded = LIVE.fact("haproxy-b", "loaded_keepalived");
        try {
            LIVE.replace(conf, before.replace("advert_int", "advert_interval"));

            Output output = LIVE.reload("haproxy-b", "keepalived");

            assertThat(output.exit()).isEqualTo(1);
            assertThat(output.stderr()).contains("not accepted").contains("advert_interval");
            assertThat(LIVE.fact("haproxy-b", "loaded_keepalived")).isEqualTo(loaded);
        } finally {
            LIVE.replace(conf, before);
        }
        LIVE.reloaded("haproxy-b", "keepalived");
    }

    @Test
    void theRulesOfTheHandOverAreLoadedAnewAndBrokenOnesAreNot() throws Exception {
        String rules = "haproxy-a/handover.nft";
        String before = LIVE.file(rules) + "\n";
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(1);
            LIVE.replace(rules, before + "# another\n");
            LIVE.reloaded("haproxy-a", "handover");
            assertThat(LIVE.fact("haproxy-a", "loaded_handover")).isEqualTo(hash(rules));
            LIVE.replace(rules, before + "nonsense\n");
            assertThat(LIVE.reload("haproxy-a", "handover").exit()).isEqualTo(1);
            load.goOn(2);

            load.end();

            assertThat(load.lost()).isEmpty();
        } finally {
            LIVE.replace(rules, before);
            LIVE.reloaded("haproxy-a", "handover");
        }
    }

    @Test
    void anotherCertificateIsShownWithoutAReload() {
        String site = "tls/balancer/site.pem";
        String before = LIVE.file(site) + "\n";
        String process = process();
        try {
            String made = newCertificate();
            LIVE.replace(site, made);
            LIVE.reloaded("haproxy-b", "certificate");

            assertThat(shown()).isEqualTo("serial=BADC0FFEE0");
            assertThat(process()).as("the same worker").isEqualTo(process);
            assertThat(LIVE.fact("haproxy-b", "loaded_certificate")).isEqualTo(hash(site));

            LIVE.replace(site, made.substring(0, made.length() / 2));
            assertThat(LIVE.reload("haproxy-b", "certificate").exit()).isEqualTo(1);
            assertThat(shown()).isEqualTo("serial=BADC0FFEE0");
        } finally {
            LIVE.replace(site, before);
            LIVE.reloaded("haproxy-b", "certificate");
        }
        assertThat(SITE.curl("--fail", "https://" + SITE.network(60) + "/").exit()).isZero();
    }

    /// Signed by itself, with its key.
    private static String newCertificate() {
        Output made =
                SITE.exec(
                        "haproxy-b",
                        "sh",
                        "-c",
                        "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=other -days 9"
                                + " -set_serial 0xBADC0FFEE0 -keyout /dev/stdout 2>/dev/null");
        assertThat(made.ok()).as(made.stderr()).isTrue();
        return made.stdout();
    }

    private static String shown() {
        return SITE.exec(
                        "haproxy-b",
                        "sh",
                        "-c",
                        "openssl s_client -connect 127.0.0.1:443 </dev/null 2>/dev/null"
                                + " | openssl x509 -noout -serial")
                .stdout()
                .strip();
    }

    private static String process() {
        return SITE.exec("haproxy-b", "runtime", "show info").lines().stream()
                .filter(line -> line.startsWith("Pid: "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aReloadOfNginxLosesNothingAndABrokenFileIsRefused() throws Exception {
        String conf = "web-a/nginx.conf";
        String before = LIVE.file(conf) + "\n";
        try (UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(1);
            for (int round = 1; round <= 3; round++) {
                LIVE.replace(conf, before + "# round " + round + "\n");
                LIVE.reloaded("web-a", "nginx");
                assertThat(LIVE.fact("web-a", "loaded")).isEqualTo(hash(conf));
                load.goOn(1);
            }
            String loaded = LIVE.fact("web-a", "loaded");
            LIVE.replace(conf, before + "nonsense;\n");
            Output refused = LIVE.reload("web-a", "nginx");
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.stderr()).contains("unknown directive \"nonsense\"");
            assertThat(LIVE.fact("web-a", "loaded")).isEqualTo(loaded);

            load.end();

            assertThat(load.lost()).isEmpty();
        } finally {
            LIVE.replace(conf, before);
            LIVE.reloaded("web-a", "nginx");
        }
        assertThat(LIVE.fact("web-a", "loaded_certificate"))
                .isEqualTo(hash("tls/web-a/server.pem"));
    }

    private static String hash(String path) {
        String file = SITE.rendered().resolve(path).toString();
        return Shell.answer("sha256sum", file).substring(0, 64);
    }
}
