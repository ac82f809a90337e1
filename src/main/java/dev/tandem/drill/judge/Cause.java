package dev.tandem.drill.judge;

import java.util.List;

/// Where what was measured comes from: a fault that was injected and healed, or commands that an
/// operator ran.
public sealed interface Cause {
    /// A fault.
    record Broken() implements Cause {}

    /// A change.
    ///
    /// @param commands those that were run, in their order
    /// @param output what they said: the file `command.log`
    record Changed(List<CommandRun> commands, String output) implements Cause {
        public Changed {
            commands = List.copyOf(commands);
        }
    }
}
