/// What a fault should cost, from the site file alone: sums of times, printed with their terms.
@NullMarked
package dev.tandem.drill.predict;

import org.jspecify.annotations.NullMarked;
