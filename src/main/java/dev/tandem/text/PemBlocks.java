package dev.tandem.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The blocks of a PEM file (RFC 7468), with whatever stands between them left out.
///
/// Read by hand because the JDK's reader of certificates stops at a private key in the same file,
/// and because it takes DER without complaint, which HAProxy does not.
public final class PemBlocks {
    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*+(?:-[^-]++)*+)-----END \\1-----");

    private PemBlocks() {}

    /// One block.
    ///
    /// @param label what it says that it is
    /// @param body the lines between, as they are
    public record Block(String label, String body) {
        /// Whether it can only be read with a passphrase.
        public boolean isEncrypted() {
            return label.equals("ENCRYPTED PRIVATE KEY") || body.contains("ENCRYPTED");
        }

        /// The bytes that the lines stand for; empty when they are no Base64.
        public Optional<byte[]> decode() {
            try {
                return Optional.of(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
    }

    /// All blocks, in the order of the file.
    public static List<Block> blocks(byte[] content) {
        Matcher matcher = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }
}
