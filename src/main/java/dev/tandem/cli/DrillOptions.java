package dev.tandem.cli;

import dev.tandem.drill.StreamPaths;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// The options of `tandem drill`, as typed. {@link DrillOrder} decides whether they make sense.
///
/// @param list whether the faults are only listed
/// @param faults what to break, by name
/// @param change the user's own commands
/// @param pair the file of a pair that Tandem did not build; empty: the site is drilled
/// @param load how the drill is run
/// @param budget what is allowed
/// @param agreed whether it begins without asking
/// @param json whether the answer is for a program
public record DrillOptions(
        boolean list,
        List<String> faults,
        OfChange change,
        Optional<String> pair,
        Load load,
        Optional<String> budget,
        boolean agreed,
        boolean json) {
    /// The customer's test sheet: a web server is down, the master is down; each stopped cleanly,
    /// and as if its power had failed.
    static final List<String> SHEET =
            List.of("web-stop", "web-kill", "balancer-stop", "balancer-kill");

    public DrillOptions {
        faults = List.copyOf(faults);
    }

    /// Commands that are run under load.
    ///
    /// @param commands the commands, each for a shell
    /// @param exit the expected exit code of the last one
    public record OfChange(List<String> commands, OptionalInt exit) {
        public OfChange {
            commands = List.copyOf(commands);
        }

        /// Whether a change was asked for.
        boolean isMeant() {
            return !commands.isEmpty() || exit.isPresent();
        }
    }

    /// How a drill is run.
    ///
    /// @param rate new requests per second
    /// @param hold how many seconds a fault lasts
    /// @param rounds how often each fault is repeated
    /// @param streams where something stays open for long
    /// @param from the machine of the site that sends the requests; empty: this one
    public record Load(
            OptionalInt rate,
            OptionalInt hold,
            OptionalInt rounds,
            StreamPaths streams,
            Optional<String> from) {
        /// From here, and without the path of anything that stays open.
        public Load(OptionalInt rate, OptionalInt hold, OptionalInt rounds) {
            this(rate, hold, rounds, StreamPaths.UNNAMED, Optional.empty());
        }
    }

    static Function<Given, DrillOptions> in(Options options) {
        Option<List<String>> faults =
                options.arguments(
                        "FAULT", "What to break (" + String.join(" ", SHEET) + "), or: change.");
        Option<Boolean> list = options.flag("Lists all faults.", "--list");
        Function<Given, OfChange> change = change(options);
        Option<Optional<String>> pair =
                options.text("FILE", "Drills a pair that Tandem did not build.", "--pair");
        Function<Given, Load> load = load(options);
        Option<Optional<String>> budget =
                budget(options, "What may be lost, such as lost=0,outage=500ms.");
        Option<Boolean> yes = options.flag("Does not ask for confirmation.", "-y", "--yes");
        Option<Boolean> json = Json.option(options);
        return given ->
                new DrillOptions(
                        list.in(given),
                        faults.in(given),
                        change.apply(given),
                        pair.in(given),
                        load.apply(given),
                        budget.in(given),
                        yes.in(given),
                        json.in(given));
    }

    private static Function<Given, OfChange> change(Options options) {
        Option<List<String>> commands =
                options.texts(
                        "--run",
                        "COMMAND",
                        "With change: a shell command; several run one after the other.");
        Option<OptionalInt> exit =
                options.number(
                        "N",
                        "With change: expected exit code of the last command (0).",
                        "--expect-exit");
        return given -> new OfChange(commands.in(given), exit.in(given));
    }

    private static Function<Given, Load> load(Options options) {
        Option<OptionalInt> rate = options.number("N", "New requests per second (200).", "--rate");
        Option<OptionalInt> hold =
                options.number("SECONDS", "How long each fault lasts (5).", "--hold");
        Option<OptionalInt> rounds =
                options.number("N", "How many times each fault is run (1).", "--repeat");
        Option<Optional<String>> from =
                options.text("MACHINE", "Sends the requests from a machine of the site.", "--from");
        Option<Optional<String>> webSocket =
                options.text("PATH", "With web-busy: where a WebSocket is.", "--websocket");
        Option<Optional<String>> events =
                options.text("PATH", "With web-busy: where a stream of events is.", "--events");
        return given ->
                new Load(
                        rate.in(given),
                        hold.in(given),
                        rounds.in(given),
                        new StreamPaths(webSocket.in(given), events.in(given)),
                        from.in(given));
    }

    /// The option of every verb that judges a drill.
    static Option<Optional<String>> budget(Options options, String description) {
        return options.text("LIMITS", description, "--budget");
    }
}
