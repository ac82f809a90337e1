package dev.tandem.cli;

import dev.tandem.deploy.Target;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Nodes;
import dev.tandem.drill.Budget;
import dev.tandem.drill.BudgetReader;
import dev.tandem.drill.BudgetReading;
import dev.tandem.drill.DrillPlan;
import dev.tandem.drill.DrillResult;
import dev.tandem.drill.Drills;
import dev.tandem.drill.Fault;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.Faults;
import dev.tandem.drill.Ground;
import dev.tandem.drill.OpenFaults;
import dev.tandem.observe.Observer;
import dev.tandem.report.JsonReport;
import dev.tandem.report.JunitReport;
import dev.tandem.report.TextReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `tandem drill`: breaks the site on purpose, counts every request, and says what was lost.
public final class DrillVerb implements Verb {
    /// The customer's test sheet: a web server fails, the master fails.
    private static final List<String> SHEET = List.of("web-kill", "balancer-kill");

    private final Console console;
    private final Docker docker;
    private final Nodes nodes;
    private final Observer observer;
    private final LeftFaults left;
    private final InstantSource clock;
    private final Faults faults = Faults.known();

    public DrillVerb(
            Console console,
            Docker docker,
            Nodes nodes,
            Observer observer,
            LeftFaults left,
            InstantSource clock) {
        this.console = console;
        this.docker = docker;
        this.nodes = nodes;
        this.observer = observer;
        this.left = left;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "drill";
    }

    @Override
    public String summary() {
        return "Breaks the site on purpose, under load, and says what was lost.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(
                PositionalParamSpec.builder()
                        .arity("0..*")
                        .paramLabel("FAULT")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("What to break (" + String.join(" ", SHEET) + ").")
                        .build());
        spec.addOption(OptionSpec.builder("--list").description("Shows all faults.").build());
        spec.addOption(number("--rate", "N", "New requests per second (200)."));
        spec.addOption(number("--hold", "SECONDS", "How long a fault is there (5)."));
        spec.addOption(number("--repeat", "N", "How often each is injected (1)."));
        spec.addOption(
                OptionSpec.builder("--budget")
                        .paramLabel("LIMITS")
                        .type(String.class)
                        .description("What is allowed, such as lost=0,outage=500ms.")
                        .build());
        spec.addOption(
                OptionSpec.builder("-y", "--yes").description("Does not ask first.").build());
    }

    private static OptionSpec number(String name, String label, String text) {
        return OptionSpec.builder(name).paramLabel(label).type(int.class).description(text).build();
    }

    @Override
    public ExitCode run(ParseResult arguments) {
        if (arguments.hasMatchedOption("--list")) {
            faults.all().forEach(f -> console.answer("%-26s%s".formatted(f.name(), f.summary())));
            return ExitCode.OK;
        }
        Target target = SiteLoader.load(arguments);
        List<String> names = arguments.matchedPositionalValue(0, SHEET);
        Optional<List<Fault>> chosen = chosen(names);
        Optional<DrillPlan> plan = plan(arguments);
        if (chosen.isEmpty() || plan.isEmpty()) {
            return ExitCode.USAGE;
        }
        left.heal(target);
        OpenFaults journal = left.journal(target);
        Ground ground = Ground.of(target.site(), nodes);
        if (!agreed(arguments, chosen.get(), ground)) {
            console.remark("Nothing was broken. To go ahead without a question: --yes");
            return ExitCode.REFUSED;
        }
        int rounds = arguments.matchedOptionValue("--repeat", 1);
        return drill(target, journal, ground, new Order(chosen.get(), rounds, plan.get()));
    }

    /// What was asked for.
    private record Order(List<Fault> chosen, int rounds, DrillPlan plan) {}

    private ExitCode drill(Target target, OpenFaults journal, Ground ground, Order order) {
        Path tls = target.directory().tls();
        Drills drills = new Drills(target.site(), tls, docker, observer, journal, console);
        String run =
                DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(clock.instant());
        Path directory = target.directory().root().resolve("runs").resolve(run);
        List<FaultResult> results = new ArrayList<>();
        try {
            Files.createDirectories(directory);
            for (int round = 1; round <= order.rounds(); round++) {
                for (Fault fault : order.chosen()) {
                    Path file = directory.resolve(fault.name() + "-" + round + ".history");
                    results.add(drills.run(fault, round, ground, order.plan(), file));
                }
            }
            DrillResult result =
                    new DrillResult(run, target.site().name(), order.plan().budget(), results);
            Files.writeString(directory.resolve("report.json"), JsonReport.of(result));
            Files.writeString(directory.resolve("junit.xml"), JunitReport.of(result));
            console.answer(TextReport.of(result));
            console.remark("The requests, one line each, and the reports: " + directory);
            return switch (result.verdict()) {
                case PASSED -> ExitCode.OK;
                case FAILED -> ExitCode.NO;
                case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<List<Fault>> chosen(List<String> names) {
        List<Fault> chosen = new ArrayList<>();
        for (String name : names) {
            Optional<Fault> fault = faults.named(name);
            if (fault.isEmpty()) {
                console.remark("tandem: no fault '" + name + "'");
                faults.closest(name)
                        .ifPresent(near -> console.remark("  did you mean '" + near + "'?"));
                console.remark("  next:  tandem drill --list");
                return Optional.empty();
            }
            chosen.add(fault.get());
        }
        return Optional.of(chosen);
    }

    private Optional<DrillPlan> plan(ParseResult arguments) {
        int rate = arguments.matchedOptionValue("--rate", 200);
        int hold = arguments.matchedOptionValue("--hold", 5);
        int rounds = arguments.matchedOptionValue("--repeat", 1);
        if (rate < 1 || rate > DrillPlan.MOST || hold < 1 || hold > 600 || rounds < 1) {
            console.remark("tandem: out of range: rate 1 to 5000, hold 1 to 600, repeat from 1");
            return Optional.empty();
        }
        String text = arguments.matchedOptionValue("--budget", "");
        Duration around = Duration.ofSeconds(3);
        return budget(text)
                .map(b -> new DrillPlan(rate, around, Duration.ofSeconds(hold), around, b));
    }

    private Optional<Budget> budget(String text) {
        if (text.isEmpty()) {
            return Optional.of(Budget.NONE);
        }
        return switch (BudgetReader.read(text)) {
            case BudgetReading.Good good -> Optional.of(good.budget());
            case BudgetReading.Bad bad -> {
                bad.problems().forEach(problem -> console.remark("tandem: --budget: " + problem));
                yield Optional.empty();
            }
        };
    }

    private boolean agreed(ParseResult arguments, List<Fault> chosen, Ground ground) {
        if (arguments.hasMatchedOption("--yes")) {
            return true;
        }
        chosen.forEach(fault -> console.remark("  " + fault.name() + ": " + fault.what(ground)));
        return console.asks("This breaks site " + ground.site() + " for a while. Go ahead?");
    }
}
