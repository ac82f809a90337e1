package dev.tandem.load;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority for one test, and the TLS of a server whose certificate it signed.
final class TestAuthority {
    private static final X500Name ISSUER = new X500Name("CN=Test Authority");

    private final KeyPair keys = keys();
    private final X509Certificate certificate;

    TestAuthority() {
        certificate = sign(keys, ISSUER, Extension.basicConstraints, new BasicConstraints(0));
    }

    X509Certificate certificate() {
        return certificate;
    }

    /// The TLS of a server with this name or IPv4 address.
    SSLContext server(String host) {
        int kind = host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
        KeyPair own = keys();
        X509Certificate signed =
                sign(
                        own,
                        new X500Name("CN=" + host),
                        Extension.subjectAlternativeName,
                        new GeneralNames(new GeneralName(kind, host)));
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] none = {};
            store.setKeyEntry("server", own.getPrivate(), none, new X509Certificate[] {signed});
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, none);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(
            KeyPair subject,
            X500Name name,
            org.bouncycastle.asn1.ASN1ObjectIdentifier extension,
            org.bouncycastle.asn1.ASN1Encodable value) {
        try {
            Instant now = Instant.now();
            var builder =
                    new JcaX509v3CertificateBuilder(
                            ISSUER,
                            new BigInteger(64, new SecureRandom()).setBit(0),
                            Date.from(now.minus(1, ChronoUnit.HOURS)),
                            Date.from(now.plus(1, ChronoUnit.DAYS)),
                            name,
                            subject.getPublic());
            builder.addExtension(extension, true, value);
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (GeneralSecurityException
                | java.io.IOException
                | org.bouncycastle.operator.OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
