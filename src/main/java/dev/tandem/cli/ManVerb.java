package dev.tandem.cli;

import dev.tandem.disk.Disk;
import dev.tandem.manual.ManualPage;
import dev.tandem.manual.ProgramPage;
import dev.tandem.model.Site;
import dev.tandem.model.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// `tandem man`: a page of the manual, or all of them into a directory.
public final class ManVerb implements Verb<ManVerb.Asked> {
    private final Console console;
    private final Supplier<ProgramPage> program;

    /// The options.
    ///
    /// @param verb the verb whose page is asked for; empty: the page of the program
    /// @param output where all pages are to be written; empty: one is printed
    public record Asked(Optional<String> verb, Optional<String> output) {}

    ManVerb(Console console, Supplier<ProgramPage> program) {
        this.console = console;
        this.program = program;
    }

    @Override
    public String name() {
        return "man";
    }

    @Override
    public String summary() {
        return "Prints a page of the manual, for man -l -, or writes all of them.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Optional<String>> verb =
                options.optionalArgument("VERB", "The verb; by default the program itself.");
        Option<Optional<String>> output =
                options.text(
                        "DIR",
                        "Writes all pages to it, for example ~/.local/share/man/man1.",
                        "-o",
                        "--output");
        return given -> new Asked(verb.in(given), output.in(given));
    }

    @Override
    public List<String> candidates(Supplier<Site> site) {
        return program.get().verbs().stream().map(ProgramPage.Verb::name).toList();
    }

    @Override
    public ExitCode run(Asked asked, SiteFile file) {
        Map<String, String> pages = ManualPage.all(program.get());
        if (asked.output().isPresent()) {
            write(pages, Path.of(asked.output().get()));
            return ExitCode.OK;
        }
        String name = "tandem" + asked.verb().map(verb -> "-" + verb).orElse("") + ".1";
        Optional<String> page = Optional.ofNullable(pages.get(name));
        page.map(String::stripTrailing)
                .ifPresentOrElse(console::answer, () -> unknown(asked.verb().orElse("")));
        return page.isPresent() ? ExitCode.OK : ExitCode.USAGE;
    }

    private void unknown(String verb) {
        List<String> known =
                candidates(() -> {
                    throw new IllegalStateException("no site is needed");
                });
        console.remark("tandem: no verb '" + verb + "'");
        Suggestion.closest(verb, known)
                .ifPresent(near -> console.remark("  did you mean '" + near + "'?"));
        console.remark("  next:  tandem man " + String.join(" | ", known));
    }

    private void write(Map<String, String> pages, Path directory) {
        Owner.me().requireOwn(directory);
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Disk.replace(directory.resolve(page.getKey()), page.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        console.remark(pages.size() + " pages written to " + directory);
    }
}
