package dev.tandem.report;

import com.google.errorprone.annotations.FormatMethod;
import dev.tandem.drill.judge.Latencies;
import dev.tandem.drill.judge.Measured;
import dev.tandem.drill.judge.Phase;
import dev.tandem.text.Seconds;
import java.time.Duration;
import java.util.Locale;

/// How long answers took before, during and after a fault: as numbers, and as a line on a
/// logarithmic scale, because a fault makes the slowest answers a thousand times slower and the
/// rest not.
final class LatencyTable {
    private static final double WIDTH = 200;
    private static final double LEFT = 6;

    private LatencyTable() {}

    static String of(Measured measured) {
        double least = 1e9;
        double most = 0;
        for (Latencies one : measured.latencies().values()) {
            least = Math.min(least, log(one.p50()));
            most = Math.max(most, log(one.max()));
        }
        double low = Math.floor(least);
        double high = Math.max(low + 1, Math.ceil(most));
        StringBuilder rows = new StringBuilder();
        for (Phase phase : Phase.values()) {
            Latencies found = measured.latencies().get(phase);
            rows.append(found == null ? none(phase) : row(phase, found, low, high));
        }
        return
"""
<div class="wide"><table class="numbers">
<thead><tr><th scope="col">Phase</th><th scope="col">Answers</th><th scope="col">p50</th>\
<th scope="col">p90</th><th scope="col">p99</th><th scope="col">max</th>\
<th scope="col" class="spread">p50 to p99 (thick) and max, logarithmic</th></tr></thead>
<tbody>
%s</tbody>
</table></div>
"""
                .formatted(rows);
    }

    private static String name(Phase phase) {
        return switch (phase) {
            case BEFORE -> "before";
            case DURING -> "during";
            case AFTER -> "after";
        };
    }

    private static String none(Phase phase) {
        return "<tr><th scope=\"row\">%s</th><td>0</td><td>-</td><td>-</td><td>-</td><td>-</td>"
                        .formatted(name(phase))
                + "<td class=\"spread\"></td></tr>\n";
    }

    private static String row(Phase phase, Latencies found, double low, double high) {
        return """
        <tr><th scope="row">%s</th><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td>\
        <td class="spread">%s</td></tr>
        """
                .formatted(
                        name(phase),
                        found.count(),
                        Seconds.text(found.p50()),
                        Seconds.text(found.p90()),
                        Seconds.text(found.p99()),
                        Seconds.text(found.max()),
                        line(found, low, high));
    }

    private static String line(Latencies found, double low, double high) {
        double scale = WIDTH / (high - low);
        double p50 = LEFT + (log(found.p50()) - low) * scale;
        double p99 = LEFT + (log(found.p99()) - low) * scale;
        double max = LEFT + (log(found.max()) - low) * scale;
        StringBuilder ticks = new StringBuilder();
        for (double decade = low; decade <= high; decade++) {
            double x = LEFT + (decade - low) * scale;
            ticks.append(format("<path class=\"tick\" d=\"M%.1f 1V17\"/>", x));
        }
        return format(
                """
                <svg viewBox="0 0 212 18" width="212" height="18" aria-hidden="true">%s\
                <path class="rest" d="M%.1f 9H%.1f"/><path class="most" d="M%.1f 9H%.1f"/>\
                <circle cx="%.1f" cy="9" r="3.5"/></svg>\
                """,
                ticks, p50, max, p50, Math.max(p50 + 2, p99), max);
    }

    /// The decade of a time; 10 µs is the lowest.
    private static double log(Duration time) {
        return Math.log10((double) Math.max(10_000, time.toNanos()));
    }

    @FormatMethod
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
