/// From the bytes of a YAML file to a tree whose nodes know their place, and problems that show it.
/// It knows no key of its own: what a file may hold is given to it.
@NullMarked
package dev.tandem.file.yaml;

import org.jspecify.annotations.NullMarked;
