package dev.tandem.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/// PEM text to certificates and keys, and back (RFC 7468). Reads keys in every form that OpenSSL
/// writes without a passphrase: PKCS#8, PKCS#1 (RSA) and SEC1 (EC); writes PKCS#8.
final class Pem {
    private Pem() {}

    /// The text is not what it should be. The message goes on where "FILE: " ended.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /// All certificates of a text, in their order; everything else in it is passed over.
    static List<X509Certificate> certificates(String text) throws Unreadable {
        List<X509Certificate> found = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(text))) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemObject block = reader.readPemObject();
                    block != null;
                    block = reader.readPemObject()) {
                if (block.getType().equals("CERTIFICATE")) {
                    var bytes = new ByteArrayInputStream(block.getContent());
                    found.add((X509Certificate) factory.generateCertificate(bytes));
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Whatever a parser throws at broken bytes, the file is what is wrong.
            throw new Unreadable("it holds a certificate that cannot be read");
        }
        if (found.isEmpty()) {
            throw new Unreadable("there is no certificate in it (-----BEGIN CERTIFICATE-----)");
        }
        return found;
    }

    /// The first private key of a text.
    static PrivateKey key(String text) throws Unreadable {
        Optional<PrivateKeyInfo> found;
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            found = firstKey(parser);
            if (found.isPresent()) {
                return new JcaPEMKeyConverter().getPrivateKey(found.get());
            }
        } catch (IOException | RuntimeException e) {
            // As above. The cause may quote the key, so it is not passed on.
            throw new Unreadable("it holds a key that cannot be read");
        }
        throw new Unreadable("there is no private key in it (-----BEGIN PRIVATE KEY-----)");
    }

    private static Optional<PrivateKeyInfo> firstKey(PEMParser parser)
            throws IOException, Unreadable {
        for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
            switch (block) {
                case PrivateKeyInfo info -> {
                    return Optional.of(info);
                }
                case PEMKeyPair pair -> {
                    return Optional.of(pair.getPrivateKeyInfo());
                }
                case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                        throw new Unreadable("its key has a passphrase, which nobody can type in");
                default -> {
                    // EC PARAMETERS before an EC key, or the certificate in the same file
                }
            }
        }
        return Optional.empty();
    }

    /// The PEM form of certificates, one after the other.
    static String text(List<X509Certificate> certificates) {
        try {
            StringBuilder all = new StringBuilder();
            for (X509Certificate certificate : certificates) {
                all.append(block("CERTIFICATE", certificate.getEncoded()));
            }
            return all.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read or made has bytes", e);
        }
    }

    /// The PEM form of a key: PKCS#8.
    static String text(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    private static String block(String type, byte[] content) {
        StringWriter out = new StringWriter();
        try (PemWriter writer = new PemWriter(out)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toString();
    }

    /// Whether key and certificate belong together: what one signs, the other verifies.
    static boolean fits(PrivateKey key, X509Certificate certificate) {
        byte[] something = "Do these two belong together?".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(something);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // keys of different kinds
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm(); // Ed25519 is its own
        };
    }
}
