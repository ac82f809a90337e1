package dev.tandem.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.drill.DrillResult;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.ReportSample;
import dev.tandem.drill.judge.Verdict;
import dev.tandem.drill.predict.Estimate;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.evidence.Evidence;
import dev.tandem.evidence.Owners;
import dev.tandem.golden.Golden;
import dev.tandem.model.Budget;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Each form of a report, compared with a file below `src/test/golden/judge`.
@Tag("golden")
class ReportTest {
    private static final DrillResult DRILL = ReportSample.drill();

    @Test
    void the_text_report_is_a_table() {
        Golden.same("judge/report.txt", TextReport.of(DRILL));
    }

    /// Only where there are any: the golden files have none.
    @Test
    void what_stayed_open_for_seconds_is_counted() {
        String words = "3 event streams, none lost; 2 WebSockets, of which lost: 1 cut short";
        assertThat(TextReport.of(ReportSample.withStreams()))
                .contains("\n\nweb-kill, open for seconds: " + words + "\n\n");
        assertThat(HtmlReport.of(ReportSample.withStreams()))
                .contains("<dt>open for seconds</dt>")
                .contains(words);
        assertThat(HtmlReport.of(DRILL)).doesNotContain("open for seconds");
    }

    @Test
    void the_json_report_is_the_golden_one() {
        Golden.same("judge/report.json", JsonReport.of(DRILL));
    }

    @Test
    void the_junit_xml_report_is_the_golden_one() {
        Golden.sameFile("src/test/golden/judge/junit.xml", JunitReport.of(DRILL));
    }

    @Test
    void the_same_result_gives_the_same_bytes() {
        DrillResult again = ReportSample.drill();

        assertThat(TextReport.of(again)).isEqualTo(TextReport.of(DRILL));
        assertThat(JsonReport.of(again)).isEqualTo(JsonReport.of(DRILL));
        assertThat(JunitReport.of(again)).isEqualTo(JunitReport.of(DRILL));
    }

    @Test
    void in_junit_xml_failed_is_a_failure_and_inconclusive_is_an_error() throws Exception {
        Element suite = parsed(JunitReport.of(DRILL)).getDocumentElement();

        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(suite.getElementsByTagName("error").getLength()).isEqualTo(1);
    }

    @Test
    void a_vip_seen_to_stay_differs_from_one_that_was_not_watched() {
        assertThat(moved(new Owners.Span(0, List.of("haproxy-a")))).isEqualTo("no");
        assertThat(moved()).isEqualTo("unknown");
        assertThat(
                        moved(
                                new Owners.Span(0, List.of("haproxy-a")),
                                new Owners.Span(1, List.of()),
                                new Owners.Span(2, List.of("haproxy-a"))))
                .isEqualTo("unknown");
    }

    /// What is said of a fault if it is not known whether it moves the VIP.
    private static String moved(Owners.Span... spans) {
        Estimate unknown = new Estimate.Unknown("chance");
        FaultResult still =
                DRILL.results().stream()
                        .filter(one -> one.judgement().measured().takeover().isEmpty())
                        .findFirst()
                        .orElseThrow();
        Evidence seen = still.evidence();
        return Words.vipMoved(
                new FaultResult(
                        still.fault(),
                        1,
                        new Prediction(still.fault(), unknown, Optional.of(unknown)),
                        still.judgement(),
                        new Evidence(
                                seen.scene(),
                                seen.timeline(),
                                new Owners(List.of(spans)),
                                seen.ledger())));
    }

    @Test
    void any_name_gives_well_formed_xml_and_json() throws Exception {
        DrillResult strange =
                new DrillResult(
                        "<\"&'\u0000\u001b]]>\ufffe", "s", Budget.NONE, List.of(), DRILL.results());

        Element suite = parsed(JunitReport.of(strange)).getDocumentElement();
        assertThat(suite.getAttribute("name")).isEqualTo("drill s <\"&'\ufffd\ufffd]]>\ufffd");
        assertThat(JsonReport.of(strange)).contains("<\\\"&'\\u0000\\u001B]]>");
    }

    @Test
    void a_drill_without_a_fault_is_inconclusive_in_every_form() throws Exception {
        DrillResult empty = new DrillResult("run", "site", Budget.NONE, List.of(), List.of());
        Element suite = parsed(JunitReport.of(empty)).getDocumentElement();

        assertThat(empty.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(TextReport.of(empty))
                .endsWith("INCONCLUSIVE: 0 passed, 0 failed, 0 inconclusive");
        assertThat(JsonReport.of(empty)).contains("\"verdict\" : \"INCONCLUSIVE\"");
        assertThat(suite.getElementsByTagName("error").getLength()).isEqualTo(1);
    }

    @Test
    void where_the_load_came_from_is_said_first() {
        String from = "m3 (bob@192.168.0.13), Java 25, 2 processors, its <clock> known";
        DrillResult there =
                new DrillResult(
                        "run",
                        "site",
                        Budget.NONE,
                        List.of(new DrillResult.Circumstance(DrillResult.FROM, from)),
                        List.of());

        assertThat(TextReport.of(there).lines().toList().get(1)).isEqualTo("load from " + from);
        assertThat(HtmlReport.of(there))
                .contains(" Load from " + from.replace("<", "&lt;").replace(">", "&gt;") + ".</p>");
        assertThat(JsonReport.of(there)).contains("\"load from\" : \"" + from);
        assertThat(TextReport.of(DRILL)).doesNotContain("load from");
        assertThat(HtmlReport.of(DRILL)).doesNotContain("Load from");
    }

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
