package dev.tandem.evidence;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who owned the VIP, as the LAN saw it: the output of images/balancer/vip-watch, one line per
/// change.
///
/// @param spans in the order of their times
public record Owners(List<Span> spans) {
    private static final Pattern LINE = Pattern.compile("(\\d+\\.\\d+) owner (\\S+)");
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    /// How long vip-watch remembers a claim, and the time between two of its checks.
    private static final long WINDOW = 150_000_000;

    public Owners {
        spans = List.copyOf(spans);
    }

    /// The nodes that claimed the VIP from this moment on.
    ///
    /// @param from nanoseconds from the run's zero
    /// @param names the names of the nodes, or the hardware addresses of unknown machines, in
    ///   alphabetical order; none if the VIP was not claimed, several in a split brain
    public record Span(long from, List<String> names) {
        public Span {
            names = List.copyOf(names);
        }
    }

    /// Whether the VIP was watched and had one and the same owner from beginning to end.
    public boolean isOneAllAlong() {
        return spans.size() == 1 && spans.getFirst().names().size() == 1;
    }

    /// Parses the output of vip-watch.
    public static Owners parse(String text, Scene scene) {
        List<Span> spans = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                spans.add(new Span(at(matcher.group(1), scene), names(matcher.group(2), scene)));
            }
        }
        return new Owners(withoutEchoes(spans));
    }

    /// vip-watch lists every node that claimed the VIP within its window, so each move begins with
    /// a span of both. Only a longer span is a split brain: an echo is added to the span of the
    /// node that remains.
    private static List<Span> withoutEchoes(List<Span> spans) {
        List<Span> kept = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            Span next = i + 1 < spans.size() ? spans.get(i + 1) : span;
            boolean echo =
                    span.names().size() > 1
                            && next.names().size() == 1
                            && span.names().containsAll(next.names())
                            && next.from() - span.from() <= WINDOW;
            List<String> names = echo ? next.names() : span.names();
            if (kept.isEmpty() || !kept.getLast().names().equals(names)) {
                kept.add(new Span(span.from(), names));
            }
        }
        return kept;
    }

    private static long at(String epoch, Scene scene) {
        Instant time =
                Instant.EPOCH.plusNanos(new BigDecimal(epoch).multiply(NANOS).longValueExact());
        return Duration.between(scene.zero(), time).toNanos();
    }

    private static List<String> names(String macs, Scene scene) {
        if (macs.equals("none")) {
            return List.of();
        }
        return List.of(macs.split(",")).stream()
                .map(mac -> scene.withMac(mac).map(Witness::name).orElse(mac))
                .sorted()
                .toList();
    }
}
