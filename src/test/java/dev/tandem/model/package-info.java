/// Input of a single line: budgets, and words that are almost right.
@NullMarked
package dev.tandem.model;

import org.jspecify.annotations.NullMarked;
