/// From what was looked up of a site to a judgement: what it lacks ({@link
/// dev.tandem.health.Lack}), where it differs from its file ({@link dev.tandem.health.Drift}), and
/// its picture. Pure: whoever prints how a site is prints what is found here, and finds nothing of
/// his own.
///
/// What is wanted and what is seen are compared by {@link dev.tandem.change.plan}: a status that
/// says that all is in step and a plan that has something to do cannot both be right.
@NullMarked
package dev.tandem.health;

import org.jspecify.annotations.NullMarked;
