/// Prepares the next state of a site: looks at the machine, builds images, renders, and has the
/// real programs judge the result. It changes nothing that is running.
@NullMarked
package dev.tandem.prepare;

import org.jspecify.annotations.NullMarked;
