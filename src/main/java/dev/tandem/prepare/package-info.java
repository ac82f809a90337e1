/// Makes the next state of a site aside: looks at the machine, builds images, renders and has the
/// real programs judge what was rendered. It changes nothing that runs.
@NullMarked
package dev.tandem.prepare;

import org.jspecify.annotations.NullMarked;
