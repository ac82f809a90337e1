package dev.tandem.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the file of a run ({@link RunHistory}) line by line.
final class HistoryReader {
    private final Path file;
    private final StringBuilder text = new StringBuilder();
    private int number;

    HistoryReader(Path file) {
        this.file = file;
    }

    RunHistory read() throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            String first = head(in, "");
            if (!first.equals(HistoryLines.FIRST)) {
                throw wrong("is not: " + HistoryLines.FIRST);
            }
            String tag = head(in, HistoryLines.TAG);
            Instant zero = parsed(head(in, HistoryLines.ZERO), Instant::parse);
            String plan = head(in, HistoryLines.PLAN);
            head(in, HistoryLines.COLUMNS);
            List<RequestRecord> records = new ArrayList<>();
            Optional<RunHistory.End> end = records(in, records);
            return new RunHistory(tag, zero, plan, records, end);
        }
    }

    private Optional<RunHistory.End> records(BufferedReader in, List<RequestRecord> records)
            throws IOException {
        for (String line = line(in); line != null; line = line(in)) {
            if (line.startsWith(HistoryLines.END)) {
                RunHistory.End end = parsed(line, HistoryLines::end);
                if (line(in) != null) {
                    throw wrong("comes behind the end");
                }
                return Optional.of(end);
            }
            records.add(parsed(line, HistoryLines::record));
        }
        return Optional.empty();
    }

    private String head(BufferedReader in, String prefix) throws IOException {
        String line = line(in);
        if (line == null || !line.startsWith(prefix)) {
            throw wrong("does not begin with \"%s\"".formatted(prefix.strip()));
        }
        return line.substring(prefix.length());
    }

    /// The next complete line; null if there is none.
    private @Nullable String line(BufferedReader in) throws IOException {
        number++;
        text.setLength(0);
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return text.toString();
            }
            text.append((char) c);
        }
        return null;
    }

    private <T> T parsed(String line, Function<String, T> parser) throws IOException {
        try {
            return parser.apply(line);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong("cannot be read: " + e.getMessage());
        }
    }

    private IOException wrong(String what) {
        return new IOException("%s:%d: the line %s".formatted(file, number, what));
    }
}
