/// What faults act on: a site of ours or a pair that somebody else built, its nodes and programs.
@NullMarked
package dev.tandem.drill.ground;

import org.jspecify.annotations.NullMarked;
