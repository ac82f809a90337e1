package dev.tandem.load;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// What the body of a good answer must be. Bodies are not kept: length and CRC-32C are compared.
public sealed interface BodyCheck {
    /// Any body will do.
    record Anything() implements BodyCheck {}

    /// Always the same bytes.
    ///
    /// @param length how many
    /// @param crc their CRC-32C
    record Fixed(long length, long crc) implements BodyCheck {}

    /// The id of the request and nothing else. It finds an answer that went to the wrong client.
    record Echo() implements BodyCheck {}

    /// Exactly these bytes.
    static BodyCheck exactly(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return new Fixed(body.length, crc.getValue());
    }

    /// Whether a body of this length and CRC-32C answers the request of this id.
    default boolean accepts(String id, long length, long crc) {
        return switch (this) {
            case Anything() -> true;
            case Fixed(long fixedLength, long fixedCrc) -> length == fixedLength && crc == fixedCrc;
            case Echo() -> exactly(id.getBytes(StandardCharsets.US_ASCII)).accepts(id, length, crc);
        };
    }
}
