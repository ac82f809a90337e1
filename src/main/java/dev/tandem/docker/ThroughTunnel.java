package dev.tandem.docker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs commands on the engine at the far end of a tunnel, and watches it meanwhile.
final class ThroughTunnel implements Runner {
    private final Tunnel tunnel;
    private final Processes processes;

    ThroughTunnel(Tunnel tunnel) {
        this.tunnel = tunnel;
        this.processes = new Processes(Map.of("DOCKER_HOST", tunnel.address()));
    }

    @Override
    public Output run(Command command, Consumer<String> line) {
        return EngineWatch.during(tunnel::silence, () -> processes.run(command, line));
    }

    @Override
    public Following follow(Command command, Path file) {
        return processes.follow(command, file);
    }

    @Override
    public Optional<Path> socket() {
        return Optional.of(tunnel.socket());
    }

    @Override
    public Optional<String> read(Page page) {
        return tunnel.read(page);
    }

    @Override
    public Where where() {
        return Where.ELSEWHERE;
    }
}
