/// What a drill leaves behind, and what follows from it: the nodes' own logs, the moments of the
/// drill, and out of both the {@link dev.tandem.evidence.Timeline} and the {@link
/// dev.tandem.evidence.Ledger}.
///
/// Pure, and without an opinion: whether what happened is good is for the judge to say. So an old
/// run can be read again by a later program, which sees more in the same logs.
@NullMarked
package dev.tandem.evidence;

import org.jspecify.annotations.NullMarked;
