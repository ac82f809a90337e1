package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `tandem apply` changes a site that serves: the plan says what will be done and why, it is done,
/// and no request is lost. A change that is no good stops at a balancer without clients.
///
/// Each test changes another key, from whatever the test before has left; what a test that failed
/// has left is taken back.
@Tag("containers")
@Tag("counting")
@Tag("slow")
class ApplyTest {
    @RegisterExtension static final ChangingSite LIVE = new ChangingSite();
    @RegisterExtension static final AsItsFileAsks EACH = new AsItsFileAsks(LIVE);
    private static final TestSite SITE = LIVE.site();

    @Test
    void anotherWayToBalanceIsLoadedByTheBackupFirst() {
        String containers = LIVE.containerId("haproxy-a") + LIVE.containerId("haproxy-b");
        LIVE.edit("balance: roundrobin", "balance: leastconn");
        String cause = "backend.balance: roundrobin → leastconn";

        assertThat(LIVE.plan())
                .isEqualTo(
                        """
                        reload     haproxy-b  haproxy.cfg: CAUSE
                        probe      haproxy-b  before it gets traffic
                        switchover haproxy-b  haproxy-a is changed next
                        watch      haproxy-b  with what was changed
                        reload     haproxy-a  haproxy.cfg: CAUSE
                        probe      haproxy-a  before it gets traffic
                        home       haproxy-a  as the site file has it\
                        """
                                .replace("CAUSE", cause));
        LIVE.applied();
        assertThat(SITE.exec("haproxy-a", "grep", "leastconn", "/etc/tandem/haproxy.cfg").exit())
                .isZero();
        assertThat(LIVE.containerId("haproxy-a") + LIVE.containerId("haproxy-b"))
                .as("the same containers")
                .isEqualTo(containers);
        assertThat(LIVE.lastChange()).contains(" apply ").endsWith("done");
    }

    @Test
    void aWebServerComesAndGoes() {
        String without = SITE.text();
        LIVE.edit(
                "  web-b: {content: ./pages}\n",
                "  web-b: {content: ./pages}\n  web-c: {content: ./pages}\n");
        assertThat(LIVE.plan())
                .startsWith("create     web-c      there is no container\nreload     haproxy-b")
                .contains("haproxy.cfg: servers.web-c: added");

        LIVE.applied();
        // With leastconn, which another test leaves, who is drawing most downloads gets nothing
        // new.
        TestSite.await("the new one answers", () -> LIVE.answering().contains("web-c"));
        SITE.file("tandem.yaml", without);
        assertThat(LIVE.plan())
                .startsWith("reload     haproxy-b")
                .contains("haproxy.cfg: servers.web-c: removed")
                .endsWith("remove     web-c      no longer in the site");
        LIVE.applied();
        assertThat(LIVE.answering()).doesNotContain("web-c");
        assertThat(SITE.rendered().resolve("web-c/nginx.conf")).doesNotExist();
    }

    @Test
    void aWebServerWithOtherPagesIsReplacedOutOfRotation() {
        String balancers = LIVE.worker("haproxy-a") + LIVE.worker("haproxy-b");
        LIVE.edit("web-b: {content: ./pages}", "web-b: {content: ./other}");

        assertThat(LIVE.plan())
                .startsWith("drain      web-b  its container is replaced next\nreplace    web-b")
                .contains("  servers.web-b.")
                .endsWith("ready      web-b  its container was replaced");
        LIVE.applied();
        String url = "http://" + SITE.network(3) + "/";
        assertThat(SITE.whoAnswers(url)).isEqualTo("another page");
        assertThat(LIVE.worker("haproxy-a") + LIVE.worker("haproxy-b"))
                .as("the balancers were not touched")
                .isEqualTo(balancers);
        LIVE.edit("web-b: {content: ./other}", "web-b: {content: ./pages}");
        LIVE.applied();
    }

