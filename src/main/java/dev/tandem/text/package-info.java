/// The ground floor: forms of text that several rooms need, each once: durations in seconds,
/// tables, PEM, HAProxy's CSV, and where long work says what it does. It knows nothing of sites.
@NullMarked
package dev.tandem.text;

import org.jspecify.annotations.NullMarked;
