package dev.tandem.evidence;

import java.time.Instant;

/// A line that a node logged.
///
/// @param node which node
/// @param at when it was logged, by the clock of its machine
/// @param text without its time
public record Said(String node, Instant at, String text) {}
