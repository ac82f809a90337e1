package dev.tandem.docker.fake;

import dev.tandem.docker.Output;
import dev.tandem.render.Rendering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The commands of the {@link FakeEngine} that list, show, make and remove its objects.
///
/// @param engine the one that it belongs to
record FakeObjects(FakeEngine engine) {
    Output run(List<String> argv) {
        String verb = argv.getFirst().equals("ps") ? "" : argv.get(1);
        return switch (argv.getFirst() + " " + verb) {
            case "ps " -> ps(argv);
            case "network ls" -> ids();
            case "network inspect" -> networks(argv);
            case "network connect" -> connect(argv);
            case "network disconnect" -> disconnect(argv);
            case "network rm" -> removeNetwork(argv.getLast());
            case "volume create" -> create(argv);
            case "volume inspect" -> volume(argv);
            case "volume ls" -> volumes(argv.getLast());
            case "volume rm" -> remove(argv.getLast());
            case "image inspect" -> image(argv);
            case "container inspect" -> container(argv);
            case "version --format" ->
                    shown(argv.get(2), Map.of("Server", Map.of("Version", "20.10.24")));
            case "images --format" -> images(argv.getLast());
            case "update --restart" -> update(argv);
            case "context inspect" -> shown(argv.get(3), context());
            case "info --format" -> shown(argv.get(2), info());
            default -> throw FakeProgram.unknown(argv);
        };
    }

    private static Output shown(String template, Object object) {
        return FakeProgram.said(GoTemplate.render(template, object) + "\n");
    }

    private static Map<String, Object> context() {
        Map<String, Object> docker = Map.of("Host", "unix:///var/run/docker.sock");
        return Map.of("Endpoints", Map.of("docker", docker));
    }

    private static Map<String, Object> info() {
        Map<String, Object> info = new HashMap<>();
        info.put("ServerVersion", "20.10.24");
        info.put("DockerRootDir", "/var/lib/docker");
        info.put("NCPU", "2");
        info.put("MemTotal", "8000000000");
        info.put("SystemTime", "2026-11-28T12:00:00Z");
        info.put("LiveRestoreEnabled", false);
        info.put("Swarm", Map.of("LocalNodeState", "inactive"));
        return info;
    }

    private Output ps(List<String> argv) {
        List<String[]> filters = new ArrayList<>();
        for (int i = 0; i < argv.size() - 1; i++) {
            if (argv.get(i).equals("--filter")) {
                filters.add(argv.get(i + 1).replaceFirst("^label=", "").split("=", 2));
            }
        }
        String template = argv.get(argv.indexOf("--format") + 1);
        StringBuilder out = new StringBuilder();
        for (FakeContainer one : new ArrayList<>(engine.containers().values()).reversed()) {
            Map<String, String> labels = one.made().labels();
            if (filters.stream().allMatch(f -> f[1].equals(labels.get(f[0])))) {
                out.append(GoTemplate.render(template, one.line(engine.time()))).append('\n');
            }
        }
        return FakeProgram.said(out.toString());
    }

    private Output ids() {
        StringBuilder out = new StringBuilder();
        engine.networks().keySet().forEach(name -> out.append(id(name), 0, 12).append('\n'));
        return FakeProgram.said(out.toString());
    }

    private static String id(String network) {
        return Rendering.sha256("network " + network);
    }

    /// `network inspect --format TEMPLATE NETWORK...`.
    private Output networks(List<String> argv) {
        StringBuilder out = new StringBuilder();
        StringBuilder errors = new StringBuilder();
        for (String wanted : argv.subList(4, argv.size())) {
            Optional<ComposeFile.Network> found =
                    engine.networks().values().stream()
                            .filter(n -> n.name().equals(wanted) || id(n.name()).startsWith(wanted))
                            .findFirst();
            if (found.isPresent()) {
                out.append(GoTemplate.render(argv.get(3), network(found.get()))).append('\n');
            } else {
                errors.append("Error: No such network: ").append(wanted).append('\n');
            }
        }
        return new Output(errors.isEmpty() ? 0 : 1, out.toString(), errors.toString());
    }

    /// `network connect --ip ADDRESS --alias NAME NETWORK CONTAINER`.
    private Output connect(List<String> argv) {
        FakeContainer container = engine.containers().get(argv.getLast());
        String network = argv.get(argv.size() - 2);
        if (container == null) {
            return FakeProgram.refused(FakeEngine.absent(argv.getLast()));
        }
        if (!engine.networks().containsKey(network)) {
            return FakeProgram.refused(
                    "Error response from daemon: network " + network + " not found");
        }
        if (!container.attach(network, argv.get(3), argv.get(5))) {
            return FakeProgram.refused(
                    "Error response from daemon: endpoint with name %s already exists in network %s"
                            .formatted(argv.getLast(), network));
        }
        return FakeProgram.said("");
    }

    /// `network disconnect NETWORK CONTAINER`.
    private Output disconnect(List<String> argv) {
        FakeContainer container = engine.containers().get(argv.getLast());
        if (container == null || container.networks().remove(argv.get(2)) == null) {
            return FakeProgram.refused(
                    "Error response from daemon: container %s is not connected to network %s"
                            .formatted(
                                    container == null ? argv.getLast() : container.id(),
                                    argv.get(2)));
        }
        return FakeProgram.said("");
    }

