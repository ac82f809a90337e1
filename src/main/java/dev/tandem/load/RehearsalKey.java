package dev.tandem.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Key and certificate of the {@link RehearsalServer}: made for one program, on loopback only. The
/// generator that is sent to another machine has no library that could make one, and brings it
/// along: so only {@link #make} may need this class, whose very loading needs that library.
final class RehearsalKey {
    /// Its name beside the classes, where it is brought along.
    static final String FILE = "rehearsal.p12";

    static final String ALIAS = "key";

    private static final X500Name NAME = new X500Name("CN=rehearsal");

    /// The clock of another machine may be off.
    private static final Duration VALID = Duration.ofDays(2);

    private RehearsalKey() {}

    /// One made now, as PKCS #12.
    ///
    /// @throws IOException if this Java cannot make one
    static byte[] make() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            X509Certificate[] chain = {certify(keys)};
            store.setKeyEntry(ALIAS, keys.getPrivate(), RehearsalServer.password(), chain);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, RehearsalServer.password());
            return bytes.toByteArray();
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("no certificate for the rehearsal", e);
        }
    }

    private static X509Certificate certify(KeyPair keys)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Instant now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        NAME,
                        BigInteger.ONE,
                        Date.from(now.minus(VALID)),
                        Date.from(now.plus(VALID)),
                        NAME,
                        keys.getPublic());
        String here = InetAddress.getLoopbackAddress().getHostAddress();
        var address = new GeneralName(GeneralName.iPAddress, here);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(address));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
