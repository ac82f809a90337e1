package dev.tandem.cli;

import java.util.function.Function;

/// What a verb was asked that has no options.
public record NoOptions() {
    static final Function<Given, NoOptions> READING = _ -> new NoOptions();
}
