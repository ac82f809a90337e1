package dev.tandem.drill;

import dev.tandem.drill.fault.Faults;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Estimate;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.model.Budget;
import dev.tandem.model.Site;
import dev.tandem.text.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Warns where a site's times add up to more than its own budget allows: a drill of that fault at
/// the worst moment would fail. Only formulas with a sum are compared; the drill measures the rest.
public final class BudgetWarnings {
    private BudgetWarnings() {}

    /// One line for each fault and limit; none if the site has no budget.
    public static List<String> of(Site site) {
        List<String> warnings = new ArrayList<>();
        site.budget()
                .ifPresent(budget -> {
                    Costs costs = Costs.of(site);
                    Faults.known()
                            .all()
                            .forEach(fault -> compare(fault.cost(costs), budget, warnings));
                });
        return warnings;
    }

    private static void compare(Prediction prediction, Budget budget, List<String> warnings) {
        String fault = prediction.fault();
        over(Optional.of(prediction.answered()), budget.outage())
                .ifPresent(sum -> warnings.add(line("outage", budget.outage(), fault, sum)));
        over(prediction.moved(), budget.takeover())
                .ifPresent(sum -> warnings.add(line("takeover", budget.takeover(), fault, sum)));
    }

    private static Optional<String> over(Optional<Estimate> estimate, Optional<Duration> most) {
        return estimate.isPresent()
                        && estimate.get() instanceof Estimate.Within(Duration sum, String formula)
                        && most.isPresent()
                        && sum.compareTo(most.get()) > 0
                ? Optional.of(formula)
                : Optional.empty();
    }

    private static String line(String limit, Optional<Duration> most, String fault, String sum) {
        return "drill.budget: %s=%s may not be kept by %s: %s"
                .formatted(limit, most.map(Seconds::text).orElse("").replace(" ", ""), fault, sum);
    }
}
