package dev.tandem.drill;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.drill.DrillResult.Circumstance;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Collects what a reader of a report must know about its origin.
public final class Circumstances {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String UNKNOWN = "unknown";

    private Circumstances() {}

    /// The machine, and the versions running in a pair's containers.
    public static List<Circumstance> of(Ground ground, Docker docker) {
        List<Circumstance> all = new ArrayList<>();
        add(all, "processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        add(all, "processor", processor());
        add(all, "kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        add(all, "Docker", docker.engineVersion().orElse(UNKNOWN));
        add(all, "Java", Runtime.version().toString());
        Node balancer = ground.master();
        add(all, "HAProxy", version(ground, balancer, "haproxy", "-v"));
        add(all, "Keepalived", version(ground, balancer, "keepalived", "--version"));
        if (!ground.servers().isEmpty()) {
            add(all, "Nginx", version(ground, ground.servers().getFirst(), "nginx", "-v"));
        }
        return all;
    }

    /// proc_cpuinfo(5).
    private static String processor() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo"))
                    .lines()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static void add(List<Circumstance> all, String name, String value) {
        all.add(new Circumstance(name, value));
    }

    /// The first line that a program prints about itself, on either stream.
    private static String version(Ground ground, Node node, String... argv) {
        Output output = ground.nodes().exec(node.container(), LIMIT, argv);
        return (output.stdout() + output.stderr())
                .lines()
                .findFirst()
                .filter(line -> output.ok())
                .orElse(UNKNOWN);
    }
}
