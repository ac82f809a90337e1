package dev.tandem.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A command line that the page may ask for: a verb of the list below, and names. No option: what
/// one would switch off, the page does not switch off. Pure.
///
/// @param words the verb and its arguments
record Wish(List<String> words) {
    /// How many arguments each verb may have.
    private static final Map<String, Integer> VERBS =
            Map.ofEntries(
                    Map.entry("status", 0),
                    Map.entry("plan", 0),
                    Map.entry("doctor", 0),
                    Map.entry("why", 0),
                    Map.entry("apply", 0),
                    Map.entry("rollback", 0),
                    Map.entry("switchover", 1),
                    Map.entry("drain", 1),
                    Map.entry("ready", 1),
                    Map.entry("maintenance", 1),
                    Map.entry("weight", 2));

    /// Names of nodes, and percentages.
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}%?");

    Wish {
        words = List.copyOf(words);
    }

    /// The wish in a line; empty when the page may not ask for that.
    static Optional<Wish> of(String line) {
        List<String> words = Arrays.stream(line.strip().split(" +")).toList();
        Integer most = VERBS.get(words.getFirst());
        boolean fits =
                most != null
                        && words.size() <= most + 1
                        && words.stream().allMatch(word -> WORD.matcher(word).matches());
        return fits ? Optional.of(new Wish(words)) : Optional.empty();
    }

    /// As it would be typed.
    String typed() {
        return "tandem " + String.join(" ", words);
    }
}
