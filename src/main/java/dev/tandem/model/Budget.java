package dev.tandem.model;

import dev.tandem.text.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a drill may cost. A limit that is not given does not apply, so a budget without limits
/// passes any valid measurement, provided that the site came back and ran nothing twice.
///
/// @param lost how many requests may be lost, of all classes, over the whole run
/// @param outage how long the longest outage may be ({@link OutageSpan})
/// @param p99 how long 99 of 100 answers may take, in each phase of the run
/// @param takeover how long it may take until another balancer holds the VIP
public record Budget(
        Optional<Long> lost,
        Optional<Duration> outage,
        Optional<Duration> p99,
        Optional<Duration> takeover) {
    /// In the form that {@link BudgetReader} reads; empty text when there is no limit.
    public String text() {
        List<String> limits = new ArrayList<>();
        lost.ifPresent(most -> limits.add("lost=" + most));
        outage.ifPresent(most -> limits.add("outage=" + millis(most)));
        p99.ifPresent(most -> limits.add("p99=" + millis(most)));
        takeover.ifPresent(most -> limits.add("takeover=" + millis(most)));
        return String.join(",", limits);
    }

    private static String millis(Duration time) {
        return Seconds.bareMillis(time) + "ms";
    }

    /// No limits.
    public static final Budget NONE =
            new Budget(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
