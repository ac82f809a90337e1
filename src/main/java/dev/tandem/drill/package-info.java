/// Breaks a pair on purpose, and makes it whole again.
///
/// A {@link dev.tandem.drill.fault.Fault} is a way to break something, with its heal in the same
/// file; {@link dev.tandem.drill.fault.Faults} lists them. It acts on a {@link
/// dev.tandem.drill.ground.Ground}. A fault is never called directly: an {@link
/// dev.tandem.drill.journal.Injection} records it in {@link dev.tandem.drill.journal.OpenFaults}
/// first and heals it in every case.
@NullMarked
package dev.tandem.drill;

import org.jspecify.annotations.NullMarked;
