/// The command line: one class per verb, the console, and the exit codes. The one place where an
/// exception becomes a message.
///
/// stdout is the answer, stderr is the rest: progress, problems, hints.
@NullMarked
package dev.tandem.cli;

import org.jspecify.annotations.NullMarked;
