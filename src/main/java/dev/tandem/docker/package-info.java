/// The only package that starts processes: the `docker` command, and the scripts in `setup/`.
///
/// A command is a value ({@link dev.tandem.docker.Command}), so that it can be shown, logged and
/// compared. Every one has a deadline, and both of its output streams are drained while it runs.
/// Going through the user's own `docker` gives contexts and `ssh://` engines for nothing.
@NullMarked
package dev.tandem.docker;

import org.jspecify.annotations.NullMarked;
