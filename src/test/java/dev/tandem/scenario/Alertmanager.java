package dev.tandem.scenario;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A real Alertmanager on this machine, which tells somebody here at once.
final class Alertmanager implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1:";

    /// Of each alert in what it tells: its state, then its labels.
    private static final Pattern ALERT =
            Pattern.compile(
                    "\"status\":\"(firing|resolved)\",\"labels\":\\{\"alertname\":\"(\\w+)\"");

    /// Debian's has the place of its templates built in. It is unpacked elsewhere, and sees them
    /// there, and it alone. `$0` is where it was unpacked.
    private static final String STARTED =
            """
            mount -t overlay -o lowerdir="$0/usr/share:/usr/share" templates /usr/share &&
              exec "$0/usr/bin/prometheus-alertmanager" "$@"
            """;

    private final HttpServer receiver;
    private final Process process;
    private final int port;
    private final List<String> told = new CopyOnWriteArrayList<>();

    private Alertmanager(Path directory) throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::hear);
        receiver.start();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path file = directory.resolve("alertmanager.yml");
        Files.writeString(
                file,
                """
                route: {receiver: here, group_by: [alertname], group_wait: 0s, group_interval: 1s}
                receivers:
                  - name: here
                    webhook_configs: [{url: "http://%s%s/", send_resolved: true}]
                """
                        .formatted(LOOPBACK, receiver.getAddress().getPort()));
        process =
                new ProcessBuilder(
                                "unshare",
                                "--mount",
                                "sh",
                                "-c",
                                STARTED,
                                Shell.HOME.resolve("target/test-tools").toString(),
                                "--config.file=" + file,
                                "--storage.path=" + directory.resolve("alerts"),
                                "--web.listen-address=" + LOOPBACK + port,
                                "--cluster.listen-address=")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("alertmanager.log").toFile())
                        .start();
    }

    /// Starts one, and waits until it listens.
    static Alertmanager in(Path directory) throws IOException {
        Alertmanager started = new Alertmanager(directory);
        try {
            TestSite.await("Alertmanager listens", started::listens);
        } catch (AssertionError e) {
            started.close();
            throw new AssertionError(Files.readString(directory.resolve("alertmanager.log")), e);
        }
        return started;
    }

    private boolean listens() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// What a configuration of Prometheus has of it.
    String alerting() {
        return "alerting: {alertmanagers: [{static_configs: [{targets: ['"
                + LOOPBACK
                + port
                + "']}]}]}\n";
    }

    /// What it told, in order, each once: `firing TandemServerDown`.
    List<String> told() {
        return told.stream().distinct().toList();
    }

    private void hear(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            List<String> heard = new ArrayList<>();
            for (MatchResult one : ALERT.matcher(body).results().toList()) {
                heard.add(one.group(1) + " " + one.group(2));
            }
            told.addAll(heard);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        receiver.stop(0);
    }
}
