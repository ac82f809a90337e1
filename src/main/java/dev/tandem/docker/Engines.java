package dev.tandem.docker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/// The engines of several machines, for as long as a verb takes. All tunnels are opened at the same
/// time, so the slowest one decides.
public final class Engines implements AutoCloseable {
    private final Map<Remote, Reached> all;

    private Engines(Map<Remote, Reached> all) {
        this.all = all;
    }

    /// Opens them, as far as that is possible.
    public static Engines open(List<Remote> machines) {
        return open(machines, Tunnel.SSH);
    }

    /// The same.
    ///
    /// @param ssh the program and what it is always told
    static Engines open(List<Remote> machines, List<String> ssh) {
        try (ExecutorService threads = Beside.each()) {
            Map<Remote, CompletableFuture<Reached>> asked = new LinkedHashMap<>();
            machines.forEach(one ->
                    asked.put(
                            one,
                            CompletableFuture.supplyAsync(() -> Tunnel.open(one, ssh), threads)));
            Map<Remote, Reached> all = new LinkedHashMap<>();
            asked.forEach((one, answer) -> all.put(one, answer.join()));
            return new Engines(all);
        }
    }

    /// In the order in which they were given.
    public List<Remote> machines() {
        return List.copyOf(all.keySet());
    }

    /// The way to the engine of a machine.
    ///
    /// @throws dev.tandem.model.Stop when there is none, with the reason
    public Runner of(Remote machine) {
        return switch (reached(machine)) {
            case Tunnel tunnel -> new ThroughTunnel(tunnel);
            case Reached.Direct(Runner runner) -> runner;
            case Unreachable why -> throw why.stop();
        };
    }

    /// Those that cannot be reached, each with its reason.
    public List<Unreachable> unreachable() {
        return all.values().stream()
                .filter(Unreachable.class::isInstance)
                .map(Unreachable.class::cast)
                .toList();
    }

    private Reached reached(Remote machine) {
        Reached reached = all.get(machine);
        if (reached == null) {
            throw new IllegalArgumentException("not one of these machines: " + machine);
        }
        return reached;
    }

    @Override
    public void close() {
        for (Reached one : all.values()) {
            if (one instanceof Tunnel tunnel) {
                tunnel.close();
            }
        }
    }
}
