/// The load generator: it sends requests at times fixed in advance and keeps one record of each,
/// whatever its outcome.
///
/// A program that measures must not help what it measures. A client that waits for an answer before
/// it sends the next request sends the fewest where the most is lost (coordinated omission); one
/// that retries hides the loss. So the schedule is fixed here ({@link LoadPlan}), lateness counts
/// from the planned time, nothing is retried, and the generator reports how well it kept its own
/// schedule ({@link Punctuality}). One thread with a selector handles the plain connections,
/// another the TLS ones, so that a handshake delays no plain request; records leave through a
/// third.
@NullMarked
package dev.tandem.load;

import org.jspecify.annotations.NullMarked;
