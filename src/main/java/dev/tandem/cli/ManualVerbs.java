package dev.tandem.cli;

import dev.tandem.change.state.StateFormat;
import dev.tandem.manual.ProgramPage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The verbs that describe the others: completion for shells and manual pages.
public final class ManualVerbs {
    private ManualVerbs() {}

    /// All verbs, these among them: they describe themselves, too.
    public static List<Verb<?>> with(Console console, List<Verb<?>> others) {
        List<Verb<?>> all = new ArrayList<>(others);
        Supplier<ProgramPage> program = () -> Cli.program(StateFormat.version(), all);
        all.addAll(
                List.of(
                        new CompletionVerb(console, program),
                        new ManVerb(console, program),
                        new CandidatesVerb(console, () -> all)));
        return all;
    }
}
