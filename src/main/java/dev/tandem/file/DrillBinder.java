package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.model.Budget;
import dev.tandem.model.BudgetReader;
import dev.tandem.model.BudgetReading;
import java.util.Optional;

/// Reads the section `drill`.
final class DrillBinder {
    private DrillBinder() {}

    static Optional<Budget> bind(Fields root) {
        return root.section(TimeKeys.DRILL)
                .optional(TimeKeys.DRILL_BUDGET, DrillBinder::budget)
                .map(Found::value);
    }

    private static Verdict<Budget> budget(String text) {
        return switch (BudgetReader.read(text)) {
            case BudgetReading.Good(Budget budget) -> new Fits<>(budget);
            case BudgetReading.Bad bad ->
                    new Unfit<>(
                            String.join("; ", bad.problems()),
                            "limits with commas between: lost=0, outage=500ms, p99=1s,"
                                    + " takeover=500ms");
        };
    }
}
