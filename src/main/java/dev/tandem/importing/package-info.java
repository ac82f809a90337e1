/// Reads the haproxy.cfg and keepalived.conf of a pair that is there, and writes the site file that
/// does the same. Whatever a site file cannot say is listed with its line and a reason: no line is
/// dropped without a word.
@NullMarked
package dev.tandem.importing;

import org.jspecify.annotations.NullMarked;
