/// From the observations of a site to a judgement: what it lacks ({@link dev.tandem.health.Lack}),
/// where it differs from its file ({@link dev.tandem.health.Drift}), and its picture. Pure: all
/// output about a site's health prints these results and adds no judgement of its own.
///
/// What is wanted and what is seen are compared by {@link dev.tandem.change.plan}, so a status can
/// never say that all is in step while a plan has something to do.
@NullMarked
package dev.tandem.health;

import org.jspecify.annotations.NullMarked;
