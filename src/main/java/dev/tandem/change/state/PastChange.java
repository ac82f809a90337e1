package dev.tandem.change.state;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A change that is over: a summary of its journal.
///
/// @param number its number; 0 when unreadable
/// @param verb the verb that was called
/// @param subject what it concerned: a node, or keys of the site file
/// @param by the caller
/// @param begun when it began; empty when unreadable
/// @param ended when it ended; empty when it was interrupted
/// @param outcome how it went, in a few words
/// @param steps how many steps were carried out
public record PastChange(
        int number,
        String verb,
        String subject,
        String by,
        Optional<Instant> begun,
        Optional<Instant> ended,
        String outcome,
        int steps) {
    /// The outcome of a completed change.
    public static final String DONE = "done";

    /// Whether it was completed, and not taken back.
    boolean isDone() {
        return outcome.equals(DONE);
    }

    /// Reads a journal, even a truncated one.
    static PastChange parse(String text) {
        String[] head = first(text, "change ").split(" ", 3);
        String[] end = first(text, "ended ").split(" ", 2);
        return new PastChange(
                head[0].matches("\\d{1,9}") ? Integer.parseInt(head[0]) : 0,
                head.length > 1 ? head[1] : "",
                head.length > 2 ? head[2] : "",
                first(text, "by "),
                instant(first(text, "begun ")),
                instant(end[0]),
                end.length > 1 ? end[1] : "interrupted",
                (int) text.lines().filter(line -> line.startsWith("done ")).count());
    }

    /// `the apply of 2026-11-22T17:00:01Z, which was interrupted`.
    public String title() {
        String at = begun.map(time -> " of " + time.truncatedTo(ChronoUnit.SECONDS)).orElse("");
        return "the " + verb + at + ", which was interrupted";
    }

    private static String first(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .findFirst()
                .orElse("");
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
