/// Tests of what is decided without a CA; with one: `AcmeTest`.
@NullMarked
package dev.tandem.acme;

import org.jspecify.annotations.NullMarked;
