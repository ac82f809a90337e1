package dev.tandem.docker;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads from an engine over its socket what is read again and again: a `docker` for each question
/// takes longer than all of the answers. It changes nothing.
///
/// Whatever is not answered here - nobody listens, there is no such thing, the answer is of another
/// shape - is asked by the command, which also says what is wrong (Docker Engine API 1.41).
final class EngineApi {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Function<String, Optional<String>> engine;

    /// @param engine what it answers to a GET of a path; empty when it gives no good answer
    EngineApi(Function<String, Optional<String>> engine) {
        this.engine = engine;
    }

    /// That of a runner's engine; empty when its socket is not known here.
    static Optional<EngineApi> of(Runner runner) {
        return runner instanceof MadeUpEngine.Way madeUp
                ? Optional.of(madeUp.api())
                : runner.socket().map(EngineApi::over);
    }

    private static EngineApi over(Path socket) {
        return new EngineApi(path -> EngineSocket.get(socket, path, LIMIT));
    }

    private Optional<JsonValue> get(String path) {
        return engine.apply(path).flatMap(JsonValue::read);
    }

    /// The containers of a Compose project, running or not.
    Optional<List<Container>> containers(String project) {
        String filter = "{\"label\":[\"com.docker.compose.project=" + project + "\"]}";
        return get("/containers/json?all=1&filters="
                        + URLEncoder.encode(filter, StandardCharsets.UTF_8))
                .flatMap(JsonValue::items)
                .map(all -> all.stream().map(EngineApi::container).toList());
    }

    private static Container container(JsonValue one) {
        return new Container(
                name(one),
                label(one, "com.docker.compose.service"),
                one.text("State"),
                one.text("Status"),
                one.text("Image"),
                label(one, "com.docker.compose.project"),
                label(one, "com.docker.compose.project.working_dir"),
                label(one, "dev.tandem.role"),
                label(one, "dev.tandem.config"));
    }

    /// One that others are linked to has several; its own is that without another one in it.
    private static String name(JsonValue container) {
        return container.at("Names").flatMap(JsonValue::items).orElse(List.of()).stream()
                .map(JsonValue::text)
                .map(name -> name.replaceFirst("^/", ""))
                .filter(name -> !name.contains("/"))
                .findFirst()
                .orElse("");
    }

    private static String label(JsonValue container, String name) {
        return container.at("Labels").map(labels -> labels.text(name)).orElse("");
    }

    /// The containers running on a network.
    Optional<List<Member>> members(String network) {
        return get("/networks/" + network)
                .flatMap(one -> one.at("Containers"))
                .flatMap(JsonValue::fields)
                .map(all ->
                        all.values().stream()
                                .map(one ->
                                        new Member(
                                                one.text("Name"),
                                                one.text("MacAddress").toLowerCase(Locale.ROOT),
                                                one.text("IPv4Address").replaceAll("/.*", "")))
                                .toList());
    }

    /// How the engine starts containers again, by their names.
    Optional<Map<String, String>> restartPolicies(List<String> containers) {
        Map<String, String> policies = new LinkedHashMap<>();
        for (String name : containers) {
            Optional<String> policy =
                    get("/containers/" + name + "/json")
                            .flatMap(one -> one.at("HostConfig"))
                            .flatMap(one -> one.at("RestartPolicy"))
                            .map(one -> one.text("Name"));
            if (policy.isEmpty()) {
                return Optional.empty();
            }
            policies.put(name, policy.get());
        }
        return Optional.of(policies);
    }

    /// When an image was made.
    Optional<Instant> made(String image) {
        try {
            return get("/images/" + image + "/json")
                    .map(one -> OffsetDateTime.parse(one.text("Created")).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
