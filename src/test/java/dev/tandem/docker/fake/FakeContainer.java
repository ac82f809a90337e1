package dev.tandem.docker.fake;

import dev.tandem.render.Rendering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A container of the {@link FakeEngine}, with what runs in it.
final class FakeContainer {
    private final String name;
    private final String id;
    private final ComposeFile.Service made;
    private final FakeProgram program;
    private final SortedMap<String, String> networks;

    /// Its networks that Compose has not attached it to, and the alias that it got there.
    private final SortedMap<String, String> byHand = new TreeMap<>();

    private final SortedSet<String> gone = new TreeSet<>();
    private String restart;
    private State state = State.CREATED;
    private Duration since = Duration.ZERO;

    /// Docker's words.
    enum State {
        CREATED,
        RUNNING,
        PAUSED,
        EXITED
    }

    FakeContainer(ComposeFile.Service made, String id, FakeEngine engine) {
        this.name = made.container();
        this.id = id;
        this.made = made;
        this.networks = new TreeMap<>(made.networks());
        this.restart = String.valueOf(made.block().getOrDefault("restart", "no"));
        this.program = FakeProgram.of(made.image(), this, engine);
    }

    private FakeContainer(FakeContainer other, FakeEngine engine) {
        this.name = other.name;
        this.id = other.id;
        this.made = other.made;
        this.networks = new TreeMap<>(other.networks);
        this.restart = other.restart;
        this.byHand.putAll(other.byHand);
        this.gone.addAll(other.gone);
        this.state = other.state;
        this.since = other.since;
        this.program = other.program.copy(this, engine);
    }

    /// The same in another engine.
    FakeContainer copy(FakeEngine engine) {
        return new FakeContainer(this, engine);
    }

    String name() {
        return name;
    }

    String id() {
        return id;
    }

    /// What it is made of.
    ComposeFile.Service made() {
        return made;
    }

    FakeProgram program() {
        return program;
    }

    /// Its address on each network that it is on.
    SortedMap<String, String> networks() {
        return networks;
    }

    /// Networks that it was made for, and that are gone: another one of the same name is another.
    SortedSet<String> gone() {
        return gone;
    }

    /// `docker update --restart`.
    void restart(String policy) {
        restart = policy;
    }

    State state() {
        return state;
    }

    boolean running() {
        return state == State.RUNNING;
    }

    /// How long it has been in its state.
    Duration age(FakeTime time) {
        return time.passed().minus(since);
    }

    void become(State next, FakeTime time) {
        boolean begins = next == State.RUNNING && state != State.PAUSED;
        if (state != State.PAUSED && next != State.PAUSED) {
            since = time.passed();
        }
        state = next;
        if (begins) {
            program.start();
        }
    }

    /// A file as the container sees it; empty when there is none.
    String read(String path) {
        for (Map.Entry<String, Path> mount : made.mounts().entrySet()) {
            if (path.startsWith(mount.getKey() + "/")) {
                return text(mount.getValue().resolve(path.substring(mount.getKey().length() + 1)));
            }
        }
        return "";
    }

    /// The names of the files in a directory that is mounted.
    List<String> list(String directory) {
        Path source = made.mounts().get(directory);
        if (source == null) {
            return List.of();
        }
        try (var files = Files.list(source)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The hash of a file; empty when there is none.
    String hash(String path) {
        String text = read(path);
        return text.isEmpty() ? "" : Rendering.sha256(text);
    }

    /// As `docker container inspect` has it.
    Map<String, Object> inspect() {
        TreeMap<String, Object> attached = new TreeMap<>();
        networks.forEach((network, address) ->
                attached.put(
                        network,
                        Map.of(
                                "IPAddress",
                                running() ? address : "",
                                "IPAMConfig",
                                Map.of("IPv4Address", address),
                                "MacAddress",
                                running() ? mac(address) : "",
                                "Aliases",
                                aliases(network))));
        return Map.of(
                "Id",
                id,
                "Name",
                "/" + name,
                "Config",
                Map.of("Image", made.image()),
                "State",
                Map.of("Status", word()),
                "HostConfig",
                Map.of(
                        "NetworkMode",
                        networks.isEmpty() ? "default" : networks.firstKey(),
                        "PidMode",
                        "",
                        "RestartPolicy",
                        Map.of("Name", restart),
                        "AutoRemove",
                        false),
                "NetworkSettings",
                Map.of("Networks", attached));
    }

    /// Attaches it, unless it is.
    ///
    /// @return whether it was not
    boolean attach(String network, String address, String alias) {
        if (networks.putIfAbsent(network, address) != null) {
            return false;
        }
        byHand.put(network, alias);
        return true;
    }

    private List<String> aliases(String network) {
        String alias = byHand.get(network);
        if (alias != null) {
            return List.of(alias, id.substring(0, 12));
        }
        String hostname = String.valueOf(made.block().getOrDefault("hostname", id));
        return Stream.of(name, made.name(), id.substring(0, 12), hostname).distinct().toList();
    }

    /// As `docker ps` has it.
    Map<String, Object> line(FakeTime time) {
        long seconds = age(time).toSeconds();
        String status =
                switch (state) {
                    case CREATED -> "Created";
                    case RUNNING -> "Up " + seconds + " seconds";
                    case PAUSED -> "Up " + seconds + " seconds (Paused)";
                    case EXITED -> "Exited (0) " + seconds + " seconds ago";
                };
        return Map.of(
                "Names",
                name,
                "State",
                word(),
                "Status",
                status,
                "Image",
                made.image(),
                "Labels",
                made.labels());
    }

    String word() {
        return state.name().toLowerCase(java.util.Locale.ROOT);
    }

    /// As Docker makes it from the address.
    static String mac(String address) {
        StringBuilder mac = new StringBuilder("02:42");
        for (String part : address.split("\\.", -1)) {
            mac.append(":%02x".formatted(Integer.parseInt(part)));
        }
        return mac.toString();
    }
}
