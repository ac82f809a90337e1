package dev.tandem.docker.fake;

import dev.tandem.docker.Output;
import java.time.Duration;
import java.util.List;

/// Nginx in a container: it serves a moment after its start, and says which files it runs.
final class FakeWebServer implements FakeProgram {
    private static final Duration STARTS = Duration.ofMillis(300);

    private final FakeContainer container;
    private final FakeEngine engine;
    private String loaded = "";

    FakeWebServer(FakeContainer container, FakeEngine engine) {
        this.container = container;
        this.engine = engine;
    }

    @Override
    public void start() {
        load();
    }

    private void load() {
        loaded =
                "loaded=%s\nloaded_certificate=%s\nloaded_drill=%s\n"
                        .formatted(
                                container.hash("/etc/tandem/nginx.conf"),
                                container.hash("/etc/tandem-tls/server.pem"),
                                container.hash("/etc/tandem-tls/drill.conf"));
    }

    @Override
    public FakeProgram copy(FakeContainer other, FakeEngine into) {
        FakeWebServer copy = new FakeWebServer(other, into);
        copy.loaded = loaded;
        return copy;
    }

    /// Whether it answers.
    boolean serves() {
        return container.running() && container.age(engine.time()).compareTo(STARTS) >= 0;
    }

    /// Whether it has a page.
    boolean has(String path) {
        return engine.hasPage(path);
    }

    /// What it runs, as a balancer passes it on.
    String loaded() {
        return loaded.strip().replace('\n', ' ');
    }

    @Override
    public Output exec(List<String> argv) {
        return switch (String.join(" ", argv)) {
            case "node-state" -> FakeProgram.said(loaded);
            case "reload nginx" -> {
                load();
                String hash = loaded.substring("loaded=".length(), "loaded=".length() + 12);
                yield FakeProgram.said("nginx: workers 31 32 run nginx.conf " + hash + "\n");
            }
            default -> throw FakeProgram.unknown(argv);
        };
    }
}
