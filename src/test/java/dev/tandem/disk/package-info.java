/// Tests of what writes files.
@NullMarked
package dev.tandem.disk;

import org.jspecify.annotations.NullMarked;
