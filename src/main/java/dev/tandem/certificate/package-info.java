/// The certificates of a site, in its directory `tls/`: supplied by the user, or made and renewed
/// here.
@NullMarked
package dev.tandem.certificate;

import org.jspecify.annotations.NullMarked;
