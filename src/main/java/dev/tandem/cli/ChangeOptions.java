package dev.tandem.cli;

import dev.tandem.change.carry.Away;
import dev.tandem.change.carry.Force;
import dev.tandem.change.carry.WaitLimits;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/// The options of every verb that changes a site.
///
/// @param limits how long it may take
/// @param force the safeguards that the operator overrides
public record ChangeOptions(WaitLimits limits, Force force) {
    static Function<Given, ChangeOptions> in(Options options) {
        return in(options, _ -> WaitLimits.USUAL.watch());
    }

    /// The same for a change of the whole site, with which a balancer gets a new configuration.
    static Function<Given, ChangeOptions> ofSite(Options options) {
        Function<Given, Duration> watch =
                seconds(
                        options,
                        "Time for which requests are watched once a changed balancer has the VIP",
                        WaitLimits.USUAL.watch(),
                        "--watch-time");
        return in(options, watch);
    }

    private static Function<Given, ChangeOptions> in(
            Options options, Function<Given, Duration> watch) {
        Option<Boolean> force =
                options.flag(
                        "Goes ahead even if this breaks the site; says what will break.",
                        "--force");
        Option<Boolean> lock = takeLock(options);
        Function<Given, Duration> step =
                seconds(
                        options,
                        "Time limit for each step on a node",
                        WaitLimits.USUAL.step(),
                        "--wait-timeout");
        Function<Given, Away> away = away(options);
        return given ->
                new ChangeOptions(
                        new WaitLimits(step.apply(given), watch.apply(given)),
                        new Force(force.in(given), lock.in(given), away.apply(given)));
    }

    private static Function<Given, Duration> seconds(
            Options options, String what, Duration usual, String name) {
        Option<OptionalInt> seconds =
                options.number("SECONDS", what + " (" + usual.toSeconds() + ").", name);
        return given ->
                seconds.in(given).stream().mapToObj(Duration::ofSeconds).findFirst().orElse(usual);
    }

    /// The options of every verb that needs all machines of the site.
    static Function<Given, Away> away(Options options) {
        Option<List<String>> without =
                options.texts(
                        "--without",
                        "MACHINE",
                        "Does without a machine that does not answer and will come back.");
        Option<List<String>> gone =
                options.texts(
                        "--gone",
                        "MACHINE",
                        "Does not ask a machine that the site leaves, and that stays off.");
        return given -> new Away(without.in(given), gone.in(given));
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
            Function<Given, ChangeOptions> change = ChangeOptions.ofSite(options);
            return given -> new Confirmed(yes.in(given), change.apply(given));
        }
    }
}
