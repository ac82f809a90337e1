package dev.tandem.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ParseResult;

/// A command line that picocli has read.
final class ParsedGiven extends Given {
    private final ParseResult parsed;

    ParsedGiven(ParseResult parsed) {
        this.parsed = parsed;
    }

    @Override
    boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    @Override
    Optional<String> text(String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, (String) null));
    }

    @Override
    OptionalInt number(String option) {
        return has(option)
                ? OptionalInt.of(parsed.matchedOptionValue(option, 0))
                : OptionalInt.empty();
    }

    @Override
    List<String> texts(String option) {
        return parsed.matchedOptionValue(option, List.of());
    }

    @Override
    boolean isOn(String option) {
        return parsed.matchedOptionValue(option, true);
    }

    @Override
    Optional<String> argument(int index) {
        return Optional.ofNullable(parsed.matchedPositionalValue(index, (String) null));
    }

    @Override
    List<String> arguments() {
        return parsed.matchedPositionalValue(0, List.of());
    }
}
