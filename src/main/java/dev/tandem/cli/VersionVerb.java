package dev.tandem.cli;

import dev.tandem.change.state.StateFormat;
import java.util.function.Function;

/// `tandem version`: the versions of Tandem and of the Java that runs it.
public final class VersionVerb implements Verb<VersionVerb.Asked> {
    private final Console console;

    /// The options.
    ///
    /// @param json whether the answer is for a program
    public record Asked(boolean json) {}

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
    public Function<Given, Asked> options(Options options) {
        Option<Boolean> json = Json.option(options);
        return given -> new Asked(json.in(given));
    }

    @Override
    public ExitCode run(Asked asked, SiteFile file) {
        String tandem = StateFormat.version();
        String java = Runtime.version().toString();
        console.answer(
                asked.json()
                        ? Json.object(json -> {
                            json.writeStringField("tandem", tandem);
                            json.writeStringField("java", java);
                        })
                        : "tandem %s (Java %s)".formatted(tandem, java));
        return ExitCode.OK;
    }
}
