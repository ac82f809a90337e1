package dev.tandem.docker;

/// Whether the engine of a machine can be reached.
public sealed interface Reached permits Tunnel, Unreachable {}
