package dev.tandem.cli;

import dev.tandem.cli.DrillSubjects.Drilled;
import dev.tandem.docker.Runner;
import dev.tandem.drill.Circumstances;
import dev.tandem.drill.DrillPlan;
import dev.tandem.drill.DrillResult;
import dev.tandem.drill.DrillResult.Circumstance;
import dev.tandem.drill.Drills;
import dev.tandem.drill.Obstacles;
import dev.tandem.drill.Subject;
import dev.tandem.drill.fault.Change;
import dev.tandem.drill.fault.Deed;
import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.fault.Faults;
import dev.tandem.model.Budget;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.render.Layout;
import dev.tandem.report.JsonReport;
import dev.tandem.report.RunDirectory;
import dev.tandem.report.TextReport;
import dev.tandem.text.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// `tandem drill`: breaks a pair on purpose, or changes it as its operator would, counts every
/// request, and reports what was lost.
public final class DrillVerb implements Verb<DrillOptions> {
    private final Console console;
    private final Runner runner;
    private final DrillSubjects subjects;
    private final InstantSource clock;

    public DrillVerb(Console console, Runner runner, DrillSubjects subjects, InstantSource clock) {
        this.console = console;
        this.runner = runner;
        this.subjects = subjects;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "drill";
    }

    @Override
    public String summary() {
        return "Breaks the site on purpose, under load, and reports what was lost.";
    }

    @Override
    public Function<Given, DrillOptions> options(Options options) {
        return DrillOptions.in(options);
    }

    @Override
    public List<String> candidates(Supplier<Site> site) {
        return Stream.concat(
                        Faults.known().all().stream().flatMap(fault -> fault.words().stream()),
                        Stream.of(Change.NAME))
                .toList();
    }

    @Override
    public ExitCode run(DrillOptions asked, SiteFile file) {
        if (asked.list()) {
            list(asked.json());
            return ExitCode.OK;
        }
        Optional<DrillOrder> order = DrillOrder.of(asked, file, console);
        if (order.isEmpty()) {
            return ExitCode.USAGE;
        }
        Optional<String> from = asked.load().from();
        List<String> wrong = from.map(name -> subjects.notAMachine(name, file)).orElse(List.of());
        if (!wrong.isEmpty()) {
            wrong.forEach(console::remark);
            return ExitCode.USAGE;
        }
        Drilled drilled = subjects.of(asked.pair(), file, from);
        DrillOrder wanted = order.get().by(drilled.budget(), asked);
        Subject subject = drilled.subject();
        Obstacles.check(wanted.faults(), subject.ground(), from);
        RunDirectory run;
        try (LoadFrom load = LoadFrom.of(from, subject)) {
            if (!agreed(asked, wanted, subject)) {
                console.remark("Nothing was broken. To go ahead without the question: --yes");
                return ExitCode.REFUSED;
            }
            run = drill(drilled, wanted, load);
        }
        Function<DrillResult, String> form = asked.json() ? JsonReport::of : TextReport::of;
        return conclude(console, run, Optional.empty(), form);
    }

    private void list(boolean json) {
        List<Fault> all = Faults.known().all();
        if (json) {
            console.answer(
                    Json.object(out ->
                            Json.objects(
                                    out,
                                    "faults",
                                    all,
                                    fault -> {
                                        out.writeStringField("name", fault.name());
                                        out.writeStringField("summary", fault.summary());
                                    })));
            return;
        }
        Table table = new Table("FAULT", "WHAT");
        all.forEach(fault -> table.row(fault.name(), fault.summary()));
        console.answer(table.toString());
        console.remark("There is also: tandem drill change --run 'COMMAND'");
    }

    private RunDirectory drill(Drilled drilled, DrillOrder order, LoadFrom load) {
        Drills.Tools tools = new Drills.Tools(drilled.docker(), runner, load.source());
        Drills drills = new Drills(drilled.subject(), tools, drilled.journal(), console, clock);
        RunDirectory directory = begin(drilled, order, load);
        for (int round = 1; round <= order.rounds(); round++) {
            for (Deed deed : order.deeds()) {
                Path recording = directory.recording(deed.name(), round);
                drills.run(deed, round, order.plan(), recording);
            }
        }
        return directory;
    }

    private RunDirectory begin(Drilled drilled, DrillOrder order, LoadFrom load) {
        Subject subject = drilled.subject();
        Path runs = drilled.root().resolve(Layout.RUNS);
        Instant now = clock.instant();
        List<Circumstance> circumstances = new ArrayList<>();
        circumstances.add(new Circumstance("begun", now.toString()));
        circumstances.add(new Circumstance("load", load(order)));
        load.words().ifPresent(one -> circumstances.add(new Circumstance(DrillResult.FROM, one)));
        order.deeds().forEach(deed -> circumstances.addAll(commands(deed)));
        circumstances.addAll(Circumstances.of(subject.ground(), drilled.docker()));
        drilled.clocks().forEach(one -> circumstances.add(new Circumstance("clock", one)));
        List<String> recordings = new ArrayList<>();
        try {
            RunDirectory directory = RunDirectory.create(runs, now);
            for (int round = 1; round <= order.rounds(); round++) {
                for (Deed deed : order.deeds()) {
                    Path recording = directory.recording(deed.name(), round);
                    recordings.add(String.valueOf(recording.getFileName()));
                }
            }
            directory.begin(
                    new RunDirectory.Head(
                            subject.name(), order.plan().budget(), circumstances, recordings));
            return directory;
        } catch (IOException e) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "cannot start recording in " + runs,
                    e.toString(),
                    "nothing was broken",
                    "df -h " + runs.resolveSibling("."));
        }
    }

    private static String load(DrillOrder order) {
        DrillPlan plan = order.plan();
        String done = order.faults().isEmpty() ? "the change" : seconds(plan.hold()) + " broken";
        return "%d requests/s, %s before, %s, %s after"
                .formatted(plan.rate(), seconds(plan.before()), done, seconds(plan.after()));
    }

    private static List<Circumstance> commands(Deed deed) {
        return switch (deed) {
            case Fault _ -> List.of();
            case Change change -> {
                String all = String.join("; ", change.commands()).replaceAll("\\s+", " ");
                yield List.of(new Circumstance("commands", all));
            }
        };
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }

    /// Judges a run, writes its reports, and shows it.
    ///
    /// @param budget a budget to use instead of that of the run
    /// @param form how it is shown
    static ExitCode conclude(
            Console console,
            RunDirectory directory,
            Optional<Budget> budget,
            Function<DrillResult, String> form) {
        try {
            DrillResult result = directory.judged(budget);
            directory.write(result);
            console.answer(form.apply(result));
            console.remark("Report, recordings, logs: " + directory.root());
            return switch (result.verdict()) {
                case PASSED -> ExitCode.OK;
                case FAILED -> ExitCode.NO;
                case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
            };
        } catch (IOException e) {
            throw new Stop(
                    Stop.Kind.INCONCLUSIVE,
                    "the run cannot be judged",
                    e.toString(),
                    "no fault is open; what was recorded is in " + directory.root(),
                    "ls -l " + directory.root());
        }
    }

    /// Typing the commands of a change counts as agreement.
    private boolean agreed(DrillOptions asked, DrillOrder order, Subject subject) {
        if (asked.agreed() || order.faults().isEmpty()) {
            return true;
        }
        order.faults()
                .forEach(f -> console.remark("  " + f.name() + ": " + f.what(subject.ground())));
        return console.asks("This breaks " + subject.name() + " for a while. Go ahead?");
    }
}
