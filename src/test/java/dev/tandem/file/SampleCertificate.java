package dev.tandem.file;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;

/// Certificates and keys for tests, made on demand: there are none in the repository.
///
/// @param keys the key pair
/// @param certificate a self-signed certificate
record SampleCertificate(KeyPair keys, X509CertificateHolder certificate) {
    static SampleCertificate rsa() {
        return make("RSA", "SHA256withRSA");
    }

    static SampleCertificate ec() {
        return make("EC", "SHA256withECDSA");
    }

    static SampleCertificate ed25519() {
        return make("Ed25519", "Ed25519");
    }

    private static SampleCertificate make(String algorithm, String signature) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            switch (algorithm) {
                case "RSA" -> generator.initialize(2048);
                case "EC" -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                default -> {}
            }
            KeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=www.example.org");
            return new SampleCertificate(
                    keys,
                    new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(Instant.parse("2024-01-01T00:00:00Z")),
                                    Date.from(Instant.parse("2034-01-01T00:00:00Z")),
                                    name,
                                    keys.getPublic())
                            .build(
                                    new JcaContentSignerBuilder(signature)
                                            .build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException failure) {
            throw new AssertionError(failure);
        }
    }

    /// The certificate as PEM.
    String certificatePem() {
        return pem(certificate);
    }

    /// The key as PKCS#8: BEGIN PRIVATE KEY.
    String pkcs8() {
        try {
            return pem(new JcaPKCS8Generator(keys.getPrivate(), null));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The key in OpenSSL's older format: BEGIN RSA PRIVATE KEY, BEGIN EC PRIVATE KEY.
    String traditional() {
        return pem(keys.getPrivate());
    }

    /// The certificate before Base64 encoding.
    byte[] der() {
        try {
            return certificate.getEncoded();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// A list of what it has revoked, as a CA: nothing.
    String revokes() {
        try {
            return pem(
                    new X509v2CRLBuilder(
                                    certificate.getSubject(),
                                    Date.from(Instant.parse("2024-01-01T00:00:00Z")))
                            .build(
                                    new JcaContentSignerBuilder("SHA256withRSA")
                                            .build(keys.getPrivate())));
        } catch (OperatorCreationException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(
                    object instanceof PemObjectGenerator generator
                            ? generator
                            : new JcaMiscPEMGenerator(object));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return text.toString();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
