package dev.tandem.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ParseResult;

/// One command line, as typed after the verb. {@link Options} gives access to its values.
public final class Given {
    private final ParseResult parsed;

    Given(ParseResult parsed) {
        this.parsed = parsed;
    }

    boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    Optional<String> text(String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, (String) null));
    }

    OptionalInt number(String option) {
        return has(option)
                ? OptionalInt.of(parsed.matchedOptionValue(option, 0))
                : OptionalInt.empty();
    }

    List<String> texts(String option) {
        return parsed.matchedOptionValue(option, List.of());
    }

    boolean isOn(String option) {
        return parsed.matchedOptionValue(option, true);
    }

    Optional<String> argument(int index) {
        return Optional.ofNullable(parsed.matchedPositionalValue(index, (String) null));
    }

    List<String> arguments() {
        return parsed.matchedPositionalValue(0, List.of());
    }
}
