package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.load.LoadResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A program loads its files again while clients are served: nobody is lost, `reload` says no more
/// than what is true, and a file that is no good changes nothing.
@Tag("containers")
@Tag("counting")
@Tag("slow")
class ReloadTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite();
    private static final TestSite SITE = LIVE.site();

    @Test
    void fiveReloadsOfTheMastersHaproxyLoseNothing() throws Exception {
        try (LoadedFile cfg = LIVE.loaded("haproxy-a", "haproxy", "haproxy-a/haproxy.cfg");
                UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(2);
            cfg.loadedAgain(5, load);

            LoadResult result = load.end();

            assertThat(load.lost()).isEmpty();
            assertThat(result.lostInSilence()).isZero();
        }
    }

    @Test
    void aHaproxyCfgThatIsBrokenIsRefusedAndTheOldOneGoesOn() {
        try (LoadedFile cfg = LIVE.loaded("haproxy-a", "haproxy", "haproxy-a/haproxy.cfg")) {
            Output output = cfg.refused(cfg.before() + "    nonsense\n");

            assertThat(output.stderr())
                    .contains("the old configuration goes on")
                    .contains("unknown keyword 'nonsense'");
            assertThat(LIVE.answers(50, 10)).containsEntry("web-a", 5).containsEntry("web-b", 5);
        }
    }

    @Test
    void aReloadOfTheMastersKeepalivedDoesNotMoveTheVip() throws Exception {
        String since = SITE.fact("haproxy-a", "since");
        try (LoadedFile conf = LIVE.loaded("haproxy-a", "keepalived", "haproxy-a/keepalived.conf");
                UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(2);
            conf.loadedAgain(3, load);

            load.end();

            assertThat(load.lost()).isEmpty();
        }
        assertThat(SITE.fact("haproxy-a", "vrrp")).isEqualTo("MASTER");
        assertThat(SITE.fact("haproxy-a", "since")).as("master without a gap").isEqualTo(since);
    }

    @Test
    void aKeepalivedConfThatIsBrokenIsRefused() {
        try (LoadedFile conf =
                LIVE.loaded("haproxy-b", "keepalived", "haproxy-b/keepalived.conf")) {
            Output output = conf.refused(conf.before().replace("advert_int", "advert_interval"));

            assertThat(output.stderr()).contains("not accepted").contains("advert_interval");
        }
    }

    @Test
    void theHandOverRulesAreReloadedAndBrokenOnesAreRefused() throws Exception {
        try (LoadedFile rules = LIVE.loaded("haproxy-a", "handover", "haproxy-a/handover.nft");
                UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(1);
            rules.taken(rules.before() + "# another\n");
            rules.refused(rules.before() + "nonsense\n");
            load.goOn(2);

            load.end();

            assertThat(load.lost()).isEmpty();
        }
    }

    @Test
    void anotherCertificateIsShownWithoutAReload() {
        String worker = SITE.worker("haproxy-b");
        try (LoadedFile site = LIVE.loaded("haproxy-b", "certificate", "tls/balancer/site.pem")) {
            String made = newCertificate();
            site.taken(made);

            assertThat(shown()).isEqualTo("serial=BADC0FFEE0");
            assertThat(SITE.worker("haproxy-b")).as("the same worker").isEqualTo(worker);

            site.refused(made.substring(0, made.length() / 2));
            assertThat(shown()).isEqualTo("serial=BADC0FFEE0");
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

    @Test
    void aReloadOfNginxLosesNothingAndABrokenFileIsRefused() throws Exception {
        try (LoadedFile conf = LIVE.loaded("web-a", "nginx", "web-a/nginx.conf");
                UnderLoad load = UnderLoad.of(SITE)) {
            load.goOn(1);
            conf.loadedAgain(3, load);
            Output refused = conf.refused(conf.before() + "nonsense;\n");
            assertThat(refused.stderr()).contains("unknown directive \"nonsense\"");

            load.end();

            assertThat(load.lost()).isEmpty();
        }
        assertThat(SITE.fact("web-a", "loaded_certificate"))
                .isEqualTo(LIVE.hash("tls/web-a/server.pem"));
    }
}
