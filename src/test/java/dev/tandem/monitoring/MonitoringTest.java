package dev.tandem.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.file.Surroundings;
import dev.tandem.model.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others watch a site with, judged by Prometheus' own program. That a real Prometheus gets
/// these numbers, and tells a failure: `SpeakerTest`.
class MonitoringTest {
    private static final Path HOME = Path.of(System.getProperty("tandem.home", "."));
    private static final Site SITE = site("  health: 8404");

    @TempDir private Path directory;

    /// The site of the shipped file, with these lines in place of that with the health port.
    private static Site site(String health) {
        try {
            String yaml =
                    Files.readString(HOME.resolve("tandem.yaml"))
                            .replaceFirst("(?m)^  health: 8404.*$", health);
            byte[] content = yaml.getBytes(StandardCharsets.UTF_8);
            Reading reading = SiteReader.read("tandem.yaml", content, Surroundings.OF_THE_PAST);
            return ((Reading.Good) reading).site();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void write() throws IOException {
        for (var file : Monitoring.files(SITE).entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
    }

    private static String file(String what) {
        SortedMap<String, String> files = Monitoring.files(SITE);
        return Objects.requireNonNull(files.get("tandem-tandem." + what), what);
    }

    /// What promtool says; it has to say yes.
    private String promtool(String... arguments) throws IOException, InterruptedException {
        Path aside = HOME.toAbsolutePath().resolve("target/test-tools/usr/bin/promtool");
        List<String> argv = new ArrayList<>();
        argv.add(Files.isExecutable(aside) ? aside.toString() : "promtool");
        argv.addAll(List.of(arguments));
        Path said = directory.resolve("said");
        Process process =
                new ProcessBuilder(argv)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        int exit = process.waitFor();
        assertThat(exit).as("%s: %s", argv, Files.readString(said)).isZero();
        return Files.readString(said);
    }

    @Test
    @Tag("slow")
    void promtoolTakesTheConfigurationAndTheRules() throws Exception {
        assertThat(promtool("check", "config", "tandem-tandem.prometheus.yml"))
                .contains("1 rule files found", AlertRules.all().size() + " rules found");
    }

    @Test
    @Tag("slow")
    void aPasswordComesFromAFileThatSomebodyPutsThere() throws Exception {
        Site site =
                site(
                        """
                          health: 8404
                          health_user: prom.1
                          health_password: \\$5\\$xyzsaltxyz\\$DVMkg04vp5nfneKYfvQXMte0a1N4r6vdUaJSyt0sK01
                        """);
        String configuration =
                Objects.requireNonNull(Monitoring.files(site).get("tandem-tandem.prometheus.yml"));
        assertThat(configuration).contains("password_file: tandem-tandem.password");
        assertThat(String.join("", Monitoring.files(site).values())).doesNotContain("$5$");
        Files.writeString(directory.resolve("tandem-tandem.prometheus.yml"), configuration);
        Files.writeString(directory.resolve("tandem-tandem.password"), "x");
        promtool("check", "config", "tandem-tandem.prometheus.yml");
    }

    /// One after the other, each alone: what is told is told by one alert.
    @Test
    @Tag("slow")
    void eachAlertIsToldWhenItIsSoAndNoMoreWhenItIsOver() throws Exception {
        assertThat(AlertCase.all().stream().map(AlertCase::alert))
                .containsExactlyElementsOf(AlertRules.all().stream().map(Alert::name).toList());
        for (boolean slow : List.of(false, true)) {
            List<AlertCase> some =
                    AlertCase.all().stream().filter(one -> one.isSlow() == slow).toList();
            String cases = AlertCase.file("tandem-tandem.alerts.yml", some, AlertRules.all());
            Files.writeString(directory.resolve("cases.yml"), cases);
            assertThat(promtool("test", "rules", "cases.yml")).contains("SUCCESS");
        }
    }

    /// The test of the tests: with another number in a rule, its case fails.
    @Test
    @Tag("slow")
    void aRuleThatAsksForSomethingElseIsFound() throws Exception {
        String wrong = file("alerts.yml").replace("site=\"tandem\"}) > 1", "site=\"tandem\"}) > 2");
        assertThat(wrong).isNotEqualTo(file("alerts.yml"));
        Files.writeString(directory.resolve("tandem-tandem.alerts.yml"), wrong);
        List<AlertCase> one =
                AlertCase.all().stream()
                        .filter(each -> each.alert().equals("TandemSplitBrain"))
                        .toList();
        String cases = AlertCase.file("tandem-tandem.alerts.yml", one, AlertRules.all());
        Files.writeString(directory.resolve("cases.yml"), cases);
        assertThatThrownBy(() -> promtool("test", "rules", "cases.yml"))
                .hasMessageContaining("FAILED");
    }

    @Test
    void everyRunbookIsAPlaceInADocument() throws IOException {
        for (Alert alert : AlertRules.all()) {
            String[] place = alert.runbook().split("#", 2);
            List<String> headings =
                    Files.readAllLines(HOME.resolve(place[0])).stream()
                            .filter(line -> line.startsWith("#"))
                            .map(line ->
                                    line.replaceFirst("#+ ", "")
                                            .toLowerCase(Locale.ROOT)
                                            .replaceAll("[^\\w -]", "")
                                            .replace(' ', '-'))
                            .toList();
            assertThat(headings).as(alert.name()).contains(place[1].replace("-1", ""));
        }
    }

    /// All that Grafana asks for is a question that Prometheus understands.
    @Test
    @Tag("slow")
    void theDashboardAsksWhatPrometheusUnderstands() throws Exception {
        StringBuilder rules = new StringBuilder("groups: [{name: dashboard, rules: [\n");
        List<String> asked = expressions(file("grafana.json"));
        for (int i = 0; i < asked.size(); i++) {
            rules.append("{record: 'question:%d', expr: '%s'},\n".formatted(i, asked.get(i)));
        }
        Files.writeString(directory.resolve("asked.yml"), rules + "]}]\n");
        assertThat(promtool("check", "rules", "asked.yml")).contains(asked.size() + " rules found");
    }

    /// The questions of a dashboard.
    static List<String> expressions(String dashboard) throws IOException {
        List<String> found = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(dashboard)) {
            while (json.nextToken() != null) {
                if ("expr".equals(json.currentName()) && json.currentToken().isScalarValue()) {
                    found.add(json.getText());
                }
            }
        }
        return found;
    }

    /// What Grafana wants of a panel: a number of its own, and a place that nobody else has.
    @Test
    void panelsLieBesideEachOther() {
        String text = file("grafana.json");
        List<String> ids = found(text, "\"id\": (\\d+)");
        assertThat(ids).doesNotHaveDuplicates().hasSize(found(text, "\"gridPos\": (\\{)").size());
        Pattern place =
                Pattern.compile(
                        "\"h\": (\\d+),\\s+\"w\": (\\d+),\\s+\"x\": (\\d+),\\s+\"y\": (\\d+)");
        List<String> taken = new ArrayList<>();
        place.matcher(text).results().forEach(one -> taken.addAll(cells(one)));
        assertThat(taken).doesNotHaveDuplicates().noneMatch(cell -> cell.startsWith("24,"));
        assertThat(taken).hasSizeGreaterThan(24 * 10);
    }

    private static List<String> cells(MatchResult place) {
        int[] of = Stream.of(1, 2, 3, 4).mapToInt(i -> Integer.parseInt(place.group(i))).toArray();
        List<String> cells = new ArrayList<>();
        for (int x = of[2]; x < of[2] + of[1]; x++) {
            for (int y = of[3]; y < of[3] + of[0]; y++) {
                cells.add(x + "," + y);
            }
        }
        return cells;
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map(one -> one.group(1)).toList();
    }

    /// Balancers on the LAN, where what watches the site is; pools by their names.
    @Test
    void theTargetsAreTheBalancersOnTheLan() {
        assertThat(file("targets.json"))
                .contains("\"192.168.0.151:8404\"", "\"192.168.0.152:8404\"")
                .contains("\"node\": \"haproxy-b\"");
        assertThat(file("alerts.yml")).contains("proxy=~\"web|web-tls\"");
    }
}
