/// Ways to break something, each with its heal in the same file; and an operator's own change.
@NullMarked
package dev.tandem.drill.fault;

import org.jspecify.annotations.NullMarked;
