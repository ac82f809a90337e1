/// Tests of the findings about a machine or a site.
@NullMarked
package dev.tandem.doctor;

import org.jspecify.annotations.NullMarked;
