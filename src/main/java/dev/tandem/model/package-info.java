/// What the user asks for: a {@link Site} and its parts, as records without behaviour of their own.
///
/// A {@link Pair} is one that somebody else built. {@link Suggestion} is here because whoever reads
/// what a user wrote may need it.
///
/// Everything else reads the model; the model reads nothing. A record here is always complete:
/// defaults have been filled in and every value has been checked by the reader of the site file, so
/// that no other package asks "what if it is missing".
@NullMarked
package dev.tandem.model;

import org.jspecify.annotations.NullMarked;
