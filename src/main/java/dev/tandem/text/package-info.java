/// The ground floor: text formats that several rooms share: durations in seconds, tables, PEM,
/// HAProxy's CSV, and where long work reports its progress. It knows nothing about sites.
@NullMarked
package dev.tandem.text;

import org.jspecify.annotations.NullMarked;
