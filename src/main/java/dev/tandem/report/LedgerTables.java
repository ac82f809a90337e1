package dev.tandem.report;

import dev.tandem.evidence.Ledger;
import dev.tandem.evidence.Ledger.Loss;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import dev.tandem.text.Seconds;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The lost requests of one fault: the number at each place, and each of them.
final class LedgerTables {
    /// More than anyone reads; a browser still scrolls smoothly with twenty faults.
    private static final int MOST = 500;

    private final Ledger ledger;
    private final long origin;

    LedgerTables(Ledger ledger, long origin) {
        this.ledger = ledger;
        this.origin = origin;
    }

    /// Both tables; if nothing was lost, a sentence that says so.
    ///
    /// @param recording the name of the directory that has all requests
    String text(String recording) {
        if (ledger.losses().isEmpty()) {
            return "<p>No request was lost.</p>\n" + unread();
        }
        return counts() + unread() + all(recording);
    }

    private String unread() {
        return ledger.unread().entrySet().stream()
                .map(one ->
                        "<p class=\"note\">The log of %s could not be read: %s</p>\n"
                                .formatted(Xml.escaped(one.getKey()), Xml.escaped(one.getValue())))
                .collect(Collectors.joining());
    }

    /// What a row of the counts stands for.
    private record Row(String place, Outcome kind) {}

    private String counts() {
        Set<RequestClass> classes = new TreeSet<>();
        Map<Row, Map<RequestClass, Long>> rows = new LinkedHashMap<>();
        for (Loss loss : ledger.losses()) {
            classes.add(loss.request().kind());
            rows.computeIfAbsent(
                            new Row(Words.of(loss.place()), loss.request().outcome()),
                            _ -> new LinkedHashMap<>())
                    .merge(loss.request().kind(), 1L, Long::sum);
        }
        String headings =
                classes.stream()
                        .map(one -> "<th scope=\"col\">%s</th>".formatted(Words.of(one)))
                        .collect(Collectors.joining());
        String lines =
                rows.entrySet().stream()
                        .sorted(
                                Comparator.comparingLong(
                                                (Map.Entry<Row, Map<RequestClass, Long>> one) ->
                                                        -sum(one.getValue()))
                                        .thenComparing(one -> one.getKey().place())
                                        .thenComparing(one -> one.getKey().kind()))
                        .map(one -> row(one.getKey(), one.getValue(), classes))
                        .collect(Collectors.joining());
        return """
        <div class="wide"><table class="numbers">
        <thead><tr><th scope="col">Lost</th><th scope="col">How</th>%s<th scope="col">Sum</th>\
        </tr></thead>
        <tbody>
        %s</tbody>
        </table></div>
        """
                .formatted(headings, lines);
    }

    private static long sum(Map<RequestClass, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String row(Row row, Map<RequestClass, Long> counts, Set<RequestClass> classes) {
        String cells =
                classes.stream()
                        .map(one -> counts.getOrDefault(one, 0L))
                        .map(count -> "<td>%s</td>".formatted(count == 0 ? "" : count))
                        .collect(Collectors.joining());
        return "<tr><th scope=\"row\">%s</th><td class=\"word\">%s</td>%s<td>%d</td></tr>\n"
                .formatted(Xml.escaped(row.place()), Words.of(row.kind()), cells, sum(counts));
    }

    private String all(String recording) {
        List<Loss> losses = ledger.losses();
        List<Loss> shown = losses.subList(0, Math.min(MOST, losses.size()));
        String left =
                losses.size() == shown.size()
                        ? ""
                        : "<p class=\"note\">%d more are left out here; all are in %s.</p>\n"
                                .formatted(
                                        losses.size() - shown.size(),
                                        "<code>" + Xml.escaped(recording) + "</code>");
        return """
        <details><summary>Every lost request (%d)</summary>
        <div class="wide"><table>
        <thead><tr><th scope="col">Planned</th><th scope="col">Class</th><th scope="col">Outcome\
        </th><th scope="col">Lost</th><th scope="col">Id</th></tr></thead>
        <tbody>
        %s</tbody>
        </table></div>
        %s</details>
        """
                .formatted(
                        losses.size(),
                        shown.stream().map(this::loss).collect(Collectors.joining()),
                        left);
    }

    private String loss(Loss loss) {
        RequestRecord request = loss.request();
        String status = request.status() > 0 ? " " + request.status() : "";
        return """
        <tr><td class="time">%s</td><td>%s</td><td>%s%s</td><td>%s</td><td><code>%s</code></td></tr>
        """
                .formatted(
                        Seconds.relative(request.planned() - origin),
                        Words.of(request.kind()),
                        Words.of(request.outcome()),
                        status,
                        Xml.escaped(Words.of(loss.place())),
                        Xml.escaped(request.id()));
    }
}
