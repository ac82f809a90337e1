package dev.tandem.certificate;

import dev.tandem.text.Pem;
import java.io.IOException;
import java.io.StringReader;
import java.security.PrivateKey;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/// Reads private keys in every form that OpenSSL writes without a passphrase: PKCS#8, PKCS#1 (RSA)
/// and SEC1 (EC).
final class PrivateKeys {
    private PrivateKeys() {}

    /// The first private key of a PEM text.
    static PrivateKey first(String text) throws Pem.Unreadable {
        Optional<PrivateKeyInfo> found;
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            found = first(parser);
            if (found.isPresent()) {
                return new JcaPEMKeyConverter().getPrivateKey(found.get());
            }
        } catch (IOException | RuntimeException e) {
            // Whatever a parser throws for broken bytes, the file is what is wrong. The cause may
            // quote the key, so it is not passed on.
            throw new Pem.Unreadable("it holds a key that cannot be read");
        }
        throw new Pem.Unreadable("there is no private key in it (-----BEGIN PRIVATE KEY-----)");
    }

    private static Optional<PrivateKeyInfo> first(PEMParser parser)
            throws IOException, Pem.Unreadable {
        for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
            switch (block) {
                case PrivateKeyInfo info -> {
                    return Optional.of(info);
                }
                case PEMKeyPair pair -> {
                    return Optional.of(pair.getPrivateKeyInfo());
                }
                case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                        throw new Pem.Unreadable(
                                "its key has a passphrase, and nobody is there to type it");
                default -> {
                    // EC PARAMETERS before an EC key, or the certificate in the same file
                }
            }
        }
        return Optional.empty();
    }
}
