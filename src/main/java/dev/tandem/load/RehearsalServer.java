package dev.tandem.load;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The server of the {@link Rehearsal}: on loopback, over HTTP and HTTPS, with a certificate that
/// lives as long as this object. It gives the same answer to every request.
final class RehearsalServer implements Closeable {
    private static final X500Name NAME = new X500Name("CN=rehearsal");
    private static final Duration VALID = Duration.ofHours(1);
    private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d{1,9})");
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Served-By: none\r\n\r\nfine"
                    .getBytes(StandardCharsets.US_ASCII);

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final ServerSocket http;
    private final ServerSocket https;

    RehearsalServer() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            keys = generator.generateKeyPair();
            certificate = certify(here);
            https = context().getServerSocketFactory().createServerSocket(0, 100, here);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("no certificate for the rehearsal", e);
        }
        http = new ServerSocket(0, 100, here);
        Thread.ofVirtual().start(() -> accept(http));
        Thread.ofVirtual().start(() -> accept(https));
    }

    private X509Certificate certify(InetAddress here)
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
        var address = new GeneralName(GeneralName.iPAddress, here.getHostAddress());
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(address));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] none = {};
        store.setKeyEntry("key", keys.getPrivate(), none, new X509Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, none);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    X509Certificate certificate() {
        return certificate;
    }

    int httpPort() {
        return http.getLocalPort();
    }

    int httpsPort() {
        return https.getLocalPort();
    }

    private static void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                Socket accepted = listener.accept();
                Thread.ofVirtual().start(() -> serve(accepted));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket accepted) {
        try (accepted) {
            InputStream in = new BufferedInputStream(accepted.getInputStream());
            String head = head(in);
            while (!head.isEmpty()) {
                Matcher length = LENGTH.matcher(head);
                in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
                accepted.getOutputStream().write(ANSWER);
                head = head.contains("Connection: close") ? "" : head(in);
            }
        } catch (IOException e) {
            // The client hung up.
        }
    }

    /// The next request's head, empty if there is none.
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        http.close();
        https.close();
    }
}
