/// The result of a drill, as text for a terminal, as a page for a browser, as JSON for programs, as
/// JUnit XML for CI: all from the same {@link dev.tandem.drill.DrillResult}, and always the same
/// bytes for the same result.
@NullMarked
package dev.tandem.report;

import org.jspecify.annotations.NullMarked;
