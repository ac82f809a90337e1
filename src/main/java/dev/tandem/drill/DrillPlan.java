package dev.tandem.drill;

import dev.tandem.model.Budget;
import java.time.Duration;

/// How drills are run.
///
/// @param rate new requests per second, 1 to 5000
/// @param before how long the site runs well before the fault
/// @param hold how long the fault lasts
/// @param after how long requests continue once the site is well again
/// @param budget the limits
public record DrillPlan(int rate, Duration before, Duration hold, Duration after, Budget budget) {
    /// The highest rate that the generator can keep up on two cores.
    public static final int MOST = 5000;

    /// The same with another budget.
    public DrillPlan by(Budget other) {
        return new DrillPlan(rate, before, hold, after, other);
    }
}
