/// What faults act on: a site that Tandem built or a pair that it did not, with its nodes and
/// programs.
@NullMarked
package dev.tandem.drill.ground;

import org.jspecify.annotations.NullMarked;
