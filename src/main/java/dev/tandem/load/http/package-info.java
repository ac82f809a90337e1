/// HTTP/1.1 and TLS as the generator speaks them: bytes there and back, strictly read, nothing
/// blocks.
@NullMarked
package dev.tandem.load.http;

import org.jspecify.annotations.NullMarked;
