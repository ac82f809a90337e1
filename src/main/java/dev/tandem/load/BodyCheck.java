package dev.tandem.load;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// The expected body of a good answer. Bodies are not kept: length and CRC-32C are compared.
public sealed interface BodyCheck {
    /// Any body will do.
    record Anything() implements BodyCheck {}

    /// Always the same bytes.
    ///
    /// @param length their number
    /// @param crc their CRC-32C
    record Fixed(long length, long crc) implements BodyCheck {}

    /// The id of the request and nothing else. Detects an answer that went to the wrong client.
    record Echo() implements BodyCheck {}

    /// Exactly these bytes.
    static BodyCheck exactly(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return new Fixed(body.length, crc.getValue());
    }

    /// Whether a body with this length and CRC-32C is right for the request with this id.
    default boolean accepts(String id, long length, long crc) {
        return switch (this) {
            case Anything() -> true;
            case Fixed(long fixedLength, long fixedCrc) -> length == fixedLength && crc == fixedCrc;
            case Echo() -> exactly(id.getBytes(StandardCharsets.US_ASCII)).accepts(id, length, crc);
        };
    }
}
