package dev.tandem.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A command line that {@link PlainWords} has read.
final class PlainGiven extends Given {
    private final Map<String, List<String>> options;
    private final List<String> arguments;

    /// @param options the values of those that were given, by their first name
    PlainGiven(Map<String, List<String>> options, List<String> arguments) {
        this.options = Map.copyOf(options);
        this.arguments = List.copyOf(arguments);
    }

    @Override
    boolean has(String option) {
        return options.containsKey(option);
    }

    @Override
    Optional<String> text(String option) {
        return texts(option).stream().findFirst();
    }

    @Override
    OptionalInt number(String option) {
        return texts(option).stream().mapToInt(Integer::parseInt).findFirst();
    }

    @Override
    List<String> texts(String option) {
        return options.getOrDefault(option, List.of());
    }

    /// Who says either form of it is read by picocli.
    @Override
    boolean isOn(String option) {
        return true;
    }

    @Override
    Optional<String> argument(int index) {
        return index < arguments.size() ? Optional.of(arguments.get(index)) : Optional.empty();
    }

    @Override
    List<String> arguments() {
        return arguments;
    }
}
