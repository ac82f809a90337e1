package dev.tandem.certificate;

import dev.tandem.model.Renewal;
import dev.tandem.model.Renewal.Failure;
import dev.tandem.model.Renewal.Held;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A {@link Renewal} as it is kept: a word and its value in each line. Pure.
final class RenewalText {
    private RenewalText() {}

    static String of(Renewal renewal) {
        List<String> lines = new ArrayList<>(List.of("# Written by Tandem (tls.acme)."));
        renewal.held()
                .ifPresent(held ->
                        lines.addAll(
                                List.of(
                                        "url " + held.url(),
                                        "names " + String.join(" ", held.names()),
                                        "begins " + held.begins(),
                                        "ends " + held.ends(),
                                        "due " + held.due())));
        renewal.failure()
                .ifPresent(failure ->
                        lines.addAll(
                                List.of(
                                        "asked " + failure.asked(),
                                        "failures " + failure.count(),
                                        "failed " + failure.at(),
                                        "next " + failure.next(),
                                        "why " + failure.why())));
        return String.join("\n", lines) + "\n";
    }

    /// What a text says. A part that somebody has spoilt counts as not there: the certificate is
    /// looked at then, and the CA is asked again.
    static Renewal parse(String text) {
        Map<String, String> words = new HashMap<>();
        text.lines()
                .map(line -> line.split(" ", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> words.put(pair[0], pair[1]));
        return new Renewal(held(words), failure(words));
    }

    private static Optional<Held> held(Map<String, String> words) {
        try {
            return words.containsKey("due")
                    ? Optional.of(
                            new Held(
                                    words.getOrDefault("url", ""),
                                    List.of(words.getOrDefault("names", "").split(" ")),
                                    at(words, "begins"),
                                    at(words, "ends"),
                                    at(words, "due")))
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<Failure> failure(Map<String, String> words) {
        try {
            return words.containsKey("failed")
                    ? Optional.of(
                            new Failure(
                                    words.getOrDefault("asked", ""),
                                    Integer.parseInt(words.getOrDefault("failures", "1")),
                                    at(words, "failed"),
                                    words.getOrDefault("why", "unknown"),
                                    at(words, "next")))
                    : Optional.empty();
        } catch (DateTimeException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Instant at(Map<String, String> words, String word) {
        return Instant.parse(words.getOrDefault(word, ""));
    }
}
