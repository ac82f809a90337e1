package dev.tandem.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// The server of the {@link Rehearsal}: on loopback, over HTTP and HTTPS, with a certificate of its
/// own ({@link RehearsalKey}). It gives the same answer to every request.
final class RehearsalServer implements Closeable {
    private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d{1,9})");
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Served-By: none\r\n\r\nfine"
                    .getBytes(StandardCharsets.US_ASCII);

    private final X509Certificate certificate;
    private final ServerSocket http;
    private final ServerSocket https;

    RehearsalServer() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try {
            KeyStore store = store();
            certificate = (X509Certificate) store.getCertificate(RehearsalKey.ALIAS);
            https = context(store).getServerSocketFactory().createServerSocket(0, 100, here);
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificate for the rehearsal", e);
        }
        http = new ServerSocket(0, 100, here);
        Thread.ofVirtual().start(() -> accept(http));
        Thread.ofVirtual().start(() -> accept(https));
    }

    /// With the key that was brought along, or else with one made now.
    private static KeyStore store() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream brought = RehearsalServer.class.getResourceAsStream(RehearsalKey.FILE)) {
            byte[] bytes = brought == null ? RehearsalKey.make() : brought.readAllBytes();
            store.load(new ByteArrayInputStream(bytes), password());
        }
        return store;
    }

    /// The password of the key in its store: none.
    static char[] password() {
        return new char[0];
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, password());
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
