package dev.tandem.render;

import dev.tandem.file.Surroundings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// What the site files of cases refer to: every directory exists, and every `.pem` and `.key` holds
/// the same certificate and its key, and what it has revoked, made when the tests run, and every
/// `.html` a page.
final class CaseSurroundings implements Surroundings {
    private static final byte[] PEM = pem();

    /// Their password is "secret".
    private static final String USERS =
            """
            anna:$5$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM.
            ben:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a
            """;

    @Override
    public boolean isDirectory(String path) {
        return true;
    }

    @Override
    public Optional<byte[]> read(String path) {
        if (path.endsWith(".token")) {
            return Optional.of("0a1b2c3d\n".getBytes(StandardCharsets.US_ASCII));
        }
        if (path.endsWith(".login")) {
            return Optional.of("ops@example.com:a b:c\n".getBytes(StandardCharsets.US_ASCII));
        }
        if (path.endsWith(".sh")) {
            return Optional.of("#!/bin/sh\ncat\n".getBytes(StandardCharsets.US_ASCII));
        }
        if (path.endsWith(".html") || path.endsWith(".json")) {
            return Optional.of("\"Sorry\"\n".getBytes(StandardCharsets.UTF_8));
        }
        if (path.endsWith("htpasswd")) {
            return Optional.of(USERS.getBytes(StandardCharsets.UTF_8));
        }
        return path.endsWith(".key") || path.endsWith(".pem") || path.endsWith(".crl")
                ? Optional.of(PEM.clone())
                : Optional.empty();
    }

    private static byte[] pem() {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            writer.writeObject(new PemObject("CERTIFICATE", certificate(keys).getEncoded()));
            writer.writeObject(new PemObject("X509 CRL", revokes(keys)));
            writer.writeObject(new JcaPKCS8Generator(keys.getPrivate(), null).generate());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException | OperatorCreationException failure) {
            throw new AssertionError(failure);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] revokes(KeyPair keys) throws IOException, OperatorCreationException {
        return new X509v2CRLBuilder(
                        new X500Name("CN=www.example.org"),
                        Date.from(Instant.parse("2024-01-01T00:00:00Z")))
                .build(new JcaContentSignerBuilder("Ed25519").build(keys.getPrivate()))
                .getEncoded();
    }

    private static X509CertificateHolder certificate(KeyPair keys)
            throws OperatorCreationException {
        X500Name name = new X500Name("CN=www.example.org");
        return new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(Instant.parse("2024-01-01T00:00:00Z")),
                        Date.from(Instant.parse("2034-01-01T00:00:00Z")),
                        name,
                        keys.getPublic())
                .build(new JcaContentSignerBuilder("Ed25519").build(keys.getPrivate()));
    }
}
