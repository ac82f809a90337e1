/// Tests of what is wrong with a machine or a site.
@NullMarked
package dev.tandem.doctor;

import org.jspecify.annotations.NullMarked;
