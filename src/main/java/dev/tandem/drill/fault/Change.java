package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.predict.Estimate;
import dev.tandem.drill.predict.Prediction;
import java.nio.file.Path;
import java.util.List;

/// An operator's own change, as shell commands: a reload, a switchover, a new web server. It breaks
/// nothing on purpose, so clients should not notice it.
///
/// @param commands run one after the other, until one does not end as expected
/// @param expected the exit code that the last one must end with; those before it must end with 0
/// @param directory the directory they run in
public record Change(List<String> commands, int expected, Path directory) implements Deed {
    /// Its name.
    public static final String NAME = "change";

    /// The limits that apply by default.
    public static final String BUDGET = "lost=0";

    /// No formula: whatever the change, every request should be answered.
    public static final Prediction PREDICTION =
            Prediction.moves(
                    NAME,
                    new Estimate.Unbroken("an operator's change should lose nothing: 0 lost"),
                    new Estimate.Unknown("whether the VIP moves depends on the commands"));

    public Change {
        commands = List.copyOf(commands);
        if (commands.isEmpty()) {
            throw new IllegalArgumentException("no command");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String what(Ground ground) {
        return String.join("; ", commands);
    }

    /// The exit code expected of the command at this position.
    public int expected(int place) {
        return place == commands.size() - 1 ? expected : 0;
    }
}
