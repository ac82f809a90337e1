package dev.tandem.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// `tandem candidates VERB`, hidden: the words that a shell offers for the argument of a verb, one
/// in each line. Whatever is wrong, a shell only has nothing to offer then.
public final class CandidatesVerb implements Verb<CandidatesVerb.Asked> {
    private final Console console;
    private final Supplier<List<Verb<?>>> verbs;

    /// The options.
    ///
    /// @param verb the verb that is being typed
    public record Asked(Optional<String> verb) {}

    CandidatesVerb(Console console, Supplier<List<Verb<?>>> verbs) {
        this.console = console;
        this.verbs = verbs;
    }

    @Override
    public String name() {
        return "candidates";
    }

    @Override
    public String summary() {
        return "Lists what can be typed after a verb, for shells.";
    }

    @Override
    public boolean hidden() {
        return true;
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Optional<String>> verb = options.argument("VERB", "The verb.");
        return given -> new Asked(verb.in(given));
    }

    @Override
    public ExitCode run(Asked asked, SiteFile file) {
        verbs.get().stream()
                .filter(verb -> asked.verb().filter(verb.name()::equals).isPresent())
                .flatMap(verb ->
                        verb
                                .candidates(() -> GivenSite.orApplied(file, console).applied())
                                .stream())
                .forEach(console::answer);
        return ExitCode.OK;
    }
}
