/// Breaking and healing: the bookkeeping with faults written by hand, and every fault of Tandem's
/// on a real site.
@NullMarked
package dev.tandem.drill;

import org.jspecify.annotations.NullMarked;
