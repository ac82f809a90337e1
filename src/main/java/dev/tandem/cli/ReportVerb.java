package dev.tandem.cli;

import dev.tandem.drill.DrillResult;
import dev.tandem.model.Budget;
import dev.tandem.model.Stop;
import dev.tandem.render.Layout;
import dev.tandem.report.JsonReport;
import dev.tandem.report.RunDirectory;
import dev.tandem.report.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// `tandem report`: judges an earlier drill again, from its records, and rewrites its reports.
public final class ReportVerb implements Verb<ReportVerb.Asked> {
    private final Console console;

    /// The options.
    ///
    /// @param run its name or its directory; empty: the last one
    /// @param budget what is allowed; empty: the budget of the drill
    /// @param json whether the answer is for a program
    public record Asked(Optional<String> run, Optional<String> budget, boolean json) {}

    public ReportVerb(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String summary() {
        return "Judges an earlier drill again, by its own budget or another.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Optional<String>> run =
                options.optionalArgument("RUN", "Name or directory of the run (the last one).");
        Option<Optional<String>> budget =
                DrillOptions.budget(options, "What may be lost (the budget of the drill).");
        Option<Boolean> json = Json.option(options);
        return given -> new Asked(run.in(given), budget.in(given), json.in(given));
    }

    @Override
    public ExitCode run(Asked asked, SiteFile file) {
        Optional<Budget> budget = Optional.empty();
        if (asked.budget().isPresent()) {
            budget = DrillOrder.budget(console, asked.budget().get());
            if (budget.isEmpty()) {
                return ExitCode.USAGE;
            }
        }
        Function<DrillResult, String> form = asked.json() ? JsonReport::of : TextReport::of;
        RunDirectory run = new RunDirectory(directory(asked.run().orElse(""), file));
        return DrillVerb.conclude(console, run, budget, form);
    }

    private Path directory(String name, SiteFile file) {
        if (!name.isEmpty() && Files.isDirectory(Path.of(name))) {
            return Path.of(name);
        }
        Path runs =
                GivenSite.orApplied(file, console).place().directory().root().resolve(Layout.RUNS);
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

    /// In chronological order.
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
