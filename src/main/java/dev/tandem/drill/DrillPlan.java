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
/// @param streams where something stays open for long, for the faults that this concerns
public record DrillPlan(
        int rate,
        Duration before,
        Duration hold,
        Duration after,
        Budget budget,
        StreamPaths streams) {
    /// The highest rate that the generator can keep up on two cores.
    public static final int MOST = 5000;

    /// Without the path of anything that stays open.
    public DrillPlan(int rate, Duration before, Duration hold, Duration after, Budget budget) {
        this(rate, before, hold, after, budget, StreamPaths.UNNAMED);
    }

    /// The same with these paths.
    public DrillPlan with(StreamPaths paths) {
        return new DrillPlan(rate, before, hold, after, budget, paths);
    }

    /// The same with another budget.
    public DrillPlan by(Budget other) {
        return new DrillPlan(rate, before, hold, after, other, streams);
    }
}
