/// One snapshot of the world: which containers there are, what each balancer knows, who answers for
/// the VIP, and what the host's network looks like.
///
/// Queries are made at the edge ({@link dev.tandem.observe.Observer}, {@link
/// dev.tandem.observe.HostReader}); parsing the answers is pure. What could not be found out has
/// its own value, unknown, and never counts as good.
@NullMarked
package dev.tandem.observe;

import org.jspecify.annotations.NullMarked;
