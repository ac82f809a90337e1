package dev.tandem.cli;

import java.util.function.Function;

/// The options of a verb without any.
public record NoOptions() {
    static final Function<Given, NoOptions> READING = _ -> new NoOptions();
}
