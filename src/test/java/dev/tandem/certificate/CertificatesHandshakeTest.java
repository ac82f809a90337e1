package dev.tandem.certificate;

import static dev.tandem.certificate.TlsDirectory.SERVERS;
import static dev.tandem.certificate.TlsDirectory.named;
import static dev.tandem.certificate.TlsDirectory.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.docker.Command;
import dev.tandem.docker.Output;
import dev.tandem.docker.Processes;
import dev.tandem.text.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The certificates in use: a client that trusts only the CA, and checks names as browsers do.
class CertificatesHandshakeTest {
    /// Only ends a test in which one side waits forever; it says nothing about speed.
    private static final int LIMIT = 120_000;

    @TempDir private Path home;
    private TlsDirectory directory;

    @BeforeEach
    void before() {
        directory = new TlsDirectory(home);
        directory.pass(Duration.between(directory.now(), Instant.now()));
        directory.ensure(site(named("shop.example", "*.shop.example"), SERVERS));
    }

    @Test
    void a_client_accepts_the_site_under_all_its_names_and_addresses() throws Exception {
        for (String host :
                new String[] {
                    "192.168.0.150",
                    "172.20.0.50",
                    "192.168.0.60",
                    "shop.example",
                    "www.shop.example"
                }) {
            assertThat(shake("balancer/site.pem", "balancer/site.pem", host))
                    .as(host)
                    .isEqualTo("CN=shop.example");
        }
    }

    /// The CA has name constraints, which not every program reads as Java does.
    @ParameterizedTest
    @CsvSource({
        "192.168.0.150, 0",
        "192.168.0.60, 0",
        "shop.example, 0",
        "www.shop.example, 0",
        "other.example, 60"
    })
    void curl_accepts_the_site_under_its_own_names_and_addresses_alone(String host, int exit)
            throws Exception {
        try (var server = listen("balancer/site.pem", "balancer/site.pem");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> answer(server));
            int port = server.getLocalPort();
            List<String> argv = new ArrayList<>(List.of("curl", "--silent", "--max-time", "60"));
            argv.addAll(List.of("--cacert", directory.tls.resolve("ca.pem").toString()));
            argv.addAll(List.of("--connect-to", "::127.0.0.1:" + port));
            argv.add("https://" + host + "/");
            Output output = new Processes().run(Command.of(Duration.ofSeconds(90), argv));
            assertThat(output.exit()).as(output.stderr()).isEqualTo(exit);
            assertThat(output.stdout().strip()).isEqualTo(exit == 0 ? "accepted" : "");
        }
    }

    private static void answer(SSLServerSocket server) {
        try (Socket accepted = server.accept()) {
            accepted.setSoTimeout(LIMIT);
            accepted.getInputStream().read(new byte[4096]);
            String answer = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\naccepted";
            accepted.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The client rejected the certificate, which it reports itself.
        }
    }

    @Test
    void a_balancer_accepts_a_web_server_by_its_name() throws Exception {
        assertThat(shake("web-a/server.pem", "web-a/server.key", "web-a")).isEqualTo("CN=web-a");
    }

    @Test
    void no_server_is_mistaken_for_another() {
        assertThatThrownBy(() -> shake("web-a/server.pem", "web-a/server.key", "web-b"))
                .isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> shake("web-a/server.pem", "web-a/server.key", "192.168.0.150"))
                .isInstanceOf(SSLHandshakeException.class);
    }

    /// The subject of the certificate that a client of this host accepted.
    private String shake(String chain, String key, String host) throws Exception {
        try (var server = listen(chain, key);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> serve(server));
            try (Socket plain = new Socket(server.getInetAddress(), server.getLocalPort());
                    SSLSocket client = client(plain, host)) {
                client.startHandshake();
                String subject = client.getSession().getPeerPrincipal().getName();
                assertThat(client.getInputStream().read()).isEqualTo('!');
                return subject;
            }
        }
    }

    private static void serve(SSLServerSocket server) {
        try (Socket accepted = server.accept()) {
            accepted.setSoTimeout(LIMIT);
            accepted.getOutputStream().write('!');
        } catch (IOException e) {
            // The client rejected the certificate, which it reports itself.
        }
    }

    private SSLServerSocket listen(String chain, String key) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate[] certificates =
                Pem.certificates(directory.text(chain)).toArray(Certificate[]::new);
        char[] none = {};
        store.setKeyEntry("server", PrivateKeys.first(directory.text(key)), none, certificates);
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, none);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, new SecureRandom());
        var server =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(LIMIT);
        return server;
    }

    private SSLSocket client(Socket plain, String host) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", directory.certificate("ca.pem"));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        var client = (SSLSocket) context.getSocketFactory().createSocket(plain, host, 443, true);
        client.setSoTimeout(LIMIT);
        var parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(parameters);
        return client;
    }
}
