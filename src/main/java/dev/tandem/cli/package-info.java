/// The command line: one class per verb, the console, and the exit codes. The only place where an
/// exception becomes a message.
///
/// stdout carries the answer, stderr everything else: progress, problems, hints.
@NullMarked
package dev.tandem.cli;

import org.jspecify.annotations.NullMarked;
