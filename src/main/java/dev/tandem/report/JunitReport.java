package dev.tandem.report;

import dev.tandem.drill.DrillResult;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.judge.Judgement;
import dev.tandem.drill.judge.Verdict;

/// The result of a drill as JUnit XML, which every CI system shows: a fault is a test case, a
/// failed one a failure, an inconclusive one an error. So nothing inconclusive looks passed.
///
/// A drill without any fault has one test case that is an error.
public final class JunitReport {
    private final StringBuilder xml = new StringBuilder();
    private final DrillResult drill;

    private JunitReport(DrillResult drill) {
        this.drill = drill;
    }

    /// The whole document, with a final line end.
    public static String of(DrillResult drill) {
        JunitReport report = new JunitReport(drill);
        report.write();
        return report.xml.toString();
    }

    private void write() {
        boolean isEmpty = drill.results().isEmpty();
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append(
                "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n"
                        .formatted(
                                Xml.escaped("drill " + drill.site() + " " + drill.run()),
                                isEmpty ? 1 : drill.results().size(),
                                count(Verdict.FAILED),
                                isEmpty ? 1 : count(Verdict.INCONCLUSIVE)));
        drill.results().forEach(this::testCase);
        if (isEmpty) {
            open("no fault");
            problem("error", "INCONCLUSIVE", "no fault was injected");
            xml.append("  </testcase>\n");
        }
        xml.append("</testsuite>\n");
    }

    private long count(Verdict verdict) {
        return drill.results().stream()
                .filter(result -> result.judgement().verdict() == verdict)
                .count();
    }

    private void testCase(FaultResult result) {
        Judgement judgement = result.judgement();
        String reasons = String.join("\n", judgement.reasons());
        open(result.title());
        switch (judgement.verdict()) {
            case PASSED -> {}
            case FAILED -> problem("failure", "FAILED", reasons);
            case INCONCLUSIVE -> problem("error", "INCONCLUSIVE", reasons);
        }
        xml.append(Commands.systemOut(result));
        xml.append("  </testcase>\n");
    }

    private void open(String name) {
        xml.append(
                "  <testcase classname=\"%s\" name=\"%s\">\n"
                        .formatted(Xml.escaped("drill." + drill.site()), Xml.escaped(name)));
    }

    private void problem(String element, String type, String reasons) {
        String first = reasons.lines().findFirst().orElse("");
        xml.append(
                "    <%s type=\"%s\" message=\"%s\">%s</%s>\n"
                        .formatted(
                                element, type, Xml.escaped(first), Xml.escaped(reasons), element));
    }
}
