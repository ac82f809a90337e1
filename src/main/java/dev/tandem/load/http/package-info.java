/// HTTP/1.1 and TLS as the generator speaks them: bytes in both directions, strict reading, nothing
/// that blocks.
@NullMarked
package dev.tandem.load.http;

import org.jspecify.annotations.NullMarked;
