/// The journal of open faults: written before anything is broken, so that any later call can heal
/// it.
@NullMarked
package dev.tandem.drill.journal;

import org.jspecify.annotations.NullMarked;
