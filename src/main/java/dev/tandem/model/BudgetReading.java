package dev.tandem.model;

import java.util.List;

/// The result of reading a budget: the budget, or everything that is wrong with its text.
public sealed interface BudgetReading {

    /// A budget.
    record Good(Budget budget) implements BudgetReading {}

    /// All problems, in the order of the text: at least one.
    record Bad(List<String> problems) implements BudgetReading {
        public Bad {
            problems = List.copyOf(problems);
        }
    }
}
