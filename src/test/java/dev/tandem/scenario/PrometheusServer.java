package dev.tandem.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// A real Prometheus on this machine, run with what `tandem render --monitoring` wrote for a site;
/// only its times are shorter: a look each second, and two of them until something is told.
final class PrometheusServer implements AutoCloseable {
    private final TestSite site;
    private final Process process;
    private final String base;
    private final Path directory;
    private final Path log;

    private PrometheusServer(TestSite site, Path directory) throws IOException {
        this.site = site;
        this.directory = directory;
        this.log = directory.resolve("log");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        this.base = "http://127.0.0.1:" + port + "/api/v1/";
        Path aside = Shell.HOME.resolve("target/test-tools/usr/bin/prometheus");
        this.process =
                new ProcessBuilder(
                                Files.isExecutable(aside) ? aside.toString() : "prometheus",
                                "--config.file=tandem-" + site.name() + ".prometheus.yml",
                                "--storage.tsdb.path=" + directory.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port,
                                "--log.level=warn")
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
    }

    /// Starts one that tells this Alertmanager, and waits until it has asked each balancer for both
    /// kinds of numbers.
    static PrometheusServer of(TestSite site, Path directory, Alertmanager told)
            throws IOException {
        if (!site.tandem("render", "--monitoring", directory.toString()).ok()) {
            throw new AssertionError("tandem render --monitoring");
        }
        Path file = directory.resolve("tandem-" + site.name() + ".prometheus.yml");
        quicken(file);
        Files.writeString(file, told.alerting(), StandardOpenOption.APPEND);
        quicken(directory.resolve("tandem-" + site.name() + ".alerts.yml"));
        PrometheusServer server = new PrometheusServer(site, directory);
        try {
            TestSite.await("Prometheus has asked everybody", () -> server.up() == 4);
        } catch (AssertionError e) {
            server.close();
            throw new AssertionError(Files.readString(server.log), e);
        }
        return server;
    }

    private static void quicken(Path file) throws IOException {
        String text = Files.readString(file);
        Files.writeString(
                file,
                text.replaceAll("_interval: 5s", "_interval: 1s")
                        .replaceAll("for: (10|15|30)s", "for: 2s"));
    }

    private long up() {
        String targets = site.curl(base + "targets?state=active").stdout();
        return texts(targets, "health").stream().filter("up"::equals).count();
    }

    /// What the dashboard asks, but for what is there only after a move of the VIP.
    List<String> questions() throws IOException {
        Path dashboard = directory.resolve("tandem-" + site.name() + ".grafana.json");
        return texts(Files.readString(dashboard), "expr").stream()
                .filter(question -> !question.endsWith(" > 0"))
                .toList();
    }

    /// The names of the alerts that are told at this moment.
    SortedSet<String> told() {
        String alerts =
                site.curl(base + "query?query=ALERTS%7Balertstate=%22firing%22%7D").stdout();
        return new TreeSet<>(texts(alerts, "alertname"));
    }

    /// Whether there is an answer to a question.
    boolean knows(String question) {
        String asked = URLEncoder.encode(question, StandardCharsets.UTF_8);
        String answer = site.curl(base + "query?query=" + asked).stdout();
        return answer.contains("\"status\":\"success\"") && answer.contains("\"value\":");
    }

    private static List<String> texts(String text, String name) {
        List<String> found = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            while (json.nextToken() != null) {
                if (name.equals(json.currentName())
                        && json.currentToken().isScalarValue()
                        && !json.getText().equals(name)) {
                    found.add(json.getText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
