/// What a drill leaves behind, and what follows from it: the nodes' own logs, the moments of the
/// drill, and from both the {@link dev.tandem.evidence.Timeline} and the {@link
/// dev.tandem.evidence.Ledger}.
///
/// Pure, and without an opinion: the judge decides whether what happened is good. So a later
/// program can read an old run again and see more in the same logs.
@NullMarked
package dev.tandem.evidence;

import org.jspecify.annotations.NullMarked;
