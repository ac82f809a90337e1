package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tandem.change.Changes;
import dev.tandem.change.plan.Plan;
import dev.tandem.change.plan.Step;
import dev.tandem.cli.Console.Style;
import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Site;
import dev.tandem.prepare.SiteDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Answers for programs: which verbs have them, and that docs/reference/json.md shows their fields.
class JsonTest {
    /// The verbs that change a site or write files, and those whose answer is for a shell or man.
    private static final Set<String> CHANGING =
            Set.of(
                    "up",
                    "apply",
                    "drain",
                    "ready",
                    "weight",
                    "maintenance",
                    "machine",
                    "certificate",
                    "switchover",
                    "rollback",
                    "down",
                    "render",
                    "rehearse",
                    "init",
                    "dashboard",
                    "completion",
                    "man",
                    "notify",
                    "candidates");

    private static final String SITE =
            "vip: {address: 192.168.0.150}\nbalancers: {a: , b: }\nservers: {x: , y: }\n";

    private static final Path HOME = Path.of(System.getProperty("tandem.home", "."));

    @TempDir private Path base;

    @Test
    void everyVerbThatReadsHasThem() {
        for (Verb<?> verb : RealVerbs.all(new Captured(Style.LINES).console())) {
            Options options = new Options();
            verb.options(options);
            assertThat(options.declared().stream().anyMatch(one -> one.names().contains("--json")))
                    .as(verb.name())
                    .isNotEqualTo(CHANGING.contains(verb.name()));
        }
    }

    private String answer(ExitCode expected, String text, String line) throws IOException {
        Captured captured = new Captured(Style.LINES);
        Path file = base.resolve("tandem.yaml");
        Files.writeString(file, text);
        String[] words = (line + " --json --file " + file).split(" ");
        assertThat(RealVerbs.cli(captured.console()).run(words)).isEqualTo(expected);
        return captured.out();
    }

    @Test
    void aHistoryIsWhole() throws IOException {
        assertThat(fields(answer(ExitCode.OK, SITE, "history"))).containsExactly("changes");
        new SiteDirectory(base.resolve(".tandem/tandem"))
                .note(
                        "history/7/journal",
                        """
                        change 7 apply backend.check: / -> /health
                        by root on host1, process 4711
                        begun 2026-11-22T17:00:01.250Z
                        done 1
                        ended 2026-11-22T17:00:09.500Z done
                        """);
        String json = answer(ExitCode.OK, SITE, "history");
        assertThat(json)
                .contains("\"change\" : 7", "\"by\" : \"root on host1, process 4711\"")
                .contains("\"begun\" : \"2026-11-22T17:00:01.250Z\"", "\"outcome\" : \"done\"")
                .contains(base + "/.tandem/tandem/history/7/journal");
        assertThat(fields(json)).isEqualTo(documented("history"));
    }

    @Test
    void aFileThatIsWrongIsToldAsItsProblems() throws IOException {
        String json = answer(ExitCode.SITE_FILE, SITE.replace("vip:", "vpi:"), "validate");
        assertThat(json).contains("\"valid\" : false", "\"line\" : 1", "unknown key 'vpi'");
        assertThat(fields(json)).isEqualTo(documented("validate"));
    }

    @Test
    void aFileThatIsRightHasTimes() throws IOException {
        byte[] file = SITE.getBytes(StandardCharsets.UTF_8);
        Reading reading = SiteReader.read("tandem.yaml", file, new FakeSurroundings());
        Site site = ((Reading.Good) reading).site();
        String json = ValidateJson.unjudged("tandem.yaml", site);
        assertThat(json)
                .contains("\"valid\" : true", "\"accepted\" : false", "\"advert\" : \"50ms\"");
        assertThat(fields(json))
                .contains("timing.check_limit", "timing.silent")
                .containsAll(Set.of("file", "valid", "problems", "accepted", "warnings"));
    }

