/// The house's own rules, each as a test: who may use whom, what is pure, and how code is kept
/// tidy.
@NullMarked
package dev.tandem.house;

import org.jspecify.annotations.NullMarked;
