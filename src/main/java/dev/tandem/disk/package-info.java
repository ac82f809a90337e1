/// Files, written so that nobody else decides where the bytes go: the one place where the program
/// opens a file for writing.
@NullMarked
package dev.tandem.disk;

import org.jspecify.annotations.NullMarked;
