package dev.tandem.scenario;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Takes notices over HTTPS, on a port of this host, with a certificate of a CA of its own; and
/// does so badly when it is told to.
final class NoticeTaker implements AutoCloseable {
    private static final char[] PASSWORD = "of a test".toCharArray();

    /// What it does with a notice.
    enum Manner {
        TAKES,
        /// 503, which may pass.
        REFUSES,
        /// 403, which will not.
        FORBIDS,
        /// It reads it and never answers.
        HANGS
    }

    /// A notice as it came.
    ///
    /// @param path with what was in the place of the token
    /// @param authorization the header; empty: none
    record Notice(String path, String authorization, String body) {}

    private final SSLContext tls;
    private final HttpsServer server;
    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private volatile Manner manner = Manner.TAKES;

    private NoticeTaker(SSLContext tls, HttpsServer server) {
        this.tls = tls;
        this.server = server;
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /// Starts one for who knows it by this address. Its CA is in `ca.pem` of the directory.
    static NoticeTaker at(String address, Path directory) {
        try {
            Files.createDirectories(directory);
            Path store = directory.resolve("taker.p12");
            Files.writeString(directory.resolve("names"), "subjectAltName=IP:" + address + "\n");
            String curve = " -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj ";
            openssl(directory, "req -x509 -days 2" + curve + "/CN=CA -keyout ca.key -out ca.pem");
            openssl(directory, "req" + curve + "/CN=taker -keyout taker.key -out taker.csr");
            openssl(
                    directory,
                    "x509 -req -days 2 -CAcreateserial -in taker.csr -CA ca.pem -CAkey ca.key"
                            + " -extfile names -out taker.pem");
            openssl(
                    directory,
                    "pkcs12 -export -in taker.pem -inkey taker.key -out taker.p12 -passout",
                    "pass:" + String.valueOf(PASSWORD));
            HttpsServer server = HttpsServer.create(new InetSocketAddress(0), 0);
            return new NoticeTaker(context(store), server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void openssl(Path directory, String words, String... last) {
        List<String> argv = new ArrayList<>(List.of(("openssl " + words).split(" ", -1)));
        argv.addAll(List.of(last));
        if (!Shell.run(directory, argv.toArray(String[]::new)).ok()) {
            throw new AssertionError("openssl " + words);
        }
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /// Its certificate, for another one at its address.
    SSLContext tls() {
        return tls;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// What it does with notices from now on.
    void be(Manner next) {
        manner = next;
    }

    /// All that came, whatever it answered.
    List<Notice> notices() {
        return List.copyOf(notices);
    }

    /// How many have this in their body.
    long with(String text) {
        return notices.stream().filter(one -> one.body().contains(text)).count();
    }

    void forget() {
        notices.clear();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            notices.add(
                    new Notice(
                            exchange.getRequestURI().getPath(),
                            authorization == null ? "" : authorization,
                            new String(body, StandardCharsets.UTF_8)));
            Manner now = manner;
            if (now == Manner.HANGS) {
                TestSite.await("it goes on", () -> manner != Manner.HANGS);
            }
            int code =
                    switch (now) {
                        case TAKES, HANGS -> 200;
                        case REFUSES -> 503;
                        case FORBIDS -> 403;
                    };
            exchange.sendResponseHeaders(code, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
