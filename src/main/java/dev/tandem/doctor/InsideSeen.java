package dev.tandem.doctor;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What was seen inside a balancer.
///
/// @param arpIgnore the sysctl: the larger of its two values, as the kernel uses it
/// @param arpAnnounce the same
/// @param vipOnLo whether the VIP is on lo, where the hand-over needs it
/// @param ownName how long it took to look up its own name
/// @param names how long it took to look up the hostnames of the web servers
public record InsideSeen(
        int arpIgnore,
        int arpAnnounce,
        boolean vipOnLo,
        LookUp ownName,
        Map<String, LookUp> names) {
    public InsideSeen {
        names = Map.copyOf(names);
    }

    /// A name that was looked up.
    ///
    /// @param found whether it has an address
    /// @param millis how long it took
    public record LookUp(boolean found, int millis) {
        /// The same as a duration.
        Duration time() {
            return Duration.ofMillis(millis);
        }

        private static LookUp parse(String text) {
            String[] words = text.split(" ", -1);
            return new LookUp(words[0].equals("0"), Integer.parseInt(words[1]));
        }
    }

    /// Parses the answer to the query of {@link SiteExamination}; empty when something is missing.
    static Optional<InsideSeen> parse(String text) {
        Map<String, String> facts = new HashMap<>();
        Map<String, LookUp> names = new LinkedHashMap<>();
        try {
            for (String line : text.lines().toList()) {
                String[] pair = line.split("=", 2);
                if (pair.length == 2 && pair[0].startsWith("name ")) {
                    names.put(pair[0].substring(5), LookUp.parse(pair[1]));
                } else if (pair.length == 2) {
                    facts.put(pair[0], pair[1]);
                }
            }
            return Optional.of(
                    new InsideSeen(
                            largest(facts.getOrDefault("arp_ignore", "")),
                            largest(facts.getOrDefault("arp_announce", "")),
                            facts.getOrDefault("vip_on_lo", "").equals("yes"),
                            LookUp.parse(facts.getOrDefault("own_name", "")),
                            names));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static int largest(String numbers) {
        int largest = 0;
        for (String number : numbers.strip().split(" ", -1)) {
            largest = Math.max(largest, Integer.parseInt(number));
        }
        return largest;
    }
}
