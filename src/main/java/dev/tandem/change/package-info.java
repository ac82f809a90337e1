/// Changes a site while it serves.
///
/// What is wanted and what is seen are compared by a pure {@link dev.tandem.change.plan.Planner};
/// its {@link dev.tandem.change.plan.Plan} is a text that is shown, logged and tested; an executor
/// carries it out without decisions of its own and writes down every step before and after.
/// Whatever happens in between, planning again from what is seen then leads to what is wanted: so
/// there is no separate way back from an interrupted change, and `up`, `apply` and `rollback` are
/// the same with other things wanted.
@NullMarked
package dev.tandem.change;

import org.jspecify.annotations.NullMarked;
