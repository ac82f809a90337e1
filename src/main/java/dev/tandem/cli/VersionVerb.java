package dev.tandem.cli;

import dev.tandem.change.state.StateFormat;
import java.util.function.Function;

/// `tandem version`: the versions of Tandem and of the Java that runs it.
public final class VersionVerb implements Verb<NoOptions> {
    private final Console console;

    public VersionVerb(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "Shows the version.";
    }

    @Override
    public Function<Given, NoOptions> options(Options options) {
        return NoOptions.READING;
    }

    @Override
    public ExitCode run(NoOptions asked, SiteFile file) {
        console.answer("tandem %s (Java %s)".formatted(StateFormat.version(), Runtime.version()));
        return ExitCode.OK;
    }
}
