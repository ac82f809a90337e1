package dev.tandem.file;

import dev.tandem.file.yaml.Spot;

/// A value that has been checked, and where it came from.
///
/// The place is kept so that a later check, which compares it with others, can still point at it. A
/// default has the place of the key above it.
record Found<T>(T value, Spot spot) {}
