package dev.tandem.cli;

import dev.tandem.manual.BashCompletion;
import dev.tandem.manual.FishCompletion;
import dev.tandem.manual.ProgramPage;
import dev.tandem.manual.ZshCompletion;
import dev.tandem.model.Site;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// `tandem completion bash|zsh|fish`: the script with which that shell completes Tandem's command
/// lines.
public final class CompletionVerb implements Verb<CompletionVerb.Asked> {
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    private final Console console;
    private final Supplier<ProgramPage> program;

    /// The options.
    ///
    /// @param shell the shell, as typed
    public record Asked(String shell) {}

    CompletionVerb(Console console, Supplier<ProgramPage> program) {
        this.console = console;
        this.program = program;
    }

    @Override
    public String name() {
        return "completion";
    }

    @Override
    public String summary() {
        return "Prints the script that completes verbs, options and nodes in a shell.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Optional<String>> shell = options.argument("SHELL", "bash, zsh or fish.");
        return given -> new Asked(shell.in(given).orElse(""));
    }

    @Override
    public List<String> candidates(Supplier<Site> site) {
        return SHELLS;
    }

    @Override
    public ExitCode run(Asked asked, SiteFile file) {
        Optional<String> script =
                switch (asked.shell()) {
                    case "bash" -> Optional.of(BashCompletion.of(program.get()));
                    case "zsh" -> Optional.of(ZshCompletion.of(program.get()));
                    case "fish" -> Optional.of(FishCompletion.of(program.get()));
                    default -> Optional.empty();
                };
        script.map(String::stripTrailing)
                .ifPresentOrElse(
                        console::answer,
                        () -> {
                            console.remark("tandem: completion needs a SHELL");
                            console.remark("  next:  tandem completion bash | zsh | fish");
                        });
        return script.isPresent() ? ExitCode.OK : ExitCode.USAGE;
    }
}
