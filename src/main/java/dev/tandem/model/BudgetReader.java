package dev.tandem.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a budget such as `lost=0,outage=500ms`. It finds all problems at once.
public final class BudgetReader {
    private static final List<String> KEYS = List.of("lost", "outage", "p99", "takeover");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m)");
    private static final Pattern COUNT = Pattern.compile("\\d{1,15}");
    private static final Map<String, Long> MICROS =
            Map.of("ms", 1_000L, "s", 1_000_000L, "m", 60_000_000L);

    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();

    private BudgetReader() {}

    /// Reads a text; spaces around commas and equals signs do not matter.
    public static BudgetReading read(String text) {
        BudgetReader reader = new BudgetReader();
        for (String part : text.split(",", -1)) {
            reader.part(part.strip());
        }
        Budget budget =
                new Budget(
                        reader.count("lost"),
                        reader.time("outage"),
                        reader.time("p99"),
                        reader.time("takeover"));
        return reader.problems.isEmpty()
                ? new BudgetReading.Good(budget)
                : new BudgetReading.Bad(reader.problems);
    }

    private void part(String part) {
        int equals = part.indexOf('=');
        if (equals < 0) {
            String seen = part.isEmpty() ? "an empty part" : "\"" + part + "\"";
            problems.add(seen + " is no limit; a limit looks like this: outage=500ms");
            return;
        }
        String key = part.substring(0, equals).strip();
        if (!KEYS.contains(key)) {
            problems.add("unknown limit \"" + key + "\"; " + meant(key));
        } else if (values.putIfAbsent(key, part.substring(equals + 1).strip()) != null) {
            problems.add("\"" + key + "\" is given twice");
        }
    }

    private Optional<Long> count(String key) {
        Optional<String> value = Optional.ofNullable(values.get(key));
        if (value.isPresent() && !COUNT.matcher(value.get()).matches()) {
            problems.add(key + "=" + value.get() + ": not a number of requests, such as 0");
            return Optional.empty();
        }
        return value.map(Long::valueOf);
    }

    private Optional<Duration> time(String key) {
        String value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        Matcher matcher = TIME.matcher(value);
        if (!matcher.matches()) {
            problems.add(key + "=" + value + ": not a time, such as 500ms, 1.5s or 2m");
            return Optional.empty();
        }
        long micros = MICROS.getOrDefault(matcher.group(2), 0L);
        BigDecimal number = new BigDecimal(matcher.group(1));
        return Optional.of(
                Duration.ofNanos(
                        number.multiply(BigDecimal.valueOf(micros * 1_000)).longValueExact()));
    }

    /// The key that was probably meant, or all keys.
    private static String meant(String wrong) {
        return Suggestion.closest(wrong, KEYS)
                .map(key -> "did you mean \"" + key + "\"?")
                .orElse("there are: " + String.join(", ", KEYS));
    }
}
