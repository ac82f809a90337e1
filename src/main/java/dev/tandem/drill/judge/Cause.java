package dev.tandem.drill.judge;

import java.util.List;

/// The cause of what was measured: a fault that was injected and healed, or commands that an
/// operator ran.
public sealed interface Cause {
    /// A fault.
    record Broken() implements Cause {}

    /// A change.
    ///
    /// @param commands the commands that ran, in order
    /// @param output their output: the file `command.log`
    record Changed(List<CommandRun> commands, String output) implements Cause {
        public Changed {
            commands = List.copyOf(commands);
        }
    }
}
