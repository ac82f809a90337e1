package dev.tandem.cli;

import dev.tandem.change.carry.Force;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Function;

/// The options of every verb that changes a site.
///
/// @param patience how long a node may take for each step
/// @param force the safeguards that the operator overrides
public record ChangeOptions(Duration patience, Force force) {
    private static final int PATIENCE = 40;

    /// The defaults.
    static final ChangeOptions NONE =
            new ChangeOptions(Duration.ofSeconds(PATIENCE), new Force(false, false));

    static Function<Given, ChangeOptions> in(Options options) {
        Option<Boolean> force =
                options.flag(
                        "Goes ahead even if this breaks the site; says what will break.",
                        "--force");
        Option<Boolean> lock = takeLock(options);
        Option<OptionalInt> seconds =
                options.number(
                        "SECONDS",
                        "Time limit for each step on a node (" + PATIENCE + ").",
                        "--wait-timeout");
        return given ->
                new ChangeOptions(
                        Duration.ofSeconds(seconds.in(given).orElse(PATIENCE)),
                        new Force(force.in(given), lock.in(given)));
    }

    /// The option of every verb that locks the site.
    static Option<Boolean> takeLock(Options options) {
        return options.flag(
                "Takes over the lock of a change that is known to be dead.", "--take-lock");
    }

    /// The same for a verb that shows its plan and asks.
    ///
    /// @param agreed whether the answer was given on the command line
    public record Confirmed(boolean agreed, ChangeOptions change) {
        static Function<Given, Confirmed> in(Options options) {
            Option<Boolean> yes = options.flag("Does not ask for confirmation.", "-y", "--yes");
            Function<Given, ChangeOptions> change = ChangeOptions.in(options);
            return given -> new Confirmed(yes.in(given), change.apply(given));
        }
    }
}