    @Test
    void aCertificateForOtherNamesIsShownByBothBalancersWithoutAReload() {
        String workers = LIVE.worker("haproxy-a") + LIVE.worker("haproxy-b");
        String before = shown("haproxy-a");
        LIVE.edit("names: [www.example]", "names: [www.example, shop.www.example]");
        String cause = "certificate: tls.names: [www.example] → [www.example, shop.www.example]";

        assertThat(LIVE.plan())
                .contains("reload     haproxy-b  " + cause + "\n")
                .contains("reload     haproxy-a  " + cause + "\n");
        LIVE.applied();

        assertThat(shown("haproxy-a")).contains("DNS:shop.www.example").isNotEqualTo(before);
        assertThat(shown("haproxy-b")).isEqualTo(shown("haproxy-a"));
        assertThat(LIVE.worker("haproxy-a") + LIVE.worker("haproxy-b")).isEqualTo(workers);
        Output named =
                SITE.curl(
                        "--fail",
                        "--resolve",
                        "shop.www.example:443:" + SITE.lan(150),
                        "https://shop.www.example/");
        assertThat(named.exit()).as(named.stderr()).isZero();
    }

    /// Serial number and names of the certificate that a balancer shows.
    private static String shown(String balancer) {
        String look =
                "openssl s_client -connect 127.0.0.1:443 </dev/null 2>/dev/null"
                        + " | openssl x509 -noout -serial -ext subjectAltName";
        Output output = SITE.exec(balancer, "sh", "-c", look);
        assertThat(output.stdout()).as(output.stderr()).startsWith("serial=");
        return output.stdout();
    }

    @Test
    void anotherHostnameNeedsANewContainerOfTheMaster() {
        String container = LIVE.containerId("haproxy-a");
        LIVE.edit("hostname: bl1", "hostname: front-1");

        assertThat(LIVE.plan())
                .contains("switchover haproxy-b  haproxy-a is changed next")
                .contains("replace    haproxy-a  balancers.haproxy-a.hostname: bl1 → front-1")
                .endsWith("home       haproxy-a  as the site file has it");
        LIVE.applied();
        assertThat(LIVE.containerId("haproxy-a")).isNotEqualTo(container);
        assertThat(SITE.exec("haproxy-a", "hostname").stdout().strip()).isEqualTo("front-1");
    }

    @Test
    void whatIsAcceptedAndDoesNotWorkStopsAtTheBackupAndIsTakenBack() {
        String good = SITE.text();
        String loaded = LIVE.fact("haproxy-a", "loaded");
        String worker = LIVE.worker("haproxy-a");
        String since = LIVE.fact("haproxy-a", "since");
        LIVE.edit("check: /\n", "check: /does-not-exist\n");

        Output output = LIVE.apply("--wait-timeout", "6");
        assertThat(output.exit()).as(output.stderr()).isEqualTo(5);
        assertThat(output.stderr())
                .contains("state: the change was taken back: the site runs as before it")
                .doesNotContain("switchover haproxy-b  haproxy-a is changed next: done");

        assertThat(LIVE.fact("haproxy-a", "loaded")).isEqualTo(loaded);
        assertThat(LIVE.worker("haproxy-a")).as("the master was not touched").isEqualTo(worker);
        assertThat(LIVE.fact("haproxy-a", "since"))
                .as("it was master all the time")
                .isEqualTo(since);
        assertThat(LIVE.lastChange()).contains(" apply ").contains("taken back: ");
        assertThat(LIVE.plan()).contains("backend.check: / → /does-not-exist");
        SITE.file("tandem.yaml", good);
    }

    /// haproxy-b asks web-b for a page that is not there, until it is reloaded: nothing on the way
    /// back may wait for its word before.
    @ParameterizedTest
    @ValueSource(
            strings = {"web-b: {address: ADDRESS, content: ./pages}", "web-b: {content: ./other}"})
    void aWebServerThatWasReplacedInTheSameEditIsTakenBackToo(String edited) {
        String good = SITE.text();
        String loaded = LIVE.fact("haproxy-a", "loaded");
        String address = SITE.network(9).toString();
        LIVE.edit("web-b: {content: ./pages}", edited.replace("ADDRESS", address));
        LIVE.edit("check: /\n", "check: /no-such-page\n");

        Output output = LIVE.apply("--wait-timeout", "8");
        assertThat(output.exit()).as(output.stderr()).isEqualTo(5);
        assertThat(output.stderr())
                .contains("replace web-b  as before the change")
                .contains("state: the change was taken back: the site runs as before it");
        assertThat(LIVE.lastChange()).contains(" apply ").contains("taken back: ");

        SITE.file("tandem.yaml", good);
        LIVE.nothingIsLeftToDo();
        assertThat(LIVE.fact("haproxy-a", "loaded")).isEqualTo(loaded);
        SITE.awaitWell();
        assertThat(SITE.whoAnswers("http://" + SITE.network(3) + "/")).isEqualTo("web");
    }

