/// Carries a plan out, step by step and without decisions of its own, and waits until each step is
/// true.
@NullMarked
package dev.tandem.change.carry;

import org.jspecify.annotations.NullMarked;
