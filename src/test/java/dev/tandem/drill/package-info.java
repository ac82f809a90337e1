/// Breaking and healing: the bookkeeping with hand-written faults, and all of Tandem's faults on a
/// real site.
@NullMarked
package dev.tandem.drill;

import org.jspecify.annotations.NullMarked;
