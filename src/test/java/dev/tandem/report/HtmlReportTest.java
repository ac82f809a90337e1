package dev.tandem.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tandem.drill.DrillResult;
import dev.tandem.drill.DrillResult.Circumstance;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.ReportSample;
import dev.tandem.evidence.Event;
import dev.tandem.evidence.Evidence;
import dev.tandem.evidence.Ledger;
import dev.tandem.evidence.Owners;
import dev.tandem.evidence.Place;
import dev.tandem.evidence.Timeline;
import dev.tandem.load.RequestRecord;
import dev.tandem.model.Budget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// The page of a drill: well-formed, complete, self-contained, and safe from the text it shows.
class HtmlReportTest {
    private static final DrillResult DRILL = ReportSample.drill();
    private static final String HOSTILE = "</script><b>&amp;\u2028\u0000\"'";
    private static final String SHOWN = HOSTILE.replace('\u0000', '\ufffd');

    @TempDir Path directory;

    @Test
    void it_is_whole() throws Exception {
        Document page = parsed(HtmlReport.of(DRILL));

        assertThat(page.getDocumentElement().getTagName()).isEqualTo("html");
        assertThat(elements(page, "title"))
                .extracting(Element::getTextContent)
                .containsExactly("Drill 2026-11-22T12-00-00Z of tandem");
    }

    @Test
    void it_has_each_fault_with_its_chart_and_its_data() throws Exception {
        Document page = parsed(HtmlReport.of(DRILL));

        assertThat(elements(page, "section"))
                .filteredOn(section -> section.getAttribute("class").equals("fault"))
                .extracting(section -> section.getElementsByTagName("h2").item(0).getTextContent())
                .containsExactly(
                        "web-kill ✓ PASSED",
                        "web-kill (2) ✓ PASSED",
                        "balancer-kill ✗ FAILED",
                        "switchover ? INCONCLUSIVE");
        assertThat(elements(page, "div"))
                .filteredOn(div -> div.getAttribute("class").equals("chart"))
                .extracting(div -> div.getAttribute("data-chart"))
                .containsExactly("1", "2", "3", "4");
        assertThat(elements(page, "script"))
                .extracting(script -> script.getAttribute("id"))
                .contains("data-1", "data-2", "data-3", "data-4");
    }

    @Test
    void circumstances_are_told_as_people_say_them() {
        List<Circumstance> said =
                List.of(
                        new Circumstance("begun", "2026-11-29T02:00:42.945238363Z"),
                        new Circumstance("Docker", "20.10.24+dfsg1"),
                        new Circumstance("Java", "25.0.3+9-LTS"),
                        new Circumstance(
                                "HAProxy", "HAProxy version 3.0.11-1+deb13u4 2026/10/15 - https"),
                        new Circumstance("Keepalived", "Keepalived v2.3.3 (03/30,2025)"),
                        new Circumstance("Nginx", "nginx version: nginx/1.26.3"),
                        new Circumstance("kernel", "Linux 6.18.44-fc-v657"));

        assertThat(said)
                .extracting(Words::plain)
                .containsExactly(
                        "2026-11-29T02:00:42Z",
                        "20.10.24",
                        "25.0.3",
                        "3.0.11",
                        "2.3.3",
                        "1.26.3",
                        "Linux 6.18.44-fc-v657");
    }

    @Test
    void the_chart_counts_from_the_moment_the_fault_struck_to_the_microsecond() throws Exception {
        long injecting = DRILL.results().getFirst().evidence().scene().begun().orElseThrow();
        Event trace =
                new Event(injecting + 2_000_000, Event.Kind.ENGINE, "haproxy-a", "docker: kill");
        Event later = new Event(injecting + 3_234_567, Event.Kind.VRRP, "haproxy-b", "BACKUP");
        Timeline timeline = new Timeline(List.of(trace, later));

        String data =
                data(parsed(HtmlReport.of(drill(named("x", timeline, owners(), List.of())))), 1);

        assertThat(data).contains("\"struck\":0,", "\"at\":0,", "\"at\":0.001235,");
        assertThat(data).doesNotContainPattern("\\d\\.\\d{7}");
    }

    @Test
    void it_loads_nothing() throws Exception {
        String text = HtmlReport.of(DRILL);
        Document page = parsed(text);

        assertThat(text).contains("default-src &apos;none&apos;").doesNotContain("@import");
        assertThat(elements(page, "style")).noneMatch(one -> one.getTextContent().contains("url("));
        assertThat(elements(page, "link")).isEmpty();
        assertThat(elements(page, "*"))
                .allSatisfy(one -> {
                    assertThat(one.hasAttribute("src")).isFalse();
                    assertThat(one.getAttribute("href")).matches("(#fault-\\d+)?");
                });
    }

    @Test
    void the_chart_library_is_credited_with_its_licence() throws Exception {
        String foot = elements(parsed(HtmlReport.of(DRILL)), "footer").getFirst().getTextContent();

        assertThat(foot).containsPattern("uPlot \\d+\\.\\d+\\.\\d+").contains("The MIT License");
    }

    @Test
    void the_same_result_gives_the_same_bytes() {
        assertThat(HtmlReport.of(ReportSample.drill())).isEqualTo(HtmlReport.of(DRILL));
    }

