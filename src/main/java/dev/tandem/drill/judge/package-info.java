/// Judges what was recorded. Pure: the same records and the same budget give the same judgement.
@NullMarked
package dev.tandem.drill.judge;

import org.jspecify.annotations.NullMarked;
