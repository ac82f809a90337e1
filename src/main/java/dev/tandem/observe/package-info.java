/// One snapshot of the world: what the containers are, what each balancer knows, who answers for
/// the VIP, and what the host's network looks like.
///
/// Asking is done at the edge ({@link dev.tandem.observe.Observer}, {@link
/// dev.tandem.observe.HostReader}); understanding the answers is pure. What could not be found out
/// is a value of its own, unknown, and never counts as good.
@NullMarked
package dev.tandem.observe;

import org.jspecify.annotations.NullMarked;
