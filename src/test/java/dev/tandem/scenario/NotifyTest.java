package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.scenario.NoticeTaker.Manner;
import dev.tandem.scenario.NoticeTaker.Notice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Balancers tell a real receiver what happens, over TLS that they verify: once, also when it is
/// slow, wrong or dead, and nothing of it touches the VIP. What is told and when: `notices.t`.
@Tag("containers")
class NotifyTest {
    private static final String TOKEN = "t0p-s3cret";
    private static final String PASSWORD = "a pass:word";

    private static final TestSite SITE = TestSite.forLoad();
    private static final NoticeTaker TAKER =
            NoticeTaker.at(SITE.network(1).toString(), SITE.directory().resolve("taker"));
    private static final MailTaker MAIL = new MailTaker(TAKER.tls());
    @RegisterExtension static final LiveSite LIVE = new LiveSite(asked());

    /// The second one has no CA, so nobody's certificate is good for it.
    private static TestSite asked() {
        String url = "https://" + SITE.network(1) + ":" + TAKER.port();
        SITE.file("ops.token", TOKEN + "\n");
        SITE.file("mail.login", "ops@example.org:" + PASSWORD + "\n");
        SITE.file(
                "told.sh", "#!/bin/sh\n# " + PASSWORD + "\ncat >>/tmp/told\nid -un >>/tmp/told\n");
        SITE.write(
                SITE.text()
                        + """
                        notify:
                          ops: {url: "%1$s/hook", token: ops.token, ca: taker/ca.pem}
                          chat: {url: "%1$s/{token}", form: slack, token: ops.token,
                            ca: taker/ca.pem, about: [vip]}
                          blind: {url: "%1$s/blind", about: [maintenance]}
                          gone: {url: "https://does-not-exist.invalid/", about: [vip]}
                          mail: {url: "smtps://%2$s:%3$s", from: us@example.org,
                            to: [ops@example.org], login: mail.login, ca: taker/ca.pem,
                            about: [vip]}
                          pager: {command: told.sh, about: [vip]}
                        """
                                .formatted(url, SITE.network(1), MAIL.port()));
        return SITE;
    }

    @BeforeEach
    void itTakesNotices() {
        TAKER.be(Manner.TAKES);
        TestSite.await(
                "there is nothing more to tell of before",
                () ->
                        SITE.exec("haproxy-b", "cat", "/run/tandem/notifier.pid").ok()
                                && SITE.exec("haproxy-a", "cat", "/run/tandem/notifier.pid").ok());
        TAKER.forget();
    }

    @AfterAll
    static void itEnds() throws IOException {
        TAKER.close();
        MAIL.close();
    }

    @Test
    void aTestReachesWhoCanBeReachedAndTellsWhyOthersCannot() {
        Output output = SITE.tandem("notify", "--test");

        assertThat(output.exit()).as(output.stdout() + output.stderr()).isEqualTo(1);
        for (String balancer : LiveSite.BALANCERS) {
            assertThat(output.stdout())
                    .containsPattern(balancer + " +ops +told")
                    .containsPattern(balancer + " +chat +told")
                    .containsPattern(balancer + " +mail +told")
                    .containsPattern(balancer + " +pager +told")
                    .containsPattern(balancer + " +blind +SSL [^_]*certificate verify\\s+failed")
                    .containsPattern(balancer + " +gone +.*does-not-exist.invalid");
        }
        assertThat(TAKER.notices())
                .hasSize(4)
                .contains(
                        new Notice(
                                "/" + TOKEN,
                                "",
                                "{\"text\":\"" + SITE.name() + ": This is a test.\"}\n"))
                .anyMatch(one ->
                        one.path().equals("/hook")
                                && one.authorization().equals("Bearer " + TOKEN)
                                && one.body().contains("\"kind\":\"test\""));
    }

    /// Nowhere but in its own file, and there for root alone. So is the program, which may hold
    /// one.
    @Test
    void aSecretStandsNowhereElse() throws Exception {
        for (String file : List.of("ops.token", "mail.token", "pager.command")) {
            String place = SITE.rendered().resolve("tls/balancer/notify." + file).toString();
            assertThat(Shell.answer("stat", "-c", "%a", place)).as(file).isEqualTo("600");
        }
        for (String verb : List.of("plan", "status --json", "notify", "history", "logs")) {
            Output output = SITE.tandem(verb.split(" ", -1));
            assertThat(output.stdout() + output.stderr()).as(verb).doesNotContain(TOKEN, PASSWORD);
        }
        assertThat(Files.readString(SITE.rendered().resolve("haproxy-a/haproxy.cfg")))
                .contains(
                        "# notify ops ", "# notify mail mail smtps://", "# notify pager command - ")
                .doesNotContain(TOKEN, PASSWORD);
        assertThat(SITE.curl("http://" + SITE.network(50) + ":8404/status.json").stdout())
                .contains("\"name\":\"notifier\"")
                .doesNotContain(TOKEN, PASSWORD);
        assertThat(SITE.exec("haproxy-a", "sh", "-c", "cat /proc/[0-9]*/cmdline").stdout())
                .doesNotContain(TOKEN, PASSWORD);
    }

