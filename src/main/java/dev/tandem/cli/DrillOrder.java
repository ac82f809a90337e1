package dev.tandem.cli;

import dev.tandem.drill.DrillPlan;
import dev.tandem.drill.fault.Change;
import dev.tandem.drill.fault.Deed;
import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.fault.Faults;
import dev.tandem.model.Budget;
import dev.tandem.model.BudgetReader;
import dev.tandem.model.BudgetReading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a drill should do, made from {@link DrillOptions}. If these make no sense, all problems are
/// reported at once.
///
/// @param deeds what to break, in this order; or one change
/// @param rounds how often
/// @param plan how
record DrillOrder(List<Deed> deeds, int rounds, DrillPlan plan) {
    /// The default budget of the sheet: no outage is longer.
    private static final String SHEET_BUDGET = "outage=1s";

    DrillOrder {
        deeds = List.copyOf(deeds);
    }

    /// The faults to cause: none for a change.
    List<Fault> faults() {
        return deeds.stream()
                .flatMap(one -> one instanceof Fault fault ? Stream.of(fault) : Stream.empty())
                .toList();
    }

    /// A copy with the budget of the site or pair, unless the command line has one. That budget is
    /// what a fault may cost: a change should still cost nothing.
    DrillOrder by(Optional<Budget> usual, DrillOptions asked) {
        boolean hasOwn = asked.budget().isPresent() || faults().isEmpty();
        return usual.isEmpty() || hasOwn
                ? this
                : new DrillOrder(deeds, rounds, plan.by(usual.get()));
    }

    /// What was asked for; empty when it makes no sense, which has then been reported.
    static Optional<DrillOrder> of(DrillOptions asked, SiteFile file, Console console) {
        return new Reader(console, Faults.known()).read(asked, file);
    }

    /// The given budget; empty when it cannot be read, which has then been reported.
    static Optional<Budget> budget(Console console, String text) {
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

    /// Reads the order from the command line.
    private record Reader(Console console, Faults faults) {
        Optional<DrillOrder> read(DrillOptions asked, SiteFile file) {
            Optional<List<Deed>> chosen = deeds(asked, file);
            Optional<Budget> budget =
                    budget(console, asked.budget().orElse(budgetOf(asked.faults())));
            int rate = asked.load().rate().orElse(200);
            int hold = asked.load().hold().orElse(5);
            int rounds = asked.load().rounds().orElse(1);
            // A list: each entry is checked, so that all problems are reported at once.
            List<Boolean> good =
                    List.of(
                            within("--rate", rate, DrillPlan.MOST),
                            within("--hold", hold, 600),
                            within("--repeat", rounds, 1000),
                            isPath("--websocket", asked.load().streams().webSocket()),
                            isPath("--events", asked.load().streams().events()),
                            isOneSubject(asked, file),
                            isOfASite(asked));
            if (chosen.isEmpty() || budget.isEmpty() || good.contains(false)) {
                return Optional.empty();
            }
            Duration around = Duration.ofSeconds(3);
            DrillPlan plan =
                    new DrillPlan(rate, around, Duration.ofSeconds(hold), around, budget.get())
                            .with(asked.load().streams());
            return Optional.of(new DrillOrder(chosen.get(), rounds, plan));
        }

        private Optional<List<Deed>> deeds(DrillOptions asked, SiteFile file) {
            if (ChangeOrder.isMeant(asked)) {
                Path directory = asked.pair().map(UserFiles::parent).orElseGet(file::base);
                return new ChangeOrder(console).of(asked, directory).map(List::of);
            }
            return chosen(asked.faults().isEmpty() ? DrillOptions.SHEET : asked.faults());
        }

        private static String budgetOf(List<String> named) {
            if (named.isEmpty()) {
                return SHEET_BUDGET;
            }
            return named.contains(Change.NAME) ? Change.BUDGET : "";
        }

        private boolean isOneSubject(DrillOptions asked, SiteFile file) {
            boolean isTwo = asked.pair().isPresent() && file.named();
            if (isTwo) {
                console.remark("tandem: --pair and --file: a drill runs on a pair or on a site");
                console.remark("  next:  leave one of them out");
            }
            return !isTwo;
        }

        private boolean isOfASite(DrillOptions asked) {
            boolean isPairs = asked.pair().isPresent() && asked.load().from().isPresent();
            if (isPairs) {
                console.remark("tandem: --from and --pair: a pair file names no machines");
                console.remark("  next:  leave one of them out");
            }
            return !isPairs;
        }

        private boolean within(String option, int value, int most) {
            boolean good = value >= 1 && value <= most;
            if (!good) {
                console.remark("tandem: %s %d: must be 1 to %d".formatted(option, value, most));
            }
            return good;
        }

        private boolean isPath(String option, Optional<String> path) {
            boolean good = path.isEmpty() || path.get().matches("/[!-~]{0,1000}");
            if (!good) {
                console.remark(
                        "tandem: %s %s: must be a path that begins with /"
                                .formatted(option, path.get()));
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
    }
}
