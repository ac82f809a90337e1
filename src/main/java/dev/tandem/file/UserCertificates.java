package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import dev.tandem.text.Pem;
import dev.tandem.text.Pem.Block;
import dev.tandem.text.Revocations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks the user's certificate and key files.
///
/// HAProxy would refuse the same files, but only once a container is started with them. Whether a
/// certificate has expired is not checked here: the answer changes with the clock, and the result
/// of reading a site file must not.
final class UserCertificates {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_ZERO = {0x02, 0x01, 0x00};

    private UserCertificates() {}

    /// The first certificate of a file whose certificates can all be read.
    static Verdict<X509Certificate> certificate(byte[] content) {
        return switch (all(content)) {
            case Fits<List<X509Certificate>>(List<X509Certificate> all) ->
                    new Fits<>(all.getFirst());
            case Unfit<List<X509Certificate>>(String message, String hint) ->
                    new Unfit<>(message, hint);
        };
    }

    /// All certificates of a file.
    static Verdict<List<X509Certificate>> all(byte[] content) {
        List<X509Certificate> all = new ArrayList<>();
        for (Block block : Pem.blocks(content)) {
            if (block.isCertificate()) {
                Optional<X509Certificate> one = block.certificate();
                if (one.isEmpty()) {
                    return new Unfit<>(
                            "certificate " + (all.size() + 1) + " in it cannot be read",
                            "compare with 'openssl x509 -in FILE -noout -text'");
                }
                all.add(one.get());
            }
        }
        return all.isEmpty()
                ? new Unfit<>(
                        "there is no PEM certificate in it",
                        "PEM begins with -----BEGIN CERTIFICATE-----; "
                                + "from DER: openssl x509 -inform der -in FILE")
                : new Fits<>(all);
    }

    /// The revocation lists of a file, which are those of all these CAs.
    static Verdict<List<X509CRL>> revocations(byte[] content, List<X509Certificate> authorities) {
        try {
            List<X509CRL> lists =
                    Revocations.in(new String(content, StandardCharsets.ISO_8859_1));
            return Revocations.without(authorities, lists)
                    .<Verdict<List<X509CRL>>>map(one ->
                            new Unfit<>(
                                    "no list in it is signed by the CA "
                                            + Visible.quoted(
                                                    one.getSubjectX500Principal().getName()),
                                    "with lists of some CAs alone, certificates of the others are"
                                            + " refused: add its list"))
                    .orElseGet(() -> new Fits<>(lists));
        } catch (Pem.Unreadable e) {
            return new Unfit<>(
                    String.valueOf(e.getMessage()),
                    "PEM begins with -----BEGIN X509 CRL-----; "
                            + "from DER: openssl crl -inform der -in FILE");
        }
    }

    /// The only private key of a file.
    static Verdict<Block> key(byte[] content) {
        List<Block> keys =
                Pem.blocks(content).stream()
                        .filter(block -> block.label().endsWith("PRIVATE KEY"))
                        .toList();
        if (keys.size() != 1) {
            return new Unfit<>(
                    keys.isEmpty()
                            ? "there is no PEM private key in it"
                            : "there are " + keys.size() + " private keys in it",
                    "PEM begins with -----BEGIN PRIVATE KEY-----, once");
        }
        return keys.getFirst().isEncrypted()
                ? new Unfit<>(
                        "the private key is encrypted",
                        "remove the passphrase: openssl pkey -in FILE -out NEW_FILE")
                : new Fits<>(keys.getFirst());
    }

    /// The same, provided that it belongs to the certificate.
    static Verdict<PrivateKey> key(byte[] content, X509Certificate certificate) {
        return switch (key(content)) {
            case Fits<Block>(Block block) -> belonging(block, certificate.getPublicKey());
            case Unfit<Block>(String message, String hint) -> new Unfit<>(message, hint);
        };
    }

    private static Verdict<PrivateKey> belonging(Block block, PublicKey publicKey) {
        Optional<PrivateKey> key =
                block.decode().flatMap(der -> parse(block.label(), der, publicKey));
        return key.isPresent() && Pem.fits(key.get(), publicKey)
                ? new Fits<>(key.get())
                : new Unfit<>(
                        "the private key does not belong to the certificate",
                        "compare 'openssl pkey -in KEY -pubout' with "
                                + "'openssl x509 -in CERTIFICATE -noout -pubkey'");
    }

    /// Reads PKCS#8, which the JDK knows, and OpenSSL's older formats for RSA (PKCS#1) and elliptic
    /// curves (SEC1). PKCS#8 wraps these and adds the algorithm, which must be that of the
    /// certificate if the key belongs to it.
    private static Optional<PrivateKey> parse(String label, byte[] der, PublicKey publicKey) {
        String algorithm = publicKey.getAlgorithm();
        return switch (label) {
            case "PRIVATE KEY" -> generate(algorithm, der);
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                    label.startsWith(algorithm + " ")
                            ? generate(algorithm, wrap(der, algorithmOf(publicKey)))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<PrivateKey> generate(String algorithm, byte[] pkcs8) {
        try {
            return Optional.of(
                    KeyFactory.getInstance(algorithm)
                            .generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    /// The AlgorithmIdentifier in a public key's SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7):
    /// the first element of the outer sequence.
    private static byte[] algorithmOf(PublicKey key) {
        ByteBuffer encoded = ByteBuffer.wrap(key.getEncoded());
        header(encoded);
        int start = encoded.position();
        int length = header(encoded);
        byte[] identifier = new byte[encoded.position() - start + length];
        encoded.get(start, identifier);
        return identifier;
    }

    /// Moves past a tag and a length in DER, and returns the length.
    private static int header(ByteBuffer der) {
        der.get();
        int first = der.get() & 0xff;
        int length = first < 0x80 ? first : 0;
        for (int left = first < 0x80 ? 0 : first & 0x7f; left > 0; left--) {
            length = (length << 8) | (der.get() & 0xff);
        }
        return length;
    }

    /// PrivateKeyInfo (RFC 5208, section 5): version, algorithm, key.
    private static byte[] wrap(byte[] key, byte[] algorithm) {
        byte[] octets = element(OCTET_STRING, key);
        ByteBuffer info =
                ByteBuffer.allocate(VERSION_ZERO.length + algorithm.length + octets.length);
        info.put(VERSION_ZERO).put(algorithm).put(octets);
        return element(SEQUENCE, info.array());
    }

    private static byte[] element(int tag, byte[] content) {
        return ByteBuffer.allocate(content.length + 6)
                .put((byte) tag)
                .put((byte) 0x84)
                .putInt(content.length)
                .put(content)
                .array();
    }
}
