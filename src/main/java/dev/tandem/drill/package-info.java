/// Breaks a pair on purpose, and makes it whole again.
///
/// A {@link dev.tandem.drill.fault.Fault} is a way to break something, with its heal in the same
/// file; {@link dev.tandem.drill.fault.Faults} lists them. What it acts on is a {@link
/// dev.tandem.drill.ground.Ground}. Nobody calls a fault directly: an {@link
/// dev.tandem.drill.journal.Injection} writes it down in {@link
/// dev.tandem.drill.journal.OpenFaults} first and heals it in every case.
@NullMarked
package dev.tandem.drill;

import org.jspecify.annotations.NullMarked;
