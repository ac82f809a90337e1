package dev.tandem.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Random;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// PEM is written as other libraries write it, and read whatever text surrounds it.
class PemTest {
    /// A key of which only the bytes matter.
    private static final class Bytes implements PrivateKey {
        private static final long serialVersionUID = 1L;

        private final byte[] content;

        Bytes(byte[] content) {
            this.content = content.clone();
        }

        @Override
        public String getAlgorithm() {
            return "none";
        }

        @Override
        public String getFormat() {
            return "PKCS#8";
        }

        @Override
        public byte[] getEncoded() {
            return content;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 47, 48, 49, 96, 138, 1217})
    void a_block_is_written_as_another_library_writes_it(int length) throws IOException {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        StringWriter theirs = new StringWriter();
        try (PemWriter writer = new PemWriter(theirs)) {
            writer.writeObject(new PemObject("PRIVATE KEY", content));
        }

        String ours = Pem.text(new Bytes(content));

        assertThat(ours).isEqualTo(theirs.toString());
        assertThat(Pem.blocks("Bag Attributes\n" + ours.replace("\n", "\r\n") + "the end"))
                .singleElement()
                .satisfies(block -> {
                    assertThat(block.label()).isEqualTo("PRIVATE KEY");
                    assertThat(block.isCertificate()).isFalse();
                    assertThat(block.decode()).contains(content);
                });
    }

    @Test
    void a_text_without_a_certificate_says_so() {
        String key = Pem.text(new Bytes(new byte[3]));
        assertThatExceptionOfType(Pem.Unreadable.class)
                .isThrownBy(() -> Pem.certificates(key))
                .withMessage("there is no certificate in it (-----BEGIN CERTIFICATE-----)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "no Base64!", "MIIB"})
    void a_broken_certificate_is_not_skipped(String body) {
        String text = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        assertThatExceptionOfType(Pem.Unreadable.class)
                .isThrownBy(() -> Pem.certificates(text))
                .withMessage("it holds a certificate that cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519", "DSA"})
    void a_key_matches_its_own_public_key_and_no_other(String kind)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        if (kind.equals("RSA") || kind.equals("DSA")) {
            generator.initialize(1024); // the usual length takes seconds
        }
        KeyPair one = generator.generateKeyPair();
        KeyPair other = generator.generateKeyPair();
        KeyPair ofAnotherKind =
                KeyPairGenerator.getInstance(kind.equals("EC") ? "Ed25519" : "EC")
                        .generateKeyPair();

        assertThat(Pem.fits(one.getPrivate(), one.getPublic())).isTrue();
        assertThat(Pem.fits(one.getPrivate(), other.getPublic())).isFalse();
        assertThat(Pem.fits(one.getPrivate(), ofAnotherKind.getPublic())).isFalse();
    }
}
