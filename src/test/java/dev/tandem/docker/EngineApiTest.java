package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read over the socket of an engine, by recorded answers of engine 20.10.24, and what is
/// asked by the command.
class EngineApiTest {
    private static final String CONTAINERS =
            """
            [{"Id":"0c","Names":["/shop-web/backend","/shop-haproxy-a"],"Image":"tandem/balancer:1",
            "ImageID":"sha256:ab","Command":"init","Created":1795976000,"Ports":[],"Labels":{
            "com.docker.compose.project":"shop","com.docker.compose.service":"haproxy-a",
            "com.docker.compose.project.working_dir":"/srv/shop","dev.tandem.config":"12ab",
            "dev.tandem.role":"balancer"},"State":"running","Status":"Up 5 seconds (healthy)",
            "HostConfig":{"NetworkMode":"shop"},"Mounts":[]},
            {"Id":"1d","Names":["/shop-web-a"],"Image":"sha256:cd","Labels":{},"State":"exited",
            "Status":"Exited (0) 2 minutes ago"}]
            """;

    private static final String NETWORK =
            """
            {"Name":"shop","Containers":{"0c":{"Name":"shop-haproxy-a","EndpointID":"e",
            "MacAddress":"02:42:AC:14:00:32","IPv4Address":"172.20.0.50/24","IPv6Address":""}}}
            """;

    @TempDir private Path base;
    private ServerSocketChannel engine;
    private volatile String answer = "";
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> commands = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void listens() throws IOException {
        engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        engine.bind(UnixDomainSocketAddress.of(base.resolve("s")));
        Thread.startVirtualThread(this::answers);
    }

    @AfterEach
    void ends() throws IOException {
        engine.close();
    }

    private void answers() {
        while (engine.isOpen()) {
            try (SocketChannel client = engine.accept()) {
                ByteBuffer question = ByteBuffer.allocate(1000);
                client.read(question);
                String text = new String(question.array(), StandardCharsets.US_ASCII);
                asked.add(text.lines().findFirst().orElse(""));
                client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void says(String json) {
        answer = "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + json;
    }

    /// Of this engine; a command is a container by itself.
    private Docker docker() {
        return new Docker(
                new Runner() {
                    @Override
                    public Output run(Command command, Consumer<String> line) {
                        commands.add(command.toString());
                        return new Output(0, "by-command\t\t\t\t\t\t\t\t\n", "");
                    }

                    @Override
                    public Following follow(Command command, Path file) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Optional<Path> socket() {
                        return Optional.of(base.resolve("s"));
                    }
                });
    }

    @Test
    void containersAreWhatTheCommandShowsOfThem() {
        says(CONTAINERS);
        assertThat(docker().containers("shop"))
                .containsExactly(
                        new Container(
                                "shop-haproxy-a",
                                "haproxy-a",
                                "running",
                                "Up 5 seconds (healthy)",
                                "tandem/balancer:1",
                                "shop",
                                "/srv/shop",
                                "balancer",
                                "12ab"),
                        new Container(
                                "shop-web-a",
                                "",
                                "exited",
                                "Exited (0) 2 minutes ago",
                                "sha256:cd",
                                "",
                                "",
                                "",
                                ""));
        assertThat(asked)
                .containsExactly(
                        "GET /containers/json?all=1&filters=%7B%22label%22%3A%5B%22com.docker"
                                + ".compose.project%3Dshop%22%5D%7D HTTP/1.0");
        assertThat(commands).isEmpty();
    }

    @Test
    void membersPoliciesAndAgesAreReadToo() {
        says(NETWORK);
        assertThat(docker().attached("shop"))
                .containsExactly(new Member("shop-haproxy-a", "02:42:ac:14:00:32", "172.20.0.50"));
        says("{\"HostConfig\":{\"RestartPolicy\":{\"Name\":\"no\",\"MaximumRetryCount\":0}}}");
        assertThat(docker().restartPolicies(List.of("a", "b")))
                .isEqualTo(Map.of("a", "no", "b", "no"));
        says("{\"Created\":\"2026-11-29T20:17:22.828691385Z\"}");
        assertThat(docker().images().made("tandem/web:1"))
                .contains(Instant.parse("2026-11-29T20:17:22.828691385Z"));
        assertThat(asked)
                .containsExactly(
                        "GET /networks/shop HTTP/1.0",
                        "GET /containers/a/json HTTP/1.0",
                        "GET /containers/b/json HTTP/1.0",
                        "GET /images/tandem/web:1/json HTTP/1.0");
        assertThat(commands).isEmpty();
    }

    /// The last one is cut.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.0 404 Not Found\r\n\r\n{\"message\":\"no such\"}",
                "HTTP/1.0 200 OK\r\n\r\nbusy",
                "HTTP/1.0 200 OK\r\n\r\n{\"message\":1}",
                "HTTP/1.0 200 OK\r\n\r\n[] []",
                "HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\n[]",
                "HTTP/1.0 200 OK\r\n\r\n[{\"Names\":["
            })
    void whateverIsNoAnswerIsAskedByTheCommand(String text) {
        answer = text;
        assertThat(docker().containers("shop"))
                .extracting(Container::name)
                .containsExactly("by-command");
        assertThat(commands).hasSize(1).allMatch(one -> one.startsWith("docker ps --all"));
    }

    @Test
    void withoutASocketTheCommandIsAsked() throws IOException {
        engine.close();
        assertThat(docker().containers("shop"))
                .extracting(Container::name)
                .containsExactly("by-command");
    }
}
