package dev.tandem.house.wrong.docker;

/// Breaks no rule: it stands for what the root makes, and nobody else may.
public final class Processes {}
