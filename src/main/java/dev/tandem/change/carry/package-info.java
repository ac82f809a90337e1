/// Carries out a plan, step by step and without decisions of its own, and waits until each step has
/// succeeded.
@NullMarked
package dev.tandem.change.carry;

import org.jspecify.annotations.NullMarked;
