/// Expected texts in files below `src/test/golden`, whole or as the difference from another text.
@NullMarked
package dev.tandem.golden;

import org.jspecify.annotations.NullMarked;
