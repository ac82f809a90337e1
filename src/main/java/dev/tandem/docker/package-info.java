/// The only package that starts processes: the `docker` command, and the scripts in `setup/`.
///
/// A command is a value ({@link dev.tandem.docker.Command}), so that it can be shown, logged and
/// compared. Each has a deadline, and both of its output streams are drained while it runs. Using
/// the user's own `docker` command makes contexts and `ssh://` engines work without extra code.
@NullMarked
package dev.tandem.docker;

import org.jspecify.annotations.NullMarked;
