package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A site of 0.1.0 runs, with orders, a history and two open faults, and this version of Tandem is
/// put in place of 0.1.0. One site goes through all of it, in this order, and from the first change
/// on requests of every kind are sent to it.
@Tag("containers")
@Tag("counting")
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeptSiteTest {
    private static final KeptSite KEPT = KeptSite.of("0.1.0");
    private static final TestSite SITE = KEPT.site();
    private static final ChangingSite LIVE = new ChangingSite(SITE);
    private static final List<String> NODES =
            List.of("haproxy-a", "haproxy-b", "web-a", "web-b", "web-c");

    /// What 0.1.0 left, without its notes.
    private static final Map<String, String> LEFT = new TreeMap<>();

    @BeforeAll
    static void itRuns() {
        KEPT.write();
        LEFT.putAll(files());
        KEPT.start();
        KEPT.breakIt();
    }

    @AfterAll
    static void itEnds() throws Exception {
        LIVE.end();
    }

    /// All that containers of 0.1.0 read, and the certificates.
    private static Map<String, String> files() {
        Map<String, String> files = KeptSite.texts(SITE.rendered(), "");
        files.keySet()
                .removeIf(path -> path.matches("(\\.|history/|faults/).*|tls/web-./drill\\.conf"));
        return files;
    }

    @Test
    @Order(1)
    void itsCertificatesAreLikeThoseThatWereMadeThen() throws Exception {
        StringBuilder made = new StringBuilder();
        for (String pem : List.of("ca.pem", "balancer/site.pem", "web-a/server.pem")) {
            String path = SITE.rendered().resolve("tls").resolve(pem).toString();
            String options = "no_pubkey,no_sigdump,no_serial";
            String text =
                    Shell.answer(
                            "openssl", "x509", "-in", path, "-noout", "-text", "-certopt", options);
            made.append("== ").append(pem).append('\n').append(text).append('\n');
        }
        String then = Files.readString(KEPT.kept().root().resolve("tls.txt"));
        assertThat(CertificateText.comparable(SITE.subnets().back(made.toString())))
                .isEqualTo(
                        CertificateText.comparable(then.replace(KEPT.kept().site(), SITE.name())));
    }

    /// Not even the faults are healed.
    @Test
    @Order(2)
    void whatANewerVersionWroteIsRefusedAndLeftAlone() throws Exception {
        Path note = SITE.rendered().resolve(".format");
        Files.writeString(note, "format 9999\ntandem 99.1.0\n");
        Map<String, String> before = KeptSite.texts(SITE.rendered(), "");
        for (String verb : List.of("up", "status", "down")) {
            Output output = SITE.typed(verb);
            assertThat(output.exit()).as(verb).isEqualTo(4);
            assertThat(output.stderr()).contains("next:  use tandem 99.1.0 or newer\n");
        }
        assertThat(KeptSite.texts(SITE.rendered(), "")).isEqualTo(before);
        assertThat(KEPT.dropsPackets()).isTrue();
        Files.delete(note);
    }

    @Test
    @Order(3)
    void itsHistoryIsReadAndTheFaultsThatAKilledDrillLeftAreHealed() {
        assertThat(PastChanges.of(SITE))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("4 ").contains(" drain web-c "),
                        line -> assertThat(line).startsWith("3 ").contains(" weight web-b 50% "),
                        line ->
                                assertThat(line)
                                        .startsWith("2 ")
                                        .contains(" apply backend.check: / → /index.html "),
                        line -> assertThat(line).startsWith("1 ").contains(" up "))
                .allSatisfy(line -> assertThat(line).endsWith(" done"));
        assertThat(SITE.typed("status").stderr())
                .contains("healed what a drill left behind: packet-loss-5\n")
                .contains("healed what a drill left behind: web-kill\n");
        assertThat(KEPT.dropsPackets()).isFalse();
        TestSite.await(
                "web-a answers again", () -> LIVE.answering().equals(sorted("web-a", "web-b")));
        assertThat(KeptSite.texts(SITE.rendered(), "faults/").keySet())
                .noneMatch(path -> path.endsWith(".fault"));
    }

    /// The plan has no step for the orders, which 0.1.0 has carried out.
    @Test
    @Order(4)
    void upReplacesItsContainersAndLosesNothing() throws Exception {
        LIVE.begin();
        Map<String, String> before = containers();
        assertThat(LIVE.plan())
                .doesNotContain("set ", "duty ")
                .contains("listen.health_from: port 8404 answers only ");

        upgraded();

        Map<String, String> after = containers();
        assertThat(after.get("haproxy-a")).isNotEqualTo(before.get("haproxy-a"));
        assertThat(after.get("haproxy-b")).isNotEqualTo(before.get("haproxy-b"));
        assertThat(steps(5))
                .as("one is new and has the VIP while the other one is old")
                .containsSubsequence(
                        "replace haproxy-b",
                        "switchover haproxy-b",
                        "watch haproxy-b",
                        "replace haproxy-a",
                        "home haproxy-a");
        isAsItWasAskedFor();
    }

    @Test
    @Order(5)
    void rollbackLeadsBackToItAndLosesNothing() {
        Output back = SITE.typed("rollback", "--yes", "--watch-time", "1");
        assertThat(back.exit()).as(back.stdout() + back.stderr()).isZero();
        LIVE.nothingIsLost("the rollback");
        assertThat(NODES)
                .allSatisfy(
                        node -> assertThat(KEPT.image(node)).as(node).isEqualTo(imageThen(node)));
        assertThat(files()).isEqualTo(LEFT);
        isAsItWasAskedFor();
    }

    /// It is killed when haproxy-b is new and has the VIP, and haproxy-a is old.
    @Test
    @Order(6)
    void anUpgradeThatWasKilledIsFinishedByTheNextCallAndLosesNothing() throws Exception {
        try (StartedTandem tandem = StartedTandem.with(SITE, "up")) {
            tandem.await("begin", "watch haproxy-b");
            tandem.kill();
        }
        assertThat(KEPT.image("haproxy-a")).isEqualTo(KEPT.kept().image("balancer"));
        assertThat(KEPT.image("haproxy-b")).isNotEqualTo(KEPT.kept().image("balancer"));
        assertThat(LIVE.holders()).containsExactly("haproxy-b");
        LIVE.load().goOn(3);
        LIVE.answers();
        LIVE.nothingIsLost("the kill");

        upgraded();

        assertThat(PastChanges.of(SITE).get(1)).contains(" up ").endsWith("interrupted");
        isAsItWasAskedFor();
    }

    /// `up`, after which nothing of 0.1.0 is left to be changed.
    private static void upgraded() {
        Output up = SITE.typed("up", "--watch-time", "1");
        assertThat(up.exit()).as(up.stdout() + up.stderr()).isZero();
        LIVE.nothingIsLost("up");
        LIVE.nothingIsLeftToDo();
        assertThat(KEPT.image("haproxy-a")).isNotEqualTo(KEPT.kept().image("balancer"));
        assertThat(KEPT.image("haproxy-b")).isEqualTo(KEPT.image("haproxy-a"));
    }

    /// What operators asked for holds, what was given to clients stays, and it is known who wrote.
    private static void isAsItWasAskedFor() {
        assertThat(LIVE.holders()).containsExactly("haproxy-a");
        assertThat(LIVE.answering()).isEqualTo(sorted("web-a", "web-b"));
        assertThat(SITE.rendered().resolve(".orders")).hasContent("web-b ready 50%\nweb-c drain");
        assertThat(SITE.exec("haproxy-a", "cat", "/etc/tandem/servers.state").stdout())
                .contains(" web-b - 2 0 50 100 ");
        Map<String, String> certificates = KeptSite.texts(SITE.rendered(), "tls/");
        certificates.keySet().removeIf(path -> path.endsWith("/drill.conf"));
        assertThat(certificates).as("certificates and keys").isEqualTo(only(LEFT, "tls/"));
        assertThat(SITE.rendered().resolve(".format")).content().startsWith("format 1\ntandem ");
    }

    private static String imageThen(String node) {
        return KEPT.kept().image(node.startsWith("web") ? "web" : "balancer");
    }

    private static Map<String, String> only(Map<String, String> files, String begin) {
        Map<String, String> some = new TreeMap<>(files);
        some.keySet().removeIf(path -> !path.startsWith(begin));
        return some;
    }

    private static SortedSet<String> sorted(String... names) {
        return new TreeSet<>(List.of(names));
    }

    private static Map<String, String> containers() {
        Map<String, String> ids = new TreeMap<>();
        NODES.forEach(node -> ids.put(node, LIVE.containerId(node)));
        return ids;
    }

    /// The steps of a change, by verb and node, in the order in which they were done.
    private static List<String> steps(int change) throws Exception {
        List<String> journal =
                Files.readAllLines(SITE.rendered().resolve("history/" + change + "/journal"));
        Map<String, String> planned = new TreeMap<>();
        journal.stream()
                .filter(line -> line.startsWith("step "))
                .map(line -> line.split(" +", 5))
                .forEach(words -> planned.put(words[1], words[2] + " " + words[3]));
        return journal.stream()
                .filter(line -> line.startsWith("done "))
                .map(line -> Objects.requireNonNull(planned.get(line.split(" ", 3)[1])))
                .toList();
    }
}
