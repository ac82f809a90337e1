/// What a user sees: the real `tandem`, the real `docker`, the real `curl`, on real containers.
///
/// Every class brings up a site of its own, with subnets that nobody else has, so that the tests
/// run beside the default site and beside each other.
@NullMarked
package dev.tandem.scenario;

import org.jspecify.annotations.NullMarked;
