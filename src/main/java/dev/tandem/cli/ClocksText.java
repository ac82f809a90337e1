package dev.tandem.cli;

import dev.tandem.docker.ClockSeen;
import dev.tandem.text.Seconds;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// What has to be said of the clocks of machines whose logs are merged. Pure.
final class ClocksText {
    /// Less is no more than what logging itself takes on a busy machine.
    private static final Duration NOTEWORTHY = Duration.ofMillis(500);

    private ClocksText() {}

    /// One line; empty when the clocks agree with each other. That all of them differ from this
    /// machine's does no harm to their order.
    static Optional<String> of(SequencedMap<String, ClockSeen> clocks) {
        Comparator<ClockSeen> byAhead = Comparator.comparing(ClockSeen::ahead);
        Optional<ClockSeen> first = clocks.values().stream().min(byAhead);
        Optional<ClockSeen> last = clocks.values().stream().max(byAhead);
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        ClockSeen between =
                new ClockSeen(
                        last.get().ahead().minus(first.get().ahead()),
                        last.get().within().plus(first.get().within()));
        return between.isOff(NOTEWORTHY)
                ? Optional.of(
                        "the clocks differ: %s (beside this machine's, measured within %s); each"
                                        .formatted(each(clocks), Seconds.text(between.within()))
                                + " line stands where its own machine's clock puts it")
                : Optional.empty();
    }

    private static String each(SequencedMap<String, ClockSeen> clocks) {
        return clocks.entrySet().stream()
                .map(one -> one.getKey() + " " + Seconds.relative(one.getValue().ahead().toNanos()))
                .collect(Collectors.joining(", "));
    }
}
