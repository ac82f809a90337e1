package dev.tandem.report;

import dev.tandem.drill.DrillResult;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.judge.Measured;
import dev.tandem.drill.predict.Prediction;
import java.util.stream.Collectors;

/// The result of a drill as one page for a browser: to look at, to send, to print, and to open
/// again years later. So it contains everything and loads nothing: its own policy forbids it to.
///
/// The page is XML as well as HTML, so that a test can tell whether it is complete.
public final class HtmlReport {
    private final DrillResult drill;
    private final PageParts parts = new PageParts();

    private HtmlReport(DrillResult drill) {
        this.drill = drill;
    }

    /// The whole page, with a final line end.
    public static String of(DrillResult drill) {
        return new HtmlReport(drill).text();
    }

    private String text() {
        String title = Xml.escaped("Drill %s of %s".formatted(drill.run(), drill.site()));
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta http-equiv="Content-Security-Policy" content="default-src &apos;none&apos;; \
        style-src &apos;unsafe-inline&apos;; script-src &apos;unsafe-inline&apos;"/>
        <title>%s</title>
        <style>/*<![CDATA[*/
        %s
        /*]]>*/</style>
        </head>
        <body>
        %s%s%s%s%s
        <script>//<![CDATA[
        %s
        %s
        //]]></script>
        </body>
        </html>
        """
                .formatted(
                        title,
                        parts.css(),
                        head(),
                        summary(),
                        circumstances(),
                        sections(),
                        foot(),
                        parts.library(),
                        parts.script());
    }

    private String head() {
        return """
        <header>
        <p class="over">Tandem drill <code>%s</code></p>
        <h1>%s %s</h1>
        <p class="lead">%s. Allowed: %s.%s</p>
        <noscript><p class="note">The charts need JavaScript; all numbers are here without it.\
        </p></noscript>
        </header>
        """
                .formatted(
                        Xml.escaped(drill.run()),
                        Xml.escaped(drill.site()),
                        FaultSection.badge(drill.verdict()),
                        Words.counts(drill),
                        Words.of(drill.budget()),
                        drill.from()
                                .map(from -> " Load from " + Xml.escaped(from) + ".")
                                .orElse(""));
    }

    private String summary() {
        if (drill.results().isEmpty()) {
            return "<section><h2>All faults</h2><p>No fault was injected.</p></section>\n";
        }
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < drill.results().size(); i++) {
            rows.append(row(drill.results().get(i), i + 1));
        }
        return """
        <section>
        <h2>All faults</h2>
        <table class="summary">
        <thead><tr><th scope="col">Fault</th><th scope="col">Sent</th><th scope="col">Answered\
        </th><th scope="col">Lost</th><th scope="col">Longest outage</th>\
        <th scope="col">VIP moved</th><th scope="col">Answered again</th>\
        <th scope="col">Verdict</th></tr></thead>
        <tbody>
        %s</tbody>
        </table>
        <p class="note">VIP moved and answered again count from the moment the fault struck; the \
        longest outage, from the first lost request of one kind to the next answered one of that \
        kind.</p>
        </section>
        """
                .formatted(rows);
    }

    private static String row(FaultResult result, int number) {
        Measured measured = result.judgement().measured();
        Prediction prediction = result.prediction();
        return """
        <tr><th scope="row"><a href="#fault-%d">%s</a></th>\
        %s%s%s%s%s%s\
        <td class="judged" data-name="Verdict">%s%s</td></tr>
        """
                .formatted(
                        number,
                        Xml.escaped(result.title()),
                        cell("Sent", String.valueOf(measured.sent()), ""),
                        cell("Answered", String.valueOf(measured.answered()), ""),
                        lost(measured),
                        cell("Longest outage", measured.outage().map(Words::of).orElse("none"), ""),
                        cell(
                                "VIP moved",
                                Words.vipMoved(result),
                                "predicted " + Words.moved(prediction)),
                        cell(
                                "Answered again",
                                Words.of(measured.recovery()),
                                "predicted " + Words.brief(prediction.answered())),
                        FaultSection.badge(result.judgement().verdict()),
                        FaultSection.reasons(result));
    }

    private static String lost(Measured measured) {
        String kinds =
                measured.lostByKind().entrySet().stream()
                        .map(one -> one.getValue() + " " + Words.of(one.getKey()))
                        .collect(Collectors.joining(", "));
        return cell("Lost", String.valueOf(measured.lost()), kinds);
    }

    private static String cell(String name, String value, String more) {
        String small = more.isEmpty() ? "" : " <small>" + Xml.escaped(more) + "</small>";
        return "<td class=\"%s\" data-name=\"%s\"><span>%s%s</span></td>"
                .formatted(
                        more.startsWith("predicted") ? "brief" : "count",
                        name,
                        Xml.escaped(value),
                        small);
    }

    private String circumstances() {
        if (drill.circumstances().isEmpty()) {
            return "";
        }
        return drill.circumstances().stream()
                .map(one ->
                        "<div><dt>%s</dt><dd>%s</dd></div>\n"
                                .formatted(Xml.escaped(one.name()), Xml.escaped(Words.plain(one))))
                .collect(
                        Collectors.joining(
                                "",
                                "<section>\n<h2>Circumstances</h2>\n<dl class=\"facts\">\n",
                                "</dl>\n</section>\n"));
    }

    private String sections() {
        StringBuilder sections = new StringBuilder();
        for (int i = 0; i < drill.results().size(); i++) {
            sections.append(new FaultSection(drill.results().get(i), i + 1).text());
        }
        return sections.toString();
    }

    private String foot() {
        return """
        <footer>
        <p>Beside this page: <code>report.json</code> and <code>junit.xml</code>, and for each \
        fault a directory with every request and every log, from which <code>tandem report</code> \
        judges again.</p>
        <details><summary>The charts are drawn by uPlot %s, under the MIT licence</summary>
        <pre>%s</pre>
        </details>
        </footer>
        """
                .formatted(Xml.escaped(parts.version()), Xml.escaped(parts.licence().strip()));
    }
}
