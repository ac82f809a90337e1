package dev.tandem.cli;

import dev.tandem.drill.DrillPlan;
import dev.tandem.drill.fault.Change;
import dev.tandem.drill.fault.Deed;
import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.fault.Faults;
import dev.tandem.model.Budget;
import dev.tandem.model.BudgetReader;
import dev.tandem.model.BudgetReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// What the user of `tandem drill` may ask for, and what he did ask for.
final class DrillArguments {
    /// The customer's test sheet: a web server is down, the master is down; each stopped in order,
    /// and as if its power had failed.
    private static final List<String> SHEET =
            List.of("web-stop", "web-kill", "balancer-stop", "balancer-kill");

    /// What the sheet allows when nothing is said: nobody is without an answer for longer.
    private static final String SHEET_BUDGET = "outage=1s";

    private final Console console;
    private final Faults faults;

    DrillArguments(Console console, Faults faults) {
        this.console = console;
        this.faults = faults;
    }

    /// What is to be done.
    ///
    /// @param deeds what to break, in this order; or one change
    /// @param rounds how often
    /// @param plan how
    record Order(List<Deed> deeds, int rounds, DrillPlan plan) {
        Order {
            deeds = List.copyOf(deeds);
        }

        /// What is to be broken: nothing by a change.
        List<Fault> faults() {
            return deeds.stream()
                    .flatMap(one -> one instanceof Fault fault ? Stream.of(fault) : Stream.empty())
                    .toList();
        }

        /// The same by the budget of what is drilled, unless the command line has one. That is what
        /// a fault may cost: a change should cost nothing all the same.
        Order by(Optional<Budget> usual, ParseResult arguments) {
            boolean hasOwn = arguments.hasMatchedOption("--budget") || faults().isEmpty();
            return usual.isEmpty() || hasOwn
                    ? this
                    : new Order(deeds, rounds, plan.by(usual.get()));
        }
    }

    static void describe(CommandSpec spec) {
        spec.addPositional(
                PositionalParamSpec.builder()
                        .arity("0..*")
                        .paramLabel("FAULT")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("What to break (" + String.join(" ", SHEET) + "), or: change.")
                        .build());
        spec.addOption(OptionSpec.builder("--list").description("Shows all faults.").build());
        ChangeArguments.describe(spec);
        spec.addOption(text("--pair", "FILE", "Drills a pair that Tandem did not build."));
        spec.addOption(number("--rate", "N", "New requests per second (200)."));
        spec.addOption(number("--hold", "SECONDS", "How long a fault is there (5)."));
        spec.addOption(number("--repeat", "N", "How often each is done (1)."));
        spec.addOption(budgetOption("What is allowed, such as lost=0,outage=500ms."));
        spec.addOption(
                OptionSpec.builder("-y", "--yes").description("Does not ask first.").build());
    }

    static OptionSpec budgetOption(String text) {
        return text("--budget", "LIMITS", text);
    }

    static OptionSpec text(String name, String label, String text) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(text)
                .build();
    }

    static OptionSpec number(String name, String label, String text) {
        return OptionSpec.builder(name).paramLabel(label).type(int.class).description(text).build();
    }

    /// What was asked for; empty when it makes no sense, which was said then.
    Optional<Order> order(ParseResult arguments) {
        List<String> named = arguments.matchedPositionalValue(0, List.of());
        Optional<List<Deed>> chosen = deeds(named, arguments);
        Optional<Budget> budget = budget(arguments, budgetOf(named));
        int rate = arguments.matchedOptionValue("--rate", 200);
        int hold = arguments.matchedOptionValue("--hold", 5);
        int rounds = arguments.matchedOptionValue("--repeat", 1);
        // A list: each of them is looked at, so that all is said at once.
        List<Boolean> good =
                List.of(
                        within("--rate", rate, DrillPlan.MOST),
                        within("--hold", hold, 600),
                        within("--repeat", rounds, 1000),
                        isOneSubject(arguments));
        if (chosen.isEmpty() || budget.isEmpty() || good.contains(false)) {
            return Optional.empty();
        }
        Duration around = Duration.ofSeconds(3);
        DrillPlan plan =
                new DrillPlan(rate, around, Duration.ofSeconds(hold), around, budget.get());
        return Optional.of(new Order(chosen.get(), rounds, plan));
    }

    private Optional<List<Deed>> deeds(List<String> named, ParseResult arguments) {
        return ChangeArguments.areMeant(named, arguments)
                ? new ChangeArguments(console).change(named, arguments).map(List::of)
                : chosen(named.isEmpty() ? SHEET : named);
    }

    private static String budgetOf(List<String> named) {
        if (named.isEmpty()) {
            return SHEET_BUDGET;
        }
        return named.contains(Change.NAME) ? Change.BUDGET : "";
    }

    private boolean isOneSubject(ParseResult arguments) {
        boolean isTwo =
                arguments.hasMatchedOption("--pair") && arguments.hasMatchedOption("--file");
        if (isTwo) {
            console.remark("tandem: --pair and --file: a drill is of a pair or of a site");
            console.remark("  next:  leave one of them out");
        }
        return !isTwo;
    }

    private boolean within(String option, int value, int most) {
        boolean good = value >= 1 && value <= most;
        if (!good) {
            console.remark("tandem: %s %d: must be 1 to %d".formatted(option, value, most));
        }
        return good;
    }

    private Optional<List<Deed>> chosen(List<String> names) {
        List<Deed> chosen = new ArrayList<>();
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

    /// The budget that was given, or else this one; empty when it cannot be read.
    Optional<Budget> budget(ParseResult arguments, String otherwise) {
        String text = arguments.matchedOptionValue("--budget", otherwise);
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
}
