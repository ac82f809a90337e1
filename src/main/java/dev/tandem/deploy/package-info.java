/// Brings a machine to what the site file asks for: planners that decide, purely, from what is
/// wanted and what was seen; and one executor that does, without decisions of its own.
@NullMarked
package dev.tandem.deploy;

import org.jspecify.annotations.NullMarked;
