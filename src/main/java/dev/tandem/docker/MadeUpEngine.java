package dev.tandem.docker;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// An engine that is made up: it gives answers as an engine gives them over its socket, of one
/// container, and passes on pages. Nothing is behind it. What is read from it is judged by nobody:
/// Java records which classes that takes.
public final class MadeUpEngine {
    private static final String CONTAINERS =
            """
            [{"Names":["/%1$s-%2$s"],"Image":"tandem/balancer:1","Labels":{
            "com.docker.compose.project":"%1$s","com.docker.compose.service":"%2$s",
            "com.docker.compose.project.working_dir":"/","dev.tandem.config":"1a",
            "dev.tandem.role":"balancer"},"State":"running","Status":"Up 5 seconds (healthy)"}]
            """;

    private static final String NETWORK =
            """
            {"Containers":{"0c":{"Name":"%1$s-%2$s","MacAddress":"02:42:AC:14:00:32",
            "IPv4Address":"192.0.2.2/24"}}}
            """;

    private static final String CONTAINER =
            """
            {"HostConfig":{"RestartPolicy":{"Name":"unless-stopped"}}}
            """;

    private MadeUpEngine() {}

    /// The way to that engine.
    ///
    /// @param project the Compose project of its container
    /// @param service and its service
    /// @param pages what pages on its machine say
    public static Runner of(String project, String service, Function<Page, String> pages) {
        EngineApi api =
                new EngineApi(path -> Optional.of(answer(path).formatted(project, service)));
        return new Way(api, pages);
    }

    private static String answer(String path) {
        if (path.startsWith("/containers/json")) {
            return CONTAINERS;
        }
        return path.startsWith("/networks/") ? NETWORK : CONTAINER;
    }

    /// Runs nothing.
    record Way(EngineApi api, Function<Page, String> pages) implements Runner {
        @Override
        public Output run(Command command, Consumer<String> line) {
            return new Output(Output.NOT_FOUND, "", "");
        }

        @Override
        public Following follow(Command command, Path file) {
            throw new UnsupportedOperationException("nothing is followed here");
        }

        @Override
        public Optional<String> read(Page page) {
            return Optional.of(pages.apply(page));
        }
    }
}