    @Test
    void aServerThatIsDownIsToldOnceThoughTheReceiverAnswersLateAndBadly() {
        TAKER.be(Manner.REFUSES);
        SITE.docker("kill", "web-a");
        TestSite.await("it is tried", () -> TAKER.with("web-a is down in web, web-tls") >= 2);
        TAKER.be(Manner.HANGS);
        long before = TAKER.notices().size();
        TestSite.await("and again", () -> TAKER.notices().size() > before);
        TAKER.be(Manner.TAKES);
        SITE.docker("start", "web-a");
        TestSite.await("its end is told", () -> TAKER.with("web-a is up again, after") == 1);

        List<Notice> all = TAKER.notices();
        assertThat(all.getLast().body())
                .contains("\"is\":\"well\"", "\"kind\":\"servers\"", "\"node\":\"haproxy-a\"");
        assertThat(all).as("by the holder alone").noneMatch(one -> one.body().contains("y-b\""));
        assertThat(TAKER.with("This")).isZero();
        assertThat(SITE.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-a");
    }

    @Test
    void aMoveOfTheVipIsToldInASentence() {
        SITE.signal("STOP", "haproxy-a", "haproxy");
        LIVE.masterIs("haproxy-b");
        TestSite.await("it is told to both", () -> TAKER.with("haproxy-b held the VIP") == 2);
        SITE.signal("CONT", "haproxy-a", "haproxy");
        TestSite.await("and the way back", () -> TAKER.with("took the VIP back from") == 2);

        assertThat(TAKER.notices().stream().map(Notice::body))
                .anySatisfy(body ->
                        assertThat(body)
                                .contains("\"kind\":\"vip\"", "\"node\":\"haproxy-b\"")
                                .containsPattern(
                                        "haproxy-a: HAProxy did not answer at [\\d:.]+ UTC;"
                                                + " haproxy-b held the VIP \\d+ ms later"));
        assertThat(TAKER.with("haproxy-b held the VIP")).as("one to each").isEqualTo(2);
        byMailAndByCommand();
    }

    private static void byMailAndByCommand() {
        TestSite.await("and by mail", () -> !MAIL.with("took the VIP back from").isEmpty());
        assertThat(MAIL.with("haproxy-b held the VIP"))
                .singleElement()
                .asString()
                .contains(
                        "From: us@example.org\nTo: ops@example.org\nSubject: ["
                                + SITE.name()
                                + "] ",
                        "\nby   haproxy-b\n");
        assertThat(MAIL.logins())
                .contains(
                        Base64.getEncoder()
                                .encodeToString(
                                        ("\0ops@example.org\0" + PASSWORD)
                                                .getBytes(StandardCharsets.US_ASCII)));
        assertThat(SITE.exec("haproxy-b", "cat", "/tmp/told").stdout())
                .containsPattern(
                        "\"kind\":\"vip\".*haproxy-b held the VIP \\d+ ms later.*\nnobody\n");
    }

    /// Who forbids it would do so again: it is tried once.
    @Test
    void aReceiverThatForbidsItIsNotAskedAgainAndTheLogSaysSo() {
        TAKER.be(Manner.FORBIDS);
        SITE.docker("kill", "web-b");
        TestSite.await(
                "the log says so",
                () -> SITE.log("haproxy-a").contains("notifier: ops could not be told: web-b is"));
        assertThat(TAKER.with("web-b is down")).isEqualTo(1);
        assertThat(SITE.log("haproxy-a")).contains("it answers 403").doesNotContain(TOKEN);
        TAKER.be(Manner.TAKES);
        SITE.docker("start", "web-b");
        TestSite.await("its end is told", () -> TAKER.with("web-b is up again") == 1);
    }

    @Test
    void anotherTokenIsPutInPlaceWithoutANewContainerAndIsShownFromThenOn() {
        String id = Shell.answer("docker", "inspect", "-f", "{{.Id}}", SITE.container("haproxy-a"));
        SITE.file("ops.token", "an0ther\n");
        Output plan = SITE.tandem("plan");
        assertThat(plan.stdout())
                .contains("notify.ops.token", "the files of notify have changed")
                .doesNotContain("an0ther");
        assertThat(SITE.tandem("apply", "--yes").exit()).isZero();
        SITE.tandem("notify", "--test");
        assertThat(TAKER.notices()).anyMatch(one -> one.authorization().equals("Bearer an0ther"));
        assertThat(Shell.answer("docker", "inspect", "-f", "{{.Id}}", SITE.container("haproxy-a")))
                .isEqualTo(id);
        SITE.file("ops.token", TOKEN + "\n");
        assertThat(SITE.tandem("apply", "--yes").exit()).isZero();
    }
}
