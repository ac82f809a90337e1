package dev.tandem.docker.fake;

import dev.tandem.docker.Output;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `docker run --rm` of the {@link FakeEngine}: the programs of the balancer's image that Tandem
/// runs in a container of their own.
///
/// @param engine the one that it belongs to
record FakeRun(FakeEngine engine) {
    Output run(List<String> arguments) {
        int entry = arguments.indexOf("--entrypoint");
        String image = arguments.get(entry + 2);
        if (!engine.images().contains(image)) {
            String why = "Unable to find image '" + image + "' locally";
            return new Output(125, "", why + "\n");
        }
        int network = arguments.indexOf("--network");
        String from = arguments.get(network + 1).replaceFirst("^container:", "");
        List<String> rest = arguments.subList(entry + 3, arguments.size());
        return switch (arguments.get(entry + 1)) {
            case "probe" -> probe(from, rest.getFirst(), Integer.parseInt(rest.getLast()));
            case "check-configuration" -> FakeProgram.said("");
            case "sleep" -> directory(arguments, image);
            case "sh" -> onTheHost(rest);
            case "arp-who" -> FakeProgram.said("");
            default -> throw FakeProgram.unknown(arguments);
        };
    }

    /// `--name NAME ... --volume DIRECTORY:/site`, which runs on.
    private Output directory(List<String> arguments, String image) {
        String name = arguments.get(arguments.indexOf("--name") + 1);
        String[] mount = arguments.get(arguments.indexOf("--volume") + 1).split(":", 2);
        TreeMap<String, Path> mounts = new TreeMap<>();
        mounts.put(mount[1], engine.there(mount[0]));
        FakeContainer container =
                engine.create(
                        new ComposeFile.Service(
                                name,
                                name,
                                image,
                                Map.of(),
                                new TreeMap<>(),
                                new TreeMap<>(),
                                mounts));
        container.become(FakeContainer.State.RUNNING, engine.time());
        return FakeProgram.said(container.id() + "\n");
    }

    /// What it asks in the network of its host: `-c SCRIPT [sh INTERFACE ADDRESS...]`.
    private Output onTheHost(List<String> rest) {
        String script = rest.get(1);
        if (script.contains("/sys/class/net")) {
            return FakeProgram.said(engine.machine().orElseThrow().words());
        }
        if (!script.contains("arp-who")) {
            throw FakeProgram.unknown(rest);
        }
        return FakeProgram.said(
                rest.subList(4, rest.size()).stream()
                        .flatMap(address ->
                                engine.lan()
                                        .macs(address, engine)
                                        .map(mac -> address + " " + mac + "\n"))
                        .collect(Collectors.joining()));
    }

    /// Asks a balancer for `/` over both of its listeners.
    private Output probe(String from, String address, int times) {
        FakeContainer asker = engine.containers().get(from);
        if (asker == null || !asker.running()) {
            String why =
                    asker == null
                            ? "No such container: " + from
                            : "cannot join network of a non running container: " + asker.id();
            return new Output(125, "", "docker: Error response from daemon: " + why + ".\n");
        }
        List<String> lines = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            lines.add("http " + answer(address, "web"));
            String tls = answer(address, "web-tls");
            lines.add("https " + (tls.equals("refused") ? "tls" : tls));
        }
        return FakeProgram.said(String.join("\n", lines) + "\n");
    }

    private String answer(String address, String listener) {
        return engine.lan()
                .balancers()
                .filter(balancer -> balancer.hasAddress(address))
                .findFirst()
                .map(balancer -> balancer.answer(listener, "/"))
                .orElse("refused");
    }
}
