package dev.tandem.docker.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What a `compose.yaml` says, as far as the {@link FakeEngine} makes containers and networks of
/// it.
///
/// @param project its name
/// @param services by name, in the order of the file
/// @param networks by the name in the engine
record ComposeFile(String project, Map<String, Service> services, Map<String, Network> networks) {
    /// A container to be made.
    ///
    /// @param name of the service
    /// @param container its own
    /// @param block what it is made of: another one needs another container
    /// @param networks its address by the name of the network in the engine
    /// @param mounts the directory of this machine, by the one in the container
    record Service(
            String name,
            String container,
            String image,
            Map<String, Object> block,
            SortedMap<String, String> networks,
            SortedMap<String, String> labels,
            SortedMap<String, Path> mounts) {}

    /// A network to be made.
    record Network(
            String name,
            String driver,
            String subnet,
            Map<String, Object> options,
            SortedMap<String, String> labels) {
        /// One that every engine has.
        static Network builtIn(String name, String driver, String subnet) {
            return new Network(name, driver, subnet, Map.of(), new TreeMap<>());
        }
    }

    /// Reads one.
    ///
    /// @param project the directory of its project, as the engine is told it
    /// @param disk the same on this machine's disk
    static ComposeFile read(Path file, String project, Path disk) {
        try {
            String text = Files.readString(file);
            Map<String, Object> root =
                    map(new Load(LoadSettings.builder().build()).loadFromString(text));
            String name = String.valueOf(root.get("name"));
            Map<String, String> names = new TreeMap<>();
            Map<String, Network> networks = new TreeMap<>();
            map(root.get("networks"))
                    .forEach((key, value) -> {
                        Network network = network(name, key, map(value));
                        names.put(key, network.name());
                        networks.put(network.name(), network);
                    });
            Map<String, Service> services = new LinkedHashMap<>();
            map(root.get("services"))
                    .forEach((key, value) -> {
                        Reader reader = new Reader(name, project, disk, names);
                        services.put(key, reader.service(key, merged(map(value))));
                    });
            return new ComposeFile(name, services, networks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Network network(String project, String key, Map<String, Object> block) {
        Map<String, Object> pool = map(list(map(block.get("ipam")).get("config")).getFirst());
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put("com.docker.compose.project", project);
        labels.put("com.docker.compose.network", key);
        String name = String.valueOf(block.getOrDefault("name", project + "_" + key));
        String driver = String.valueOf(block.getOrDefault("driver", "bridge"));
        String subnet = String.valueOf(pool.get("subnet"));
        return new Network(name, driver, subnet, map(block.get("driver_opts")), labels);
    }

    /// Reads the services of one file.
    private record Reader(String project, String root, Path directory, Map<String, String> names) {
        Service service(String key, Map<String, Object> block) {
            TreeMap<String, String> labels = new TreeMap<>();
            map(block.get("labels")).forEach((k, v) -> labels.put(k, String.valueOf(v)));
            labels.put("com.docker.compose.project", project);
            labels.put("com.docker.compose.service", key);
            labels.put("com.docker.compose.project.working_dir", root);
            TreeMap<String, String> networks = new TreeMap<>();
            map(block.get("networks"))
                    .forEach((network, value) ->
                            networks.put(
                                    names.getOrDefault(network, network),
                                    String.valueOf(map(value).get("ipv4_address"))));
            TreeMap<String, Path> mounts = new TreeMap<>();
            list(block.get("volumes")).stream()
                    .map(ComposeFile::map)
                    .forEach(one ->
                            mounts.put(
                                    String.valueOf(one.get("target")),
                                    directory.resolve(String.valueOf(one.get("source")))));
            String name = String.valueOf(block.getOrDefault("container_name", project + "-" + key));
            String image = String.valueOf(block.get("image"));
            return new Service(key, name, image, block, networks, labels, mounts);
        }
    }

    /// With what `<<` takes over from another block.
    private static Map<String, Object> merged(Map<String, Object> block) {
        Map<String, Object> all = new TreeMap<>(map(block.get("<<")));
        all.putAll(block);
        all.remove("<<");
        return all;
    }

    @SuppressWarnings("unchecked") // YAML's own kinds; keys are text in a Compose file
    private static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
    }

    private static List<?> list(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
