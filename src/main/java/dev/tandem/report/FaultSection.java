package dev.tandem.report;

import dev.tandem.drill.FaultResult;
import dev.tandem.drill.Recording;
import dev.tandem.drill.judge.Measured;
import dev.tandem.drill.judge.Phase;
import dev.tandem.drill.judge.Verdict;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.evidence.Event;
import dev.tandem.text.Seconds;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// One fault on the page: what it cost in a few numbers, the chart, what happened when, how long
/// answers took, and where each lost request was lost.
final class FaultSection {
    private final FaultResult result;
    private final int number;

    FaultSection(FaultResult result, int number) {
        this.result = result;
        this.number = number;
    }

    String text() {
        return """
        <section class="fault" id="fault-%d">
        <h2>%s %s</h2>
        %s%s%s%s<h3>What happened when</h3>
        %s<h3>How long answers took</h3>
        %s<h3>Where requests were lost</h3>
        %s<h3>What was predicted, and why</h3>
        <ul>
        %s</ul>
        </section>
        """
                .formatted(
                        number,
                        Xml.escaped(result.title()),
                        badge(result.judgement().verdict()),
                        reasons(result),
                        figures(),
                        Commands.section(result),
                        figure(),
                        events(),
                        LatencyTable.of(result.judgement().measured()),
                        ledger(),
                        formulas());
    }

    /// The verdict, as a sign and a word.
    static String badge(Verdict verdict) {
        String sign =
                switch (verdict) {
                    case PASSED -> "✓";
                    case FAILED -> "✗";
                    case INCONCLUSIVE -> "?";
                };
        return "<span class=\"verdict %s\"><span aria-hidden=\"true\">%s</span> %s</span>"
                .formatted(verdict.name().toLowerCase(Locale.ROOT), sign, verdict);
    }

    /// Why it did not pass; nothing if it did.
    static String reasons(FaultResult result) {
        List<String> reasons = result.judgement().reasons();
        return reasons.isEmpty()
                ? ""
                : reasons.stream()
                        .map(reason -> "<li>" + Xml.escaped(reason) + "</li>")
                        .collect(Collectors.joining("", "<ul class=\"reasons\">", "</ul>\n"));
    }

    private String figures() {
        Measured measured = result.judgement().measured();
        Prediction prediction = result.prediction();
        String worst =
                Optional.ofNullable(measured.latencies().get(Phase.DURING))
                        .map(found -> Seconds.text(found.p99()))
                        .orElse("-");
        return "<dl class=\"figures\">\n"
                + figure("sent", String.valueOf(measured.sent()), measured.answered() + " answered")
                + figure("lost", String.valueOf(measured.lost()), kinds(measured))
                + figure(
                        "longest outage",
                        measured.outage().map(one -> Seconds.text(one.length())).orElse("none"),
                        measured.outage().map(one -> Words.of(one.kind())).orElse(""))
                + figure(
                        "VIP moved after",
                        Words.vipMoved(result),
                        "predicted: " + Words.moved(prediction))
                + figure(
                        "answered again after",
                        Words.of(measured.recovery()),
                        "predicted: " + Words.brief(prediction.answered()))
                + figure("p99 during", worst, "of the requests that were answered")
                + streams(measured)
                + sessions(measured)
                + "</dl>\n";
    }

    /// Only where some were opened.
    private static String streams(Measured measured) {
        String words = Words.streams(measured);
        long all =
                measured.counts().entrySet().stream()
                        .filter(one -> one.getKey().isStream())
                        .flatMap(one -> one.getValue().values().stream())
                        .mapToLong(Long::longValue)
                        .sum();
        return words.isEmpty() ? "" : figure("open for seconds", String.valueOf(all), words);
    }

    private static String sessions(Measured measured) {
        return measured.sessions()
                .map(all ->
                        figure(
                                "sessions moved",
                                String.valueOf(all.moved().size()),
                                Words.sessions(measured)))
                .orElse("");
    }

    private static String kinds(Measured measured) {
        return measured.lostByKind().entrySet().stream()
                .map(one -> one.getValue() + " " + Words.of(one.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String figure(String name, String value, String more) {
        return "<div><dt>%s</dt><dd><b>%s</b> <small>%s</small></dd></div>\n"
                .formatted(name, Xml.escaped(value), Xml.escaped(more));
    }

    private String figure() {
        Measured measured = result.judgement().measured();
        String owners =
                result.evidence().owners().spans().isEmpty()
                        ? "Who owned the VIP was not watched."
                        : "Below them, who owned the VIP: nobody is a hatched gap, two at once are"
                                + " a split brain.";
        return """
        <figure>
        <div class="chart" data-chart="%d" role="img" aria-label="%s"></div>
        <figcaption>Requests by the time at which they were planned, in seconds from the \
        moment the fault struck, each step %s. What was lost lies on top of what was answered, \
        and above it in a row of its own for each kind; there even a single one is marked. %s</figcaption>
        </figure>
        <script type="application/json" id="data-%d">%s</script>
        """
                .formatted(
                        number,
                        Xml.escaped(
                                "Chart: %d requests sent, %s lost"
                                        .formatted(measured.sent(), Words.lost(measured))),
                        Seconds.text(measured.bins().width()),
                        owners,
                        number,
                        ChartData.of(result));
    }

    private String events() {
        List<Event> events = result.evidence().timeline().events();
        if (events.isEmpty()) {
            return "<p>Nothing was recorded.</p>\n";
        }
        StringBuilder rows = new StringBuilder();
        long origin = Words.origin(result.evidence());
        int row = 0;
        for (Event event : events) {
            row++;
            String kind = event.kind().name().toLowerCase(Locale.ROOT);
            rows.append("<tr class=\"%s\">".formatted(kind))
                    .append("<td class=\"number\">%d</td>".formatted(row))
                    .append(
                            "<td class=\"time\">%s</td>"
                                    .formatted(Seconds.relative(event.at() - origin)))
                    .append("<td class=\"kind\">%s</td>".formatted(kind(event.kind())))
                    .append("<td>%s</td></tr>\n".formatted(Xml.escaped(Words.of(event))));
        }
        return """
        <details class="events"%s><summary>%d events; their numbers are those in the chart\
        </summary>
        <div class="wide"><table>
        <thead><tr><th scope="col">No.</th><th scope="col">From the fault</th>\
        <th scope="col">By</th><th scope="col">What</th></tr></thead>
        <tbody>
        %s</tbody>
        </table></div>
        </details>
        """
                .formatted(events.size() > 40 ? "" : " open=\"open\"", events.size(), rows);
    }

    /// The source of an event.
    private static String kind(Event.Kind kind) {
        return switch (kind) {
            case DRILL -> "the drill";
            case ENGINE -> "Docker";
            case CLIENT -> "clients";
            case VRRP -> "Keepalived";
            case OWNER -> "ARP";
            case PROGRAM -> "init";
            case CHECK -> "HAProxy's check";
        };
    }

    private String ledger() {
        String recording =
                RunDirectory.name(result.fault(), result.round()) + "/" + Recording.HISTORY;
        long origin = Words.origin(result.evidence());
        return new LedgerTables(result.evidence().ledger(), origin).text(recording);
    }

    private String formulas() {
        return Words.formulas(result.prediction()).stream()
                .map(line -> "<li>" + Xml.escaped(line) + "</li>\n")
                .collect(Collectors.joining());
    }
}