    @Test
    void aCertificateThatNobodyVerifiesIsAWarning() {
        String text = SITE.replace("x: ,", "x: {url: 'https://10.0.0.7', verify: none},");
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        Reading reading = SiteReader.read("tandem.yaml", file, new FakeSurroundings());
        assertThat(ValidateJson.accepted("tandem.yaml", ((Reading.Good) reading).site()))
                .contains("servers.x.verify: none: its certificate is not verified");
    }

    @Test
    void versionAndFaultsAreObjects() throws IOException {
        assertThat(fields(answer(ExitCode.OK, SITE, "version"))).isEqualTo(documented("version"));
        assertThat(fields(answer(ExitCode.OK, SITE, "drill --list")))
                .isEqualTo(documented("drill --list"));
    }

    @Test
    void aPlanNamesEachStep() throws IOException {
        Step step = new Step.Probe("haproxy-b", "it was reloaded");
        String json =
                PlanVerb.json(
                        new Changes.Proposal(
                                new Plan(List.of(step), List.of()), List.of(), Optional.empty()));
        assertThat(fields(json)).isEqualTo(documented("plan"));
    }

    @Test
    void statusAndDoctorAreAsShown() throws IOException {
        Set<String> status = fields(golden("status/healthy.json"));
        status.removeIf(field -> field.contains("haproxy-b"));
        Set<String> shown = documented("status");
        // The example has counts; where nothing is known of them there is null.
        shown.removeIf(field -> field.startsWith("servers.requests.haproxy-a."));
        // And no image was looked at.
        shown.removeIf(field -> field.startsWith("images."));
        assertThat(status).isEqualTo(shown);
        assertThat(fields(golden("doctor/engine-silent.json"))).isEqualTo(documented("doctor"));
    }

    private static String golden(String name) throws IOException {
        return Files.readString(HOME.resolve("src/test/golden").resolve(name));
    }

    @Test
    void aLineOfALogHasANodeAndATime() throws IOException {
        String shown = "shop-haproxy-a  | 2026-11-22T17:00:01.1Z init: a | b is \"up\"";
        LogLine line = LogLine.of("shop", shown).orElseThrow();
        assertThat(line)
                .isEqualTo(
                        new LogLine(
                                "haproxy-a", "2026-11-22T17:00:01.1Z", "init: a | b is \"up\""));
        assertThat(line.json()).doesNotContain("\n");
        assertThat(fields(line.json())).isEqualTo(documented("logs"));
        assertThat(LogLine.of("shop", "shop-web-a | 2026-11-22T17:00:01Z"))
                .contains(new LogLine("web-a", "2026-11-22T17:00:01Z", ""));
        assertThat(LogLine.of("shop", "no such service: x")).isEmpty();
    }

    @Test
    void anImportTellsOfEachLine() throws IOException {
        Path cfg = base.resolve("haproxy.cfg");
        Files.writeString(cfg, "listen a\n  mode http\n  bind :80\n  server b 10.0.0.1:80\n");
        String json = answer(ExitCode.OK, SITE, "import " + cfg);
        assertThat(fields(json)).isEqualTo(documented("import"));
    }

    /// The example below a heading.
    private static Set<String> documented(String verb) throws IOException {
        String page = Files.readString(HOME.resolve("docs/reference/json.md"));
        String section = page.substring(page.indexOf("\n## " + verb + "\n"));
        String example = section.substring(section.indexOf("```json") + "```json".length());
        return fields(example.substring(0, example.indexOf("```")));
    }

    /// All names in it, each with the names above it.
    private static Set<String> fields(String json) throws IOException {
        Set<String> names = new TreeSet<>();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = new JsonFactory().createParser(bytes)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    names.add(
                            Stream.of(
                                            parser.getParsingContext()
                                                    .pathAsPointer()
                                                    .toString()
                                                    .split("/"))
                                    .filter(name -> !name.isEmpty() && !name.matches("\\d+"))
                                    .collect(Collectors.joining(".")));
                }
            }
        }
        return names;
    }
}
