package dev.tandem.text;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads and writes PEM (RFC 7468): its blocks, without the text between them, and the certificates
/// in those blocks.
///
/// It is parsed here because the JDK's reader of certificates stops at a private key in the same
/// file, and because it takes DER without complaint, which HAProxy does not.
public final class Pem {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*+(?:-[^-]++)*+)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /// The kind of a SubjectAltName that is a hostname (RFC 5280, section 4.2.1.6).
    private static final Integer DNS_NAME = 2;

    private static final Map<Two, Boolean> TRIED = new ConcurrentHashMap<>();

    private Pem() {}

    /// The text is not valid. The message continues a sentence that begins with "FILE: ".
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unreadable(String message) {
            super(message);
        }
    }

    /// One block.
    ///
    /// @param label what the block says it is
    /// @param body the lines in between, unchanged
    public record Block(String label, String body) {
        /// Whether it is a certificate, going by its label.
        public boolean isCertificate() {
            return label.equals(CERTIFICATE);
        }

        /// Whether a passphrase is needed to read it.
        public boolean isEncrypted() {
            return label.equals("ENCRYPTED PRIVATE KEY") || body.contains("ENCRYPTED");
        }

        /// The decoded bytes; empty when the lines are not valid Base64.
        public Optional<byte[]> decode() {
            try {
                return Optional.of(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }

        /// The certificate; empty when the block is not one.
        public Optional<X509Certificate> certificate() {
            try {
                CertificateFactory factory = CertificateFactory.getInstance("X.509");
                byte[] der = decode().orElse(new byte[0]);
                return Optional.of(
                        (X509Certificate)
                                factory.generateCertificate(new ByteArrayInputStream(der)));
            } catch (GeneralSecurityException | RuntimeException _) {
                // Whatever a parser throws for broken bytes, they are not a certificate.
                return Optional.empty();
            }
        }
    }

    /// All blocks, in the order of the text.
    public static List<Block> blocks(String text) {
        Matcher matcher = BLOCK.matcher(text);
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    /// All blocks of a file. PEM is ASCII; any other bytes are kept as they are.
    public static List<Block> blocks(byte[] content) {
        return blocks(new String(content, StandardCharsets.ISO_8859_1));
    }

    /// All certificates of a text, in their order; everything else in it is skipped.
    public static List<X509Certificate> certificates(String text) throws Unreadable {
        List<X509Certificate> found = new ArrayList<>();
        for (Block block : blocks(text)) {
            if (block.isCertificate()) {
                found.add(
                        block.certificate()
                                .orElseThrow(() ->
                                        new Unreadable(
                                                "it holds a certificate that cannot be read")));
            }
        }
        if (found.isEmpty()) {
            throw new Unreadable("there is no certificate in it (" + begin(CERTIFICATE) + ")");
        }
        return found;
    }

    /// The hostnames that a certificate is for, in small letters and in its order.
    public static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(name -> name.getFirst().equals(DNS_NAME))
                            .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /// The PEM form of certificates, one after the other.
    public static String text(List<X509Certificate> certificates) {
        try {
            StringBuilder all = new StringBuilder();
            for (X509Certificate certificate : certificates) {
                all.append(block(CERTIFICATE, certificate.getEncoded()));
            }
            return all.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read or made has bytes", e);
        }
    }

    /// The PEM form of a key: PKCS#8.
    public static String text(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    /// One block.
    static String block(String label, byte[] content) {
        String lines = LINES.encodeToString(content);
        return begin(label) + "\n" + lines + "\n-----END " + label + "-----\n";
    }

    private static String begin(String label) {
        return "-----BEGIN " + label + "-----";
    }

    /// Whether two keys belong together: what one signs, the other verifies. A command asks this of
    /// the same two several times, and they are tried once.
    public static boolean fits(PrivateKey key, PublicKey publicKey) {
        return TRIED.computeIfAbsent(new Two(key, publicKey), Pem::belongTogether);
    }

    /// Two keys that may belong together.
    private record Two(PrivateKey key, PublicKey publicKey) {}

    private static boolean belongTogether(Two keys) {
        byte[] something = "Do these two belong together?".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm(keys.publicKey()));
            signature.initSign(keys.key());
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(keys.publicKey());
            signature.update(something);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false; // keys of different kinds
        }
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA", "DSA" -> "SHA256with" + key.getAlgorithm();
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm(); // Ed25519 is its own
        };
    }
}
