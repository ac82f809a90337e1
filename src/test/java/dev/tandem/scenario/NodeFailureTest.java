package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the init of a balancer does when a part of it fails: the VIP is always with somebody who
/// serves, and with nobody else.
@Tag("containers")
class NodeFailureTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite(TestSite.likeTheCustomers());
    private static TestSite site = LIVE.site();

    @Test
    void aHaproxyThatHangsLosesTheVip() {
        signal("STOP", "haproxy");

        LIVE.masterIs("haproxy-b");
        assertThat(site.whoAnswers("http://" + site.lan(150) + "/", 4))
                .containsOnly("web-a", "web-b");
        assertThat(site.tandem("status").stdout())
                .contains("haproxy-a: its HAProxy does not answer");
        whySays("haproxy-a: HAProxy did not answer at .*Z; haproxy-b held the VIP .* s later");

        signal("CONT", "haproxy");
        LIVE.masterIs("haproxy-a");
        whySays("haproxy-b held the VIP .* s later\\. It was back on haproxy-a after .* s\\.");
    }

    /// A packet filter in a container: 8404 alone is nothing; HTTPS on the LAN interface, where
    /// only the peer can find out, moves the VIP; one of the peer's listeners too: it stays.
    @Test
    void aListenerThatClientsDoNotReachSendsTheVipToThePeerIfThatOneIsReached() {
        try {
            filter("haproxy-a", "tcp dport 8404 drop");
            String on = "iifname != \"lo\" ip daddr ";
            String reset = " tcp dport 443 reject with tcp reset";
            filter("haproxy-a", on + site.lan(151) + reset);
            clientsAreSentToThePeer();
            filter("haproxy-b", "tcp dport 80 drop");
            theVipStaysWhereItIs();
        } finally {
            for (String balancer : LiveSite.BALANCERS) {
                site.exec(balancer, "nft", "delete", "table", "ip", "broken");
            }
        }
        LIVE.masterIs("haproxy-a");
        String requests =
                Shell.run(site.directory(), "docker", "logs", site.container("haproxy-a")).stdout();
        assertThat(requests).as("no question is logged").doesNotContain("handshake", "PRI ");
    }

    private static void clientsAreSentToThePeer() {
        LIVE.masterIs("haproxy-b");
        assertThat(site.tandem("status").stdout())
                .contains("haproxy-a: haproxy-b does not reach its listener https:443");
        whySays("haproxy-a: (clients did not reach|its peer did not reach) https:443 at ");
        assertThat(site.fact("haproxy-a", "haproxy_down")).isEqualTo("0");
    }

    private static void theVipStaysWhereItIs() {
        TestSite.await(
                "both are found silent",
                () ->
                        site.exec("haproxy-a", "node-state")
                                .stdout()
                                .contains("listener=" + site.lan(152) + "/http:80 silent"));
        assertThat(site.tandem("status").stdout())
                .contains("haproxy-b: its listener http:80 does not answer");
        assertThat(owners()).as("dead on both").isEqualTo("[haproxy-b]");
    }

    private static void filter(String balancer, String rule) {
        String table = "table ip broken { chain arriving { type filter hook input priority 0; ";
        String script = "echo '" + table + rule + "; }; }' | nft -f -";
        Output filtered = site.exec(balancer, "sh", "-c", script);
        assertThat(filtered.ok()).as(filtered.stderr()).isTrue();
    }

    /// The one that is killed has room when it is back: its `/run` begins empty.
    @Test
    void balancersWithoutRoomInRunTakeOverAndObey() {
        for (String balancer : LiveSite.BALANCERS) {
            site.exec(balancer, "dd", "if=/dev/zero", "of=/run/full", "bs=1k");
            assertThat(site.exec(balancer, "sh", "-c", "echo x >/run/x").ok()).isFalse();
        }
        assertThat(site.tandem("doctor").stdout())
                .contains("/run of haproxy-a", "/run of haproxy-b");

        Output there = site.tandem("switchover");
        assertThat(there.exit()).as(there.stdout() + there.stderr()).isZero();
        whySays("haproxy-a: was told: yield at .*; haproxy-b held .*\nUnder way then: switchover");
        assertThat(site.tandem("switchover").exit()).isZero();

        site.docker("kill", "haproxy-a");
        LIVE.masterIs("haproxy-b");
        TestSite.await("it says so", () -> site.fact("haproxy-b", "vrrp").equals("MASTER"));
        site.docker("start", "haproxy-a");
        LIVE.masterIs("haproxy-a");
        assertThat(site.log("haproxy-b")).doesNotContain("init: left", "init: no interface");
        site.exec("haproxy-b", "rm", "/run/full");
    }

    /// Rules that are gone would be missed only at the next move of the VIP.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nft delete table ip handover",
                "nft flush chain ip handover belongs",
                "ip address del 192.168.0.150/32 dev lo"
            })
    void aHandOverThatSomebodyChangedIsNamedAndPutRight(String command) {
        site.exec(
                "haproxy-a", command.replace("192.168.0.150", site.lan(150).toString()).split(" "));

        assertThat(site.tandem("status").stdout())
                .contains("haproxy-a has another handover.nft loaded");
        Output applied = site.tandem("apply", "--yes");
        assertThat(applied.exit()).as(applied.stderr()).isZero();
        assertThat(applied.stderr()).contains("handover.nft: changed outside");
        assertThat(site.tandem("status").exit()).isZero();
    }

    /// Clients in other networks are answered over it.
    @Test
    void aDefaultRouteThatIsGoneIsSetAgain() {
        String route = "default via " + site.lan(1);
        assertThat(site.exec("haproxy-b", "ip", "route").stdout()).contains(route);

        site.exec("haproxy-b", "ip", "route", "del", "default");

        TestSite.await(
                "it is back", () -> site.exec("haproxy-b", "ip", "route").stdout().contains(route));
        assertThat(site.log("haproxy-b")).contains("the default route over the LAN is gone");
    }

    @Test
    void aVipThatSomebodyPutOnTheBackupIsTakenOff() {
        String device = site.fact("haproxy-b", "lan");
        site.exec("haproxy-b", "ip", "address", "add", site.lan(150) + "/32", "dev", device);

        TestSite.await(
                "its init takes it off",
                () -> site.log("haproxy-b").contains("somebody else put it there"));
        TestSite.await("one owner", () -> owners().equals("[haproxy-a]"));
    }

    @Test
    void nothingIsBelievedOfABalancerWhoseInitIsStopped() {
        Shell.answer("docker", "kill", "-s", "STOP", site.container("haproxy-a"));
        signal("KILL", "haproxy");

        TestSite.await(
                "status says so", () -> site.tandem("status").stdout().contains("init stopped"));
        String status = site.tandem("status").stdout();
        assertThat(status).contains("docker kill -s CONT " + site.container("haproxy-a"));
        assertThat(status).doesNotContainPattern("haproxy-a +MASTER +serves");
        assertThat(site.exec("haproxy-a", "healthy").stdout()).contains("init has not run for");

        Shell.answer("docker", "kill", "-s", "CONT", site.container("haproxy-a"));
    }

    /// Nothing that serves shows that they are stopped: they are asked nothing.
    @ParameterizedTest
    @ValueSource(strings = {"haproxy", "outliers", "bodies", "speaker"})
    void aProgramThatASignalHasStoppedIsNamedAndItsCureHelps(String program) {
        site.exec("haproxy-b", "sh", "-c", "kill -s STOP $(cat /run/tandem/" + program + ".pid)");

        Output status = site.tandem("status");

        assertThat(status.exit()).as(status.stdout()).isEqualTo(1);
        String line = "haproxy-b: a signal has stopped its " + program;
        assertThat(status.stdout()).contains(line);
        String cure =
                status.stdout()
                        .lines()
                        .filter(one -> one.contains(line))
                        .findFirst()
                        .orElseThrow()
                        .replaceFirst(".*: (docker exec .*) lets it go on$", "$1");
        Shell.answer("sh", "-c", cure);
        assertThat(site.tandem("status").exit()).isZero();
    }

    /// The machine would start without it.
    @Test
    void aContainerThatDockerWouldNotStartAgainIsNamedAndPutRight() {
        Shell.answer("docker", "update", "--restart", "no", site.container("haproxy-a"));

        assertThat(site.tandem("status").stdout())
                .contains("haproxy-a has the restart policy no, not unless-stopped");
        Output applied = site.tandem("apply", "--yes");
        assertThat(applied.exit()).as(applied.stderr()).isZero();
        assertThat(applied.stderr()).contains("restart unless-stopped: it is no");
        assertThat(site.tandem("status").exit()).isZero();
    }

    @Test
    void aHaproxyThatIsKilledIsStartedAgain() {
        String before = pids("haproxy");

        signal("KILL", "haproxy");

        TestSite.await(
                "another HAProxy serves",
                () -> !pids("haproxy").equals(before) && answers(site.network(50).toString()));
        assertThat(logs())
                .containsPattern("haproxy ended at \\S+Z: (signal 9|exit 137)")
                .contains("haproxy_down=1");
    }

    @Test
    void aKeepalivedThatIsKilledLeavesNoVipBehindAndIsStartedAgain() {
        String before = pids("keepalived");

        signal("KILL", "keepalived");

        TestSite.await("another Keepalived runs", () -> changed("keepalived", before));
        assertThat(logs()).containsPattern("keepalived ended at \\S+Z: signal 9");
        TestSite.await("somebody holds the VIP, alone", () -> owners().matches("\\[haproxy-.]"));
    }

    @Test
    void aBalancerThatIsKilledIsReplacedAndTakesTheVipBackOnlyWhenItServes() {
        site.docker("kill", "haproxy-a");

        LIVE.masterIs("haproxy-b");
        assertThat(answers(site.lan(150).toString())).isTrue();
        whySays("haproxy-a said nothing more: its container or its machine ended");

        site.docker("start", "haproxy-a");
        LIVE.masterIs("haproxy-a");
        assertThat(logs().lastIndexOf("VRRP MASTER"))
                .as("HAProxy first, then Keepalived")
                .isGreaterThan(logs().lastIndexOf("haproxy started"));
    }

    @Test
    void aBalancerCutOffFromTheLanComesBackUnderWhateverNameItsInterfaceHas() {
        Shell.answer(
                "docker",
                "network",
                "disconnect",
                site.name() + "_lan",
                site.container("haproxy-a"));

        TestSite.await("haproxy-b holds the VIP", () -> answers(site.lan(150).toString()));
        TestSite.await(
                "haproxy-a knows",
                () -> logs().contains("no interface holds " + site.lan(151) + " any more"));

        Shell.answer(
                "docker",
                "network",
                "connect",
                "--ip",
                site.lan(151).toString(),
                site.name() + "_lan",
                site.container("haproxy-a"));
    }

    @Test
    void aBalancerThatStartsCutOffFromTheWebServersDoesNotTakeTheVip() {
        Shell.type("docker network disconnect " + site.name() + " " + site.container("haproxy-a"));
        Shell.type("docker restart -t 20 " + site.container("haproxy-a"));

        TestSite.await("it takes part again", () -> lastState().equals("init: VRRP BACKUP"));
        assertThat(owners()).isEqualTo("[haproxy-b]");
        assertThat(status("http://" + site.lan(150) + "/")).isEqualTo("200");

        Shell.type(
                "docker network connect --ip "
                        + site.network(50)
                        + " "
                        + site.name()
                        + " "
                        + site.container("haproxy-a"));
    }

    @Test
    void aBalancerThatWasPausedIsNoticedAndKnowsItsRoleAgain() {
        site.docker("pause", "haproxy-a");

        TestSite.await(
                "haproxy-b took over",
                () -> site.tandem("status").stdout().contains("haproxy-b  MASTER"));
        assertThat(site.tandem("status").stdout()).contains("its container is paused");

        site.docker("unpause", "haproxy-a");
        TestSite.await(
                "the log says why the VIP has moved",
                () -> logs().contains("init: this balancer did not run for "));
        whySays("haproxy-a: did not run for .* s at .*; haproxy-b held the VIP .* s later");
    }

    @Test
    void withoutAnyWebServerTheVipStaysWhereItIsAndTheAnswerIs503() {
        site.docker("stop", "web-a");
        site.docker("stop", "web-b");

        String url = "http://" + site.lan(150) + "/";
        TestSite.await("503", () -> status(url).equals("503"));
        TestSite.await(
                "who is cut off from all of them says so, also the master",
                () ->
                        LiveSite.BALANCERS.stream()
                                .allMatch(one -> site.fact(one, "servers_down").equals("1")));
        assertThat(owners()).isEqualTo("[haproxy-a]");

        site.docker("start", "web-a");
        site.docker("start", "web-b");
    }

    private static void whySays(String pattern) {
        assertThat(site.tandem("why").stdout()).containsPattern(pattern);
    }

    private static String status(String url) {
        return site.curl("--output", "/dev/null", "--write-out", "%{http_code}", url)
                .stdout()
                .strip();
    }

    private static String owners() {
        return site.vipOwners(LiveSite.BALANCERS).toString();
    }

    private static boolean answers(String host) {
        return site.whoAnswers("http://" + host + "/").startsWith("web-");
    }

    private static boolean changed(String program, String before) {
        String now = pids(program);
        return !now.isEmpty() && !now.equals(before);
    }

    private static void signal(String signal, String program) {
        assertThat(site.signal(signal, "haproxy-a", program)).as(program + " runs").isTrue();
    }

    private static String pids(String program) {
        String script =
                "for p in /proc/[0-9]*; do [ \"$(cat $p/comm 2>/dev/null)\" = "
                        + program
                        + " ] && echo ${p#/proc/}; done; true";
        return site.exec("haproxy-a", "sh", "-c", script).stdout().strip();
    }

    /// The last state of its Keepalived that haproxy-a's init logged.
    private static String lastState() {
        return logs().lines()
                .filter(line -> line.startsWith("init: VRRP "))
                .reduce((_, later) -> later)
                .orElse("");
    }

    private static String logs() {
        return site.log("haproxy-a");
    }
}