    @Test
    void aRollbackBringsTheStateBeforeAndSaysThatTheFileStillAsks() {
        String before = SITE.text();
        String loaded = LIVE.fact("haproxy-a", "loaded");
        LIVE.edit("fall: 4", "fall: 5");
        LIVE.applied();
        assertThat(LIVE.fact("haproxy-a", "loaded")).isNotEqualTo(loaded);

        Output back = SITE.tandem("rollback", "--yes");
        assertThat(back.exit()).as(back.stdout() + back.stderr()).isZero();
        assertThat(back.stdout()).contains("the last change of the site was taken back");
        assertThat(back.stderr()).contains("tandem.yaml still asks for what was taken back");

        for (String balancer : LiveSite.BALANCERS) {
            assertThat(SITE.exec(balancer, "grep", "fall 5", "/etc/tandem/haproxy.cfg").ok())
                    .isFalse();
        }
        assertThat(LIVE.fact("haproxy-a", "loaded")).isEqualTo(loaded);
        assertThat(LIVE.lastChange()).contains(" rollback ").endsWith("done");
        assertThat(LIVE.plan()).contains("timing.fall: 4 → 5");
        SITE.file("tandem.yaml", before);
    }

    @Test
    void whatHaproxyRefusesOrNobodyCanReadChangesNothing() {
        String good = SITE.text();
        String loaded = LIVE.fact("haproxy-a", "loaded") + LIVE.fact("haproxy-b", "loaded");
        // Java reads a key of 1024 bits; HAProxy's OpenSSL finds it too weak.
        Shell.type(
                "openssl req -x509 -newkey rsa:1024 -nodes -days 30 -subj /CN=weak"
                        + (" -keyout " + SITE.directory().resolve("weak.key"))
                        + (" -out " + SITE.directory().resolve("weak.pem")));
        SITE.file(
                "tandem.yaml",
                good.replaceAll("  names: .*", "  certificate: weak.pem\n  key: weak.key"));
        Output refused = LIVE.apply();
        assertThat(refused.exit()).as(refused.stdout() + refused.stderr()).isEqualTo(5);
        assertThat(refused.stderr()).contains("the configuration was not accepted");

        SITE.file("tandem.yaml", good.replace("check: /", "chek: /"));
        Output unread = LIVE.apply();
        assertThat(unread.exit()).as(unread.stdout() + unread.stderr()).isEqualTo(3);
        assertThat(unread.stderr()).contains("did you mean 'check'?");

        assertThat(LIVE.fact("haproxy-a", "loaded") + LIVE.fact("haproxy-b", "loaded"))
                .isEqualTo(loaded);
        LIVE.answers();
        SITE.file("tandem.yaml", good);
    }

    @Test
    void aSecondApplyMeanwhileIsRefusedAndSaysByWhom() throws Exception {
        LIVE.edit("  check: /\n", "  check: /\n  retries: 3\n");
        try (StartedTandem first =
                StartedTandem.with(SITE, "apply", "--yes", "--watch-time", "1")) {
            first.await("begin", "reload haproxy-b");

            Output second = LIVE.apply();

            assertThat(second.exit()).as(second.stderr()).isEqualTo(4);
            assertThat(second.stderr())
                    .contains("another tandem is changing this site")
                    .containsPattern("seen: +apply by .*, process " + first.process() + ", since 2")
                    .contains("wait for it to end: ps -p " + first.process());
            assertThat(first.exit()).as(first.said()).isZero();
        }
    }

    @Test
    void aLockOfAnotherMachineIsRespectedUntilItIsTaken() {
        String volume = SITE.name() + "_tandem-lock";
        Shell.answer(
                "docker",
                "volume",
                "create",
                "--label",
                "dev.tandem.lock.host=another",
                "--label",
                "dev.tandem.lock.by=root@another, process 1",
                volume);

        Output refused = LIVE.apply();

        assertThat(refused.exit()).as(refused.stderr()).isEqualTo(4);
        assertThat(refused.stderr())
                .contains("another change of this site is under way", "by root@another, process 1")
                .contains("repeat the command with --take-lock");
        assertThat(LIVE.apply("--take-lock").exit()).isZero();
        assertThat(Shell.run(Shell.HOME, "docker", "volume", "inspect", volume).ok()).isFalse();
    }
}
