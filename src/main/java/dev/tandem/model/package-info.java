/// What the user asks for: a {@link Site} and its parts, as records without behaviour of their own.
///
/// A {@link Pair} is a site that Tandem did not build. {@link Suggestion} is here because
/// everything that reads user input may need it.
///
/// Everything else reads the model; the model reads nothing. A record here is always complete:
/// defaults have been filled in and every value has been checked by the reader of the site file, so
/// no other package has to ask "what if it is missing".
@NullMarked
package dev.tandem.model;

import org.jspecify.annotations.NullMarked;
