/// Tandem: a front door that does not fall over. See docs/architecture.md for the house.
@NullMarked
package dev.tandem;

import org.jspecify.annotations.NullMarked;
