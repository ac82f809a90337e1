package dev.tandem.certificate;

import dev.tandem.text.Pem;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;

/// The key of an account at a CA, on the curve P-256. Its file says the thumbprint in clear beside
/// the key, so that whoever renders or compares need not load a provider of cryptography.
final class AccountKey {
    private static final String CURVE = "secp256r1";
    private static final int COORDINATE = 32;
    private static final Pattern SAYS =
            Pattern.compile("^thumbprint: ([-_A-Za-z0-9]{43})$", Pattern.MULTILINE);
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private AccountKey() {}

    /// The text of the file of a new key.
    static String made(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), random);
            KeyPair pair = generator.generateKeyPair();
            String says = "thumbprint: " + thumbprint((ECPublicKey) pair.getPublic()) + "\n";
            return "# The key of this site's account at a CA (tls.acme). Made by Tandem.\n"
                    + says
                    + Pem.text(pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /// The thumbprint that such a text says; empty when it is no such text.
    static Optional<String> thumbprint(String text) {
        Matcher matcher = SAYS.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// The key itself, with its public half, which PKCS#8 leaves out.
    static KeyPair read(String text) throws Pem.Unreadable {
        PrivateKey key = PrivateKeys.first(text);
        if (!(key instanceof ECPrivateKey ec)) {
            throw new Pem.Unreadable("its key is not one on P-256");
        }
        try {
            var point = ECNamedCurveTable.getByName(CURVE).getG().multiply(ec.getS()).normalize();
            ECPoint known =
                    new ECPoint(
                            point.getAffineXCoord().toBigInteger(),
                            point.getAffineYCoord().toBigInteger());
            KeyFactory factory = KeyFactory.getInstance("EC");
            return new KeyPair(
                    factory.generatePublic(new ECPublicKeySpec(known, ec.getParams())), key);
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /// RFC 7638: SHA-256 over the public key as JSON, its members in the order of the alphabet.
    static String thumbprint(ECPublicKey key) throws GeneralSecurityException {
        String json =
                "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}"
                        .formatted(
                                coordinate(key.getW().getAffineX()),
                                coordinate(key.getW().getAffineY()));
        byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
        return URL.encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /// Exactly 32 bytes: a number may have fewer, or one more for its sign.
    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] exact = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, exact, COORDINATE - length, length);
        return URL.encodeToString(exact);
    }

    private static IllegalStateException impossible(Exception e) {
        return new IllegalStateException("every Java has keys on P-256", e);
    }
}
