/// Changes a site while it serves.
///
/// What is wanted and what is seen are compared by a pure {@link dev.tandem.change.plan.Planner};
/// its {@link dev.tandem.change.plan.Plan} is a text that is shown, logged and tested; an executor
/// carries it out without decisions of its own and writes down every step before and after.
/// Whatever happens in between, planning again from what is then seen leads to what is wanted. So
/// an interrupted change needs no separate recovery, and `up`, `apply` and `rollback` differ only
/// in what is wanted.
@NullMarked
package dev.tandem.change;

import org.jspecify.annotations.NullMarked;
