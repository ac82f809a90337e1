/// The load generator: it sends requests at times that were fixed beforehand and keeps one record
/// of each, whatever became of it.
///
/// A program that measures must not help what it measures. A client that waits for an answer before
/// it sends the next request sends fewest where most is lost (coordinated omission); one that
/// retries hides the loss. So here the schedule is fixed ({@link LoadPlan}), lateness counts from
/// the planned time, nothing is retried, and the generator shows how well it kept its own schedule
/// ({@link Punctuality}). One thread with a selector works the plain connections, another the TLS
/// ones, so that a handshake delays no plain request; records leave through a third.
@NullMarked
package dev.tandem.load;

import org.jspecify.annotations.NullMarked;
