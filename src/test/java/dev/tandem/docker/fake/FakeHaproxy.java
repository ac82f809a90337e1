package dev.tandem.docker.fake;

import dev.tandem.model.ServerOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// HAProxy in a balancer: the configuration that it has loaded, and what was asked of it since.
///
/// @param text haproxy.cfg as it was loaded
/// @param backends of it, by name, in its order
/// @param orders what is asked of servers, as `backend/server`; those of which nothing is are
///   missing
/// @param left for each web server that cookies name: 1 when they count no more
record FakeHaproxy(
        String text,
        Map<String, Backend> backends,
        Map<String, ServerOrder> orders,
        Map<String, String> left) {
    /// Nothing is loaded.
    static final FakeHaproxy NONE = new FakeHaproxy("", Map.of(), Map.of(), Map.of());

    private static final String MAP = "/etc/tandem/sticky.map";

    /// A backend.
    ///
    /// @param path what its checks ask for; empty when it has none
    /// @param servers address and port by name
    record Backend(Optional<String> path, Map<String, String> servers) {}

    /// A server as `show stat` has it.
    record Seen(String status, String check, String code) {
        boolean up() {
            return status.equals("UP");
        }
    }

    /// The same, for itself.
    FakeHaproxy copy() {
        return new FakeHaproxy(text, backends, new TreeMap<>(orders), new TreeMap<>(left));
    }

    /// Loads haproxy.cfg, and what servers.state says of the servers, and the map of cookies.
    static FakeHaproxy load(FakeContainer container) {
        return load(
                container.read("/etc/tandem/haproxy.cfg"),
                container.read("/etc/tandem/servers.state"),
                container.read(MAP));
    }

    private static FakeHaproxy load(String text, String state, String map) {
        Map<String, Backend> backends = new LinkedHashMap<>();
        String name = "";
        for (String line : text.lines().map(String::strip).toList()) {
            String[] words = line.split(" +", -1);
            if (line.matches("(backend|frontend|defaults|global)\\b.*")) {
                name = words[0].equals("backend") ? words[1] : "";
            } else if (line.startsWith("server ") && !name.isEmpty()) {
                backend(backends, name).servers().put(words[1], words[2]);
            } else if (line.startsWith("http-check send ") && !name.isEmpty()) {
                String path = line.replaceFirst(".* uri (\\S+).*", "$1");
                Map<String, String> servers = backend(backends, name).servers();
                backends.put(name, new Backend(Optional.of(path), servers));
            }
        }
        Map<String, String> left = new TreeMap<>();
        if (text.contains("(" + MAP)) {
            map.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(words -> left.put(words[0], words[1]));
        }
        return new FakeHaproxy(text, backends, orders(state), left);
    }

    /// The answer to `show map`.
    String maps() {
        String none = "# id (file) description\n";
        return left.isEmpty() ? none : none + "-1 (" + MAP + ") pattern loaded from file\n";
    }

    private static Backend backend(Map<String, Backend> backends, String name) {
        return backends.computeIfAbsent(
                name, _ -> new Backend(Optional.empty(), new LinkedHashMap<>()));
    }

    private static Map<String, ServerOrder> orders(String state) {
        Map<String, ServerOrder> orders = new TreeMap<>();
        state.lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length > 8 && words[0].equals("0"))
                .forEach(words ->
                        orders.put(
                                words[1] + "/" + words[3],
                                new ServerOrder(
                                        switch (words[6]) {
                                            case "1" -> ServerOrder.State.MAINT;
                                            case "8" -> ServerOrder.State.DRAIN;
                                            default -> ServerOrder.State.READY;
                                        },
                                        Integer.parseInt(words[7]))));
        return orders;
    }

    ServerOrder order(String backend, String server) {
        return orders.getOrDefault(backend + "/" + server, ServerOrder.READY);
    }

    /// Ours in haproxy.cfg is 100; where it has none, HAProxy's.
    int weight(String backend, String server) {
        return backend.startsWith("tandem_") ? 1 : order(backend, server).weight();
    }

    /// Takes a command of the runtime API; returns its answer, which is empty when it was done.
    ///
    /// @param words `set server web/web-a state drain`
    String set(List<String> words) {
        if (words.get(1).equals("map")) {
            boolean known = words.get(2).equals(MAP) && left.containsKey(words.get(3));
            return known && left.put(words.get(3), words.get(4)) != null ? "" : "Key not found.\n";
        }
        String[] name = words.get(2).split("/", -1);
        Backend backend = backends.get(name[0]);
        if (backend == null) {
            return "No such backend.\n";
        }
        if (!backend.servers().containsKey(name[1])) {
            return "No such server.\n";
        }
        ServerOrder now = order(name[0], name[1]);
        String value = words.get(4);
        orders.put(
                words.get(2),
                words.get(3).equals("weight")
                        ? new ServerOrder(now.state(), Integer.parseInt(value.replace("%", "")))
                        : new ServerOrder(
                                ServerOrder.State.valueOf(value.toUpperCase(java.util.Locale.ROOT)),
                                now.weight()));
        return "";
    }

    /// A backend that its configuration names.
    Backend backend(String name) {
        return Objects.requireNonNull(backends.get(name), name);
    }

    /// The address of a server, as its configuration has it.
    String address(String backend, String server) {
        return Objects.requireNonNull(backend(backend).servers().get(server), server);
    }

    /// A server as its checks find it.
    ///
    /// @param answer the status code of what lies at the path of the check; empty when nobody
    ///   answers
    Seen seen(String backend, String server, Supplier<Optional<String>> answer) {
        ServerOrder.State state = order(backend, server).state();
        boolean checked = backend(backend).path().isPresent();
        if (state == ServerOrder.State.MAINT) {
            return new Seen("MAINT", "", "");
        }
        if (!checked) {
            return new Seen(state == ServerOrder.State.DRAIN ? "DRAIN" : "no check", "", "");
        }
        Optional<String> code = answer.get();
        if (code.isEmpty()) {
            return new Seen("DOWN", "L4CON", "");
        }
        if (!code.get().matches("[23]\\d\\d")) {
            return new Seen("DOWN", "L7STS", code.get());
        }
        return new Seen(
                state == ServerOrder.State.DRAIN ? "DRAIN (agent)" : "UP", "L7OK", code.get());
    }

    /// The servers of all backends, as `backend/server`.
    Stream<String> servers() {
        return backends.entrySet().stream()
                .flatMap(one ->
                        one.getValue().servers().keySet().stream()
                                .map(server -> one.getKey() + "/" + server));
    }
}
