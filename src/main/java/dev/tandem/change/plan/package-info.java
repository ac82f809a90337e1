/// Makes a plan from what is wanted and what is seen. Pure: no clock, no disk, no process, so a
/// test compares a plan as text.
@NullMarked
package dev.tandem.change.plan;

import org.jspecify.annotations.NullMarked;