    @Test
    void any_name_stays_text() throws Exception {
        Event event = new Event(0, Event.Kind.VRRP, HOSTILE, HOSTILE);
        Owners owners = new Owners(List.of(new Owners.Span(0, List.of(HOSTILE))));
        FaultResult hostile =
                named(HOSTILE, new Timeline(List.of(event)), owners, losses(1, HOSTILE));

        String text =
                HtmlReport.of(
                        new DrillResult(
                                HOSTILE,
                                HOSTILE,
                                Budget.NONE,
                                List.of(new Circumstance(HOSTILE, HOSTILE)),
                                List.of(hostile)));

        Document page = parsed(text);
        assertThat(elements(page, "b")).noneMatch(one -> one.getTextContent().contains("&amp;"));
        assertThat(elements(page, "h1").getFirst().getTextContent()).startsWith(SHOWN);
        assertThat(elements(page, "h2"))
                .anyMatch(one -> one.getTextContent().startsWith(SHOWN + " "));
        assertThat(elements(page, "code")).anyMatch(one -> one.getTextContent().equals(SHOWN));
        assertThat(data(page, 1))
                .contains("\\u003c/script\\u003e\\u003cb\\u003e\\u0026amp;\\u2028\\u0000\\\"'")
                .doesNotContain("<", ">", "&", "\u2028");
    }

    @Test
    void of_many_lost_requests_it_lists_some_and_says_where_to_find_all() throws Exception {
        FaultResult much = named("web-kill", new Timeline(List.of()), owners(), losses(700, "x"));
        Document page = parsed(HtmlReport.of(drill(much)));

        Element all = elements(page, "details").getFirst();
        assertThat(all.getTextContent())
                .contains("Every lost request (700)")
                .contains("200 more are left out here; all are in web-kill-1/requests.history.");
        assertThat(all.getElementsByTagName("tr").getLength()).isEqualTo(501);
    }

    @Test
    void a_drill_without_a_fault_makes_a_page_too() throws Exception {
        Document page =
                parsed(HtmlReport.of(new DrillResult("r", "s", Budget.NONE, List.of(), List.of())));

        assertThat(elements(page, "h1").getFirst().getTextContent()).isEqualTo("s ? INCONCLUSIVE");
        assertThat(elements(page, "section").getFirst().getTextContent())
                .contains("No fault was injected.");
    }

    /// Without a browser, this at least shows that both sides use the same names.
    @Test
    void the_data_of_each_chart_has_everything_the_script_reads() throws Exception {
        Set<String> made = Set.of("length", "answered", "lost", "to", "time");
        Set<String> asked = new TreeSet<>();
        Matcher names = Pattern.compile("\\bdata\\.(\\w+)").matcher(new PageParts().script());
        while (names.find()) {
            asked.add(names.group(1));
        }
        assertThat(asked).as("what its function `read` makes of them").containsAll(made);
        asked.removeAll(made);

        Document page = parsed(HtmlReport.of(DRILL));

        for (int number = 1; number <= DRILL.results().size(); number++) {
            assertThat(keys(data(page, number))).as("chart " + number).containsAll(asked);
        }
    }

    private static Set<String> keys(String object) throws IOException {
        Set<String> keys = new TreeSet<>();
        try (JsonParser json = new JsonFactory().createParser(object)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                keys.add(json.currentName());
                json.nextToken();
                json.skipChildren();
            }
        }
        return keys;
    }

    @Test
    @Tag("slow")
    void a_browser_draws_every_chart_without_an_error() throws Exception {
        Optional<Path> browser = browser();
        assumeThat(browser).as("a browser to look with").isPresent();
        Path page = Files.writeString(directory.resolve("report.html"), HtmlReport.of(DRILL));
        Path dom = directory.resolve("dom");
        Path log = directory.resolve("log");

        Process process =
                new ProcessBuilder(
                                browser.orElseThrow().toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--user-data-dir=" + directory.resolve("profile"),
                                "--window-size=1280,20000",
                                "--enable-logging=stderr",
                                "--dump-dom",
                                page.toUri().toString())
                        .redirectOutput(dom.toFile())
                        .redirectError(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it is done").isTrue();
        } finally {
            process.destroyForcibly();
        }

        String complaints = Files.readString(log);
        assertThat(Files.readString(dom).split("<canvas", -1).length - 1)
                .as(complaints)
                .isGreaterThanOrEqualTo(DRILL.results().size());
        assertThat(complaints).doesNotContain("CONSOLE");
    }

    private static Optional<Path> browser() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin").resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static DrillResult drill(FaultResult... results) {
        return new DrillResult("run", "site", Budget.NONE, List.of(), List.of(results));
    }

    private static Owners owners() {
        return new Owners(List.of());
    }

    private static FaultResult named(
            String fault, Timeline timeline, Owners owners, List<Ledger.Loss> losses) {
        FaultResult sample = DRILL.results().getFirst();
        return new FaultResult(
                fault,
                1,
                sample.prediction(),
                sample.judgement(),
                new Evidence(
                        sample.evidence().scene(), timeline, owners, new Ledger(losses, Map.of())));
    }

    private static List<Ledger.Loss> losses(int count, String name) {
        FaultResult failed = DRILL.results().get(2);
        RequestRecord r = failed.evidence().ledger().losses().getFirst().request();
        List<Ledger.Loss> losses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RequestRecord request =
                    new RequestRecord(
                            r.kind(),
                            name,
                            r.planned(),
                            r.sent(),
                            r.connected(),
                            r.firstByte(),
                            r.done(),
                            r.outcome(),
                            r.status(),
                            r.bytes(),
                            r.server(),
                            r.balancer());
            losses.add(new Ledger.Loss(request, new Place.InServer(name)));
        }
        return losses;
    }

    private static String data(Document page, int number) {
        return elements(page, "script").stream()
                .filter(one -> one.getAttribute("id").equals("data-" + number))
                .findFirst()
                .orElseThrow()
                .getTextContent();
    }

    private static List<Element> elements(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static Document parsed(String html) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }
}
