package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Ground;

/// What a drill does to its subject while requests are counted: it breaks something and heals it
/// ({@link Fault}), or it runs an operator's own commands ({@link Change}).
///
/// They are two kinds because a change has no heal: its effects are meant to stay. So it has no
/// entry in the journal of open faults, and nothing is undone when a drill is killed.
public sealed interface Deed permits Fault, Change {
    /// Its name on the command line and in reports: `web-kill`, `change`.
    String name();

    /// What it will do here, as a command that one could type.
    String what(Ground ground);
}
