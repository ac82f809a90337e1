package dev.tandem.cli;

import dev.tandem.drill.fault.Faults;
import dev.tandem.model.Budget;
import dev.tandem.model.Stop;
import dev.tandem.prepare.SitePlace;
import dev.tandem.render.Layout;
import dev.tandem.report.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `tandem report`: judges an earlier drill again, from what was recorded, and writes its reports
/// anew.
public final class ReportVerb implements Verb {
    private final Console console;

    public ReportVerb(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String summary() {
        return "Judges an earlier drill again, by its own budget or another one.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(
                PositionalParamSpec.builder()
                        .arity("0..1")
                        .paramLabel("RUN")
                        .type(String.class)
                        .description("Its name or its directory (the last one).")
                        .build());
        spec.addOption(DrillArguments.budgetOption("What is allowed (what it was drilled for)."));
    }

    @Override
    public ExitCode run(ParseResult arguments) {
        Optional<Budget> budget = Optional.empty();
        if (arguments.hasMatchedOption("--budget")) {
            budget = new DrillArguments(console, Faults.known()).budget(arguments, "");
            if (budget.isEmpty()) {
                return ExitCode.USAGE;
            }
        }
        return DrillVerb.conclude(console, new RunDirectory(directory(arguments)), budget);
    }

    private static Path directory(ParseResult arguments) {
        String name = arguments.matchedPositionalValue(0, "");
        if (!name.isEmpty() && Files.isDirectory(Path.of(name))) {
            return Path.of(name);
        }
        SitePlace target = SiteLoader.load(arguments);
        Path runs = target.directory().root().resolve(Layout.RUNS);
        List<String> all = names(runs);
        if (name.isEmpty() && !all.isEmpty()) {
            return runs.resolve(all.getLast());
        }
        if (!all.contains(name)) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    name.isEmpty() ? "there is no run yet" : "there is no run '" + name + "'",
                    all.isEmpty() ? "no run in " + runs : "the runs are: " + String.join(" ", all),
                    "nothing was written",
                    all.isEmpty() ? "tandem drill" : "tandem report " + all.getLast());
        }
        return runs.resolve(name);
    }

    /// In the order of their times.
    private static List<String> names(Path runs) {
        try (Stream<Path> all = Files.list(runs)) {
            return all.map(path -> String.valueOf(path.getFileName()))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