    /// `network rm NETWORK`: not while a container that runs is on it.
    private Output removeNetwork(String network) {
        List<FakeContainer> on =
                engine.containers().values().stream()
                        .filter(one -> one.networks().containsKey(network))
                        .toList();
        if (on.stream().anyMatch(FakeContainer::running)) {
            return FakeProgram.refused(
                    "Error response from daemon: error while removing network: network %s id %s has"
                                    .formatted(network, id(network))
                            + " active endpoints");
        }
        on.forEach(one -> one.gone().add(id(network)));
        engine.networks().remove(network);
        return FakeProgram.said(network + "\n");
    }

    private Map<String, Object> network(ComposeFile.Network network) {
        TreeMap<String, Object> members = new TreeMap<>();
        engine.containers().values().stream()
                .filter(FakeContainer::running)
                .filter(one -> one.networks().containsKey(network.name()))
                .forEach(one -> members.put(one.id(), member(one, network)));
        List<Object> pools =
                network.subnet().isEmpty()
                        ? List.of()
                        : List.of(Map.of("Subnet", network.subnet()));
        return Map.of(
                "Name",
                network.name(),
                "Id",
                id(network.name()),
                "Driver",
                network.driver(),
                "IPAM",
                Map.of("Config", pools),
                "Options",
                network.options(),
                "Labels",
                network.labels(),
                "Containers",
                members);
    }

    private static Map<String, Object> member(FakeContainer one, ComposeFile.Network network) {
        String address = Objects.requireNonNull(one.networks().get(network.name()));
        String prefix = network.subnet().replaceFirst(".*/", "/");
        return Map.of(
                "Name",
                one.name(),
                "MacAddress",
                FakeContainer.mac(address),
                "IPv4Address",
                address + prefix);
    }

    /// Of two volumes of one name the first one's labels stay.
    private Output create(List<String> argv) {
        TreeMap<String, String> labels = new TreeMap<>();
        for (int i = 2; i < argv.size() - 2; i += 2) {
            String[] words = argv.get(i + 1).split("=", 2);
            labels.put(words[0], words[1]);
        }
        engine.volumes().putIfAbsent(argv.getLast(), labels);
        return FakeProgram.said(argv.getLast() + "\n");
    }

    /// `volume ls --quiet --filter label=NAME=VALUE`.
    private Output volumes(String filter) {
        String[] wanted = filter.replaceFirst("^label=", "").split("=", 2);
        StringBuilder out = new StringBuilder();
        engine.volumes()
                .forEach((name, labels) -> {
                    if (wanted[1].equals(labels.get(wanted[0]))) {
                        out.append(name).append('\n');
                    }
                });
        return FakeProgram.said(out.toString());
    }

    private Output volume(List<String> argv) {
        Map<String, String> labels = engine.volumes().get(argv.getLast());
        return labels == null
                ? new Output(
                        1,
                        "\n",
                        "Error response from daemon: get %s: no such volume\n"
                                .formatted(argv.getLast()))
                : shown(argv.get(3), Map.of("Labels", labels));
    }

    private Output remove(String name) {
        engine.volumes().remove(name);
        return FakeProgram.said(name + "\n");
    }

    private Output image(List<String> argv) {
        Map<String, Object> object = new HashMap<>();
        object.put("Id", "sha256:" + Rendering.sha256(argv.getLast()));
        object.put("Created", "2026-11-28T12:00:00.123456789Z");
        return engine.images().contains(argv.getLast())
                ? shown(argv.get(3), object)
                : new Output(
                        1,
                        "\n",
                        "Error response from daemon: No such image: " + argv.getLast() + "\n");
    }

    private Output images(String repository) {
        return FakeProgram.said(
                engine.images().stream()
                        .filter(image -> image.startsWith(repository + ":"))
                        .map(image -> image + "\n")
                        .collect(Collectors.joining()));
    }

    /// `docker update --restart POLICY CONTAINER`.
    private Output update(List<String> argv) {
        FakeContainer container = engine.containers().get(argv.getLast());
        if (container == null || !argv.get(1).equals("--restart")) {
            return FakeProgram.refused(FakeEngine.absent(argv.getLast()));
        }
        container.restart(argv.get(2));
        return FakeProgram.said(container.name() + "\n");
    }

    private Output container(List<String> argv) {
        StringBuilder out = new StringBuilder();
        StringBuilder errors = new StringBuilder();
        for (String name : argv.subList(4, argv.size())) {
            FakeContainer found = engine.containers().get(name);
            if (found == null) {
                errors.append(FakeEngine.absent(name)).append('\n');
            } else {
                out.append(GoTemplate.render(argv.get(3), found.inspect())).append('\n');
            }
        }
        boolean none = out.isEmpty();
        return new Output(
                errors.isEmpty() ? 0 : 1, none ? "\n" : out.toString(), errors.toString());
    }
}
