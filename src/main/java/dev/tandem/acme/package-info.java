/// Certificates from a CA that gives them by itself (ACME, RFC 8555): when one is due, how it is
/// ordered, and what asks for it again without an operator.
@NullMarked
package dev.tandem.acme;

import org.jspecify.annotations.NullMarked;
