package dev.tandem.doctor;

import dev.tandem.docker.ClockSeen;
import dev.tandem.text.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Findings about the clocks of machines, beside that of the one that asks. Pure.
final class ClockFindings {
    private static final String ABOUT = "clocks";

    /// Less than a second is nothing that anybody has to look after.
    private static final Duration NOTEWORTHY = Duration.ofSeconds(1);

    private ClockFindings() {}

    static List<Finding> of(MachinesFacts facts) {
        List<Finding> findings = new ArrayList<>();
        List<String> agree = new ArrayList<>();
        SequencedMap<String, MachineFacts.Answered> answered = facts.answered();
        answered.forEach((name, machine) -> {
            Optional<ClockSeen> clock = machine.clock();
            if (clock.isEmpty()) {
                findings.add(
                        Finding.unknown(
                                        ABOUT,
                                        "its engine does not say what time it is",
                                        "date --iso-8601=ns, there and here")
                                .on(name));
            } else if (clock.get().isOff(NOTEWORTHY)) {
                findings.add(off(clock.get(), others(facts, name)).on(name));
            } else {
                agree.add(name);
            }
        });
        if (!agree.isEmpty()) {
            findings.add(Finding.well(ABOUT, agreed(facts, agree)));
        }
        return findings;
    }

    private static Finding off(ClockSeen clock, String others) {
        return Finding.risk(
                ABOUT,
                "it is %s this machine's, measured within %s%s"
                        .formatted(clock.words(), Seconds.text(clock.within()), others),
                "certificates are issued by one clock and checked by the other, and logs that are"
                        + " merged by time are in a wrong order",
                "sync both with the same time servers: apt-get install chrony; then: chronyc"
                        + " makestep");
    }

    /// When all others are off in the same way, it is this machine's clock that is wrong.
    private static String others(MachinesFacts facts, String but) {
        String rest =
                facts.answered().entrySet().stream()
                        .filter(one -> !one.getKey().equals(but))
                        .flatMap(one ->
                                one.getValue().clock().stream()
                                        .map(clock -> one.getKey() + ": " + signed(clock)))
                        .collect(Collectors.joining(", "));
        return rest.isEmpty() ? "" : "; " + rest;
    }

    private static String signed(ClockSeen clock) {
        return Seconds.relative(clock.ahead().toNanos());
    }

    private static String agreed(MachinesFacts facts, List<String> names) {
        Duration most =
                facts.answered().entrySet().stream()
                        .filter(one -> names.contains(one.getKey()))
                        .flatMap(one -> one.getValue().clock().stream())
                        .map(clock -> clock.ahead().abs().plus(clock.within()))
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
        return "%s: within %s of this machine's"
                .formatted(String.join(", ", names), Seconds.text(most));
    }
}
