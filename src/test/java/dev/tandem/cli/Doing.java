package dev.tandem.cli;

import java.util.function.Function;
import java.util.function.Supplier;

/// A verb that does what a test tells it to.
record Doing(String name, Supplier<ExitCode> what) implements Verb<NoOptions> {
    @Override
    public String summary() {
        return "Does what a test wants.";
    }

    @Override
    public Function<Given, NoOptions> options(Options options) {
        return NoOptions.READING;
    }

    @Override
    public ExitCode run(NoOptions asked, SiteFile file) {
        return what.get();
    }
}
