/// Completion and manual pages of a small program, as texts.
@NullMarked
package dev.tandem.manual;

import org.jspecify.annotations.NullMarked;
