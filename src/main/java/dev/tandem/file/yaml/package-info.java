/// From the bytes of a YAML file to a tree whose nodes know their place, and problems that show it.
/// It knows no keys itself: what a file may contain is passed to it.
@NullMarked
package dev.tandem.file.yaml;

import org.jspecify.annotations.NullMarked;
