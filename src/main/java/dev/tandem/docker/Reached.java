package dev.tandem.docker;

/// Whether the engine of a machine can be reached.
public sealed interface Reached permits Tunnel, Reached.Direct, Unreachable {
    /// It can be asked as it is, without a tunnel of ours. Whether it answers is another question.
    ///
    /// @param runner the way to it
    record Direct(Runner runner) implements Reached {}
}
