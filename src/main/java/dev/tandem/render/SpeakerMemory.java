package dev.tandem.render;

import dev.tandem.model.Balancer;
import java.util.List;
import java.util.stream.Collectors;

/// Where a balancer remembers what has happened to it: a volume of its own, which outlives its
/// container (decision 0049).
public final class SpeakerMemory {
    /// Where the image has its directory.
    private static final String PLACE = "/var/lib/tandem";

    private static final String END = "-events";

    private SpeakerMemory() {}

    /// The name of the volume in Compose.
    ///
    /// @param balancer the balancer's name
    public static String volume(String balancer) {
        return balancer + END;
    }

    /// Whether a volume is such a one.
    public static boolean isVolume(String name) {
        return name.endsWith(END);
    }

    static String mount(Balancer balancer) {
        return ConfigText.block(
                """
                      # what it remembers: half a megabyte at most. Nothing needs it
                      - { type: volume, source: %s, target: %s }
                """,
                volume(balancer.name()), PLACE);
    }

    /// The part of compose.yaml that declares them; empty where there are none.
    static String volumes(List<Balancer> balancers) {
        return balancers.isEmpty()
                ? ""
                : balancers.stream()
                        .map(balancer -> "  " + volume(balancer.name()) + ":\n")
                        .collect(Collectors.joining("", "\nvolumes:\n", ""));
    }
}
