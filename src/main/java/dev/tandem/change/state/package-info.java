/// What a change leaves on disk: saved states, the journal, the history, orders, and the locks.
@NullMarked
package dev.tandem.change.state;

import org.jspecify.annotations.NullMarked;
