package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.report.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What a balancer tells of itself on its health port, and that telling it costs nothing: `speaker`
/// may hang, and nobody but its readers notices. Who may read it: {@link ClientLimitsTest}. What
/// the page makes of it: `StatusPageTest`.
@Tag("containers")
class SpeakerTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite();
    private static final TestSite SITE = LIVE.site();

    private static String base(int balancer) {
        return "http://" + SITE.network(balancer) + ":8404/";
    }

    private static String told(int balancer, String path) {
        Output output = SITE.curl("--fail", base(balancer) + path);
        assertThat(output.ok()).as(path + ": " + output.stderr()).isTrue();
        return output.stdout();
    }

    private static String code(String url) {
        return SITE.curl("-o", "/dev/null", "-w", "%{http_code}", url).stdout().strip();
    }

    private static void speaker(String signal) {
        assertThat(SITE.signal(signal, "haproxy-a", "speaker")).as(signal).isTrue();
    }

    @Test
    void eachBalancerTellsWhatItIsAndWhatItSees() {
        String master = told(50, "status.json");
        String backup = told(60, "status.json");

        assertThat(master)
                .contains("\"version\":1", "\"site\":\"" + SITE.name() + "\"", "\"duty\":\"serve\"")
                .contains(
                        "\"node\":\"haproxy-a\"", "\"container\":\"" + SITE.container("haproxy-a"))
                .contains("\"container_id\":\"" + id("haproxy-a"))
                .contains("\"state\":\"MASTER\"", "\"here\":true", "\"handover\":\"on\"")
                .contains("\"file\":\"site.pem\"")
                .containsPattern("\"until\":\"20\\d\\d-\\d\\d-\\d\\dT")
                .contains(
                        "\"name\":\"http:80\"", "\"events_kept\":true", "\"text\":\"VRRP MASTER\"");
        assertThat(backup)
                .contains("\"node\":\"haproxy-b\"", "\"state\":\"BACKUP\"", "\"here\":false")
                .contains("\"container_id\":\"" + id("haproxy-b"));
        assertThat(List.of(master, backup))
                .allSatisfy(text ->
                        assertThat(text)
                                .containsPattern("\"name\":\"web-a\"[^}]*\"status\":\"UP\"")
                                .contains("\"name\":\"web\"", "\"name\":\"web-tls\"")
                                .as("no address of a web server, no version")
                                .doesNotContain(SITE.network(2) + ":", "3.0.", "last-resort"));
        assertThat(told(50, "tandem/metrics"))
                .contains("\ntandem_vip_held 1\n", "\ntandem_vrrp_state{state=\"MASTER\"} 1\n");
        assertThat(told(60, "tandem/metrics")).contains("\ntandem_vip_held 0\n");
        assertThat(told(60, "site.json"))
                .startsWith("{\"version\":1,\"node\":\"haproxy-b\"")
                .containsPattern("\"node\":\"haproxy-a\",\"address\":\"[\\d.]+\",\"told\":\\{");
    }

    private static String id(String node) {
        return Shell.answer("docker", "inspect", "-f", "{{.Id}}", SITE.container(node));
    }

    @Test
    void aSpeakerThatHangsIsSilentAndNothingElseChanges() {
        List<String> moves = moves();
        speaker("STOP");
        try {
            assertThat(code(base(50) + "status.json")).isEqualTo("504");
            assertThat(code(base(50) + "haproxy")).isEqualTo("200");
            assertThat(code(base(50) + "ready")).isEqualTo("200");
            assertThat(code("http://" + SITE.lan(150) + "/")).isEqualTo("200");
            assertThat(SITE.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-a");
            assertThat(told(60, "site.json"))
                    .contains("\"told\":null", "\"why\":\"no answer within 0.7 s\"")
                    .as("what it told before is not lost")
                    .containsPattern("\"before\":\\{");
        } finally {
            speaker("CONT");
        }
        assertThat(moves()).as("the VIP did not move").isEqualTo(moves);

        speaker("KILL");
        TestSite.await(
                "the init has started another one",
                () -> code(base(50) + "status.json").equals("200"));
    }

    /// What a status says, and the commands that it had run in containers.
    private record Asked(Output status, List<String> commands) {
        /// @param bin has a `docker` that writes down what it is asked for
        static Asked now(Path bin) throws IOException {
            Path calls = bin.resolve("calls");
            Files.writeString(calls, "");
            String path = "PATH=" + bin + ":" + System.getenv("PATH");
            Output status =
                    Shell.run(
                            SITE.directory(),
                            "env",
                            path,
                            Shell.HOME.resolve("tandem").toString(),
                            "status",
                            "--json");
            List<String> all = Files.readAllLines(calls);
            return new Asked(
                    status, all.stream().filter(line -> line.startsWith("exec ")).toList());
        }
    }

    @Test
    void aStatusHasNoCommandRunButInABalancerThatIsSilent(@TempDir Path bin) throws IOException {
        Path docker = bin.resolve("docker");
        Files.writeString(
                docker,
                """
                #!/bin/sh
                echo "$*" >>%s/calls
                exec %s "$@"
                """
                        .formatted(bin, Shell.answer("sh", "-c", "command -v docker")));
        assertThat(docker.toFile().setExecutable(true)).isTrue();

        // After a build the first call rehearses, which asks for a site of its own.
        Shell.run(SITE.directory(), Shell.HOME.resolve("tandem").toString(), "version");
        Asked well = Asked.now(bin);
        assertThat(well.status().exit()).as(well.status().stderr()).isZero();
        assertThat(well.commands()).isEmpty();

        speaker("STOP");
        try {
            Asked silent = Asked.now(bin);
            assertThat(silent.commands())
                    .hasSize(1)
                    .allMatch(one ->
                            one.startsWith(
                                    "exec " + SITE.container("haproxy-a") + " node-state web-a="));
            assertThat(silent.status().exit()).as("a part of it is stopped").isEqualTo(1);
            assertThat(silent.status().stdout())
                    .contains("speaker", "\"MASTER\"", "\"BACKUP\"")
                    .doesNotContain("\"UNKNOWN\"");
        } finally {
            speaker("CONT");
        }
        speaker("KILL");
        assertThat(Asked.now(bin).status().stdout())
                .contains("\"MASTER\"", "\"BACKUP\"")
                .doesNotContain("\"UNKNOWN\"");
        TestSite.await("it is back", () -> SITE.tandem("status").ok());
    }

    private static List<String> moves() {
        return Pattern.compile("\"kind\":\"vrrp\"[^}]*")
                .matcher(told(50, "status.json?events=500"))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void whyTheVipMovedIsRememberedOverARestartOfTheContainer() {
        SITE.signal("KILL", "haproxy-a", "haproxy");
        TestSite.await(
                "haproxy-b has noted that it took the VIP",
                () -> told(60, "status.json").contains("\"text\":\"VRRP MASTER\""));
        LIVE.masterIs("haproxy-a");
        String before = boot();

        Shell.answer("docker", "restart", SITE.container("haproxy-a"));
        LIVE.masterIs("haproxy-a");
        TestSite.await(
                "it speaks, too: it is started after HAProxy",
                () -> SITE.curl("--fail", base(50) + "status.json?events=0").ok());

        assertThat(boot()).isNotEqualTo(before);
        assertThat(told(50, "status.json?events=500"))
                .containsPattern("\"boot\":\"" + before + "\",\"kind\":\"end\"[^}]*: signal 9\"")
                .contains("\"boot\":\"" + before + "\",\"kind\":\"phase\"");
    }

    private static String boot() {
        String told = told(50, "status.json?events=0");
        return told.replaceFirst("(?s).*?\"boot\":\"(\\w+)\".*", "$1");
    }

    /// Nobody can ask a balancer whose HAProxy hangs: it has told its peer in time.
    @Test
    void whileItsHaproxyHangsThePeerKnowsWhy(@TempDir Path directory) throws Exception {
        assertThat(SITE.signal("STOP", "haproxy-a", "haproxy")).isTrue();
        try {
            TestSite.await(
                    "haproxy-b knows why",
                    () -> told(60, "site.json").contains("\"text\":\"haproxy_down=1\""));
            Optional<Browser> browser = Browser.here();
            if (browser.isPresent()) {
                Browser.Seen page = browser.get().look(base(60), directory);
                assertThat(page.complaints()).isEmpty();
                assertThat(page.text())
                        .contains("haproxy-a: its HAProxy does not answer", "held by haproxy-b")
                        .containsPattern(
                                "haproxy-a: HAProxy did not answer at [\\d:.]+; haproxy-b"
                                        + " held the VIP \\d+ m?s later");
            }
        } finally {
            SITE.signal("CONT", "haproxy-a", "haproxy");
        }
    }

    /// The same page as an operator opens it, with what a balancer's own page may not do.
    @Test
    void theDashboardGivesOrdersAsTheCommandLineDoes(@TempDir Path directory) throws Exception {
        try (StartedTandem dashboard = StartedTandem.with(SITE, "dashboard", "--port", "0")) {
            TestSite.await("it listens", () -> dashboard.said().contains("?token="));
            String address = dashboard.said().lines().findFirst().orElseThrow();
            String base = address.replaceFirst("\\?.*", "");
            String jar = directory.resolve("cookies").toString();
            SITE.curl("--cookie-jar", jar, address);
            String origin = "Origin: " + base.replaceFirst("/$", "");
            for (String order : List.of("drain web-b", "ready web-b")) {
                SITE.curl("--fail", "-b", jar, "-H", origin, "-d", order, base + "run");
                String done = "\"typed\":\"tandem " + order + "\",\"runs\":false";
                TestSite.await(
                        order,
                        () -> SITE.curl("-b", jar, base + "session.json").stdout().contains(done));
                assertThat(SITE.curl("-b", jar, base + "session.json").stdout())
                        .contains("\"exit\":0");
                String state = order.startsWith("drain") ? "DRAIN" : "UP";
                assertThat(SITE.tandem("status").stdout()).containsPattern("web-b +" + state);
            }
            Optional<Browser> browser = Browser.here();
            if (browser.isPresent()) {
                Browser.Seen page = browser.get().look(address, directory);
                assertThat(page.complaints()).isEmpty();
                assertThat(page.text())
                        .contains("All is well: haproxy-a holds the VIP", "Operate")
                        .contains("$ tandem ready web-b", "exit 0", "web-b is back");
            }
            assertThat(dashboard.end()).as("Ctrl-C").isEqualTo(143);
        }
    }

    /// What `MonitoringTest` has of written numbers, with those of balancers: each question of the
    /// dashboard has an answer, and a drill is told by one alert, which Alertmanager takes back.
    @Test
    void aRealAlertmanagerTellsADrillByOneAlertAndTakesItBack(@TempDir Path directory)
            throws Exception {
        try (Alertmanager alertmanager = Alertmanager.in(directory);
                PrometheusServer prometheus = PrometheusServer.of(SITE, directory, alertmanager)) {
            for (String question : prometheus.questions()) {
                TestSite.await(question, () -> prometheus.knows(question));
            }
            assertThat(prometheus.told()).allMatch(SpeakerTest::isOfABusyMachine);
            ShortDrills.of(SITE).drill("web-kill", Duration.ofSeconds(6));
            TestSite.await(
                    "it is over", () -> alertmanager.told().contains("resolved TandemServerDown"));
            assertThat(alertmanager.told())
                    .filteredOn(one -> !isOfABusyMachine(one))
                    .containsExactly("firing TandemServerDown", "resolved TandemServerDown");
        }
    }

    /// Beside other tests a balancer may stand still, and then the VIP does move, which is told.
    private static boolean isOfABusyMachine(String told) {
        return Set.of("TandemStandsStill", "TandemVipMoved", "TandemVipFlaps")
                .contains(told.replaceFirst(".* ", ""));
    }

    @Test
    void itIsNobodyAndMayChangeNothing() {
        String pid = SITE.exec("haproxy-a", "cat", "/run/tandem/speaker.pid").stdout().strip();
        assertThat(SITE.exec("haproxy-a", "cat", "/proc/" + pid + "/status").stdout())
                .contains("Uid:\t65534\t65534\t65534\t65534", "Gid:\t65534\t65534\t65534\t65534")
                .contains("Groups:\t65534 \n", "CapEff:\t0000000000000000", "NoNewPrivs:\t1");
        assertThat(halves(pid)).as("its other half, whom it alone may ask").hasSize(1);
        String asks =
                "use lib '/usr/local/lib/tandem'; use Halves; use POSIX; POSIX::setuid(shift);"
                        + " my $it = Halves::answer(Halves::ask()); print $it ? 'told' : 'not';";
        assertThat(SITE.exec("haproxy-a", "perl", "-e", asks, "65534").lines())
                .containsExactly("told");
        assertThat(SITE.exec("haproxy-a", "perl", "-e", asks, "1").lines()).containsExactly("not");
        for (String command : List.of("disable server web/web-a", "show ssl cert *x")) {
            String ask =
                    "use lib '/usr/local/lib/tandem'; use Haproxy;"
                            + " print Haproxy::ask_socket('speaker', shift, 1)";
            assertThat(SITE.exec("haproxy-a", "perl", "-e", ask, command).stdout())
                    .as(command)
                    .doesNotContain("Success");
        }
        assertThat(told(50, "status.json"))
                .containsPattern("\"name\":\"web-a\"[^}]*\"status\":\"UP\"");
        assertThat(SITE.exec("haproxy-a", "sh", "-c", "ls -A /var/lib/tandem").lines())
                .containsExactly("events");
    }

    /// Its children that stay.
    private static List<String> halves(String pid) {
        String script =
                "for p in /proc/[0-9]*; do [ \"$(cut -d' ' -f4 $p/stat)\" = "
                        + pid
                        + " ] && echo $p; done; true";
        return SITE.exec("haproxy-a", "sh", "-c", script).lines();
    }
}
