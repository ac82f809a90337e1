/// From a snapshot to a judgement: what of a site is well, what is not, and why. Pure: `status`,
/// `up`, `doctor` and drills print what is found here, and find nothing of their own.
@NullMarked
package dev.tandem.health;

import org.jspecify.annotations.NullMarked;
