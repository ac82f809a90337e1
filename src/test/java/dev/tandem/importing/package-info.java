/// Tests of imports.
@NullMarked
package dev.tandem.importing;

import org.jspecify.annotations.NullMarked;
