package dev.tandem.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Await;
import dev.tandem.docker.Command;
import dev.tandem.docker.EngineHere;
import dev.tandem.docker.Nodes;
import dev.tandem.docker.Output;
import dev.tandem.docker.Processes;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.scenario.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `engine-restart` on a second engine that the test starts for itself, with its own directories
/// and without any network. The machine's engine is never touched.
@Tag("containers")
@Tag("exact")
@Tag("slow")
class EngineRestartedTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Fault FAULT = Faults.known().named("engine-restart").orElseThrow();

    /// Without the settings of the machine's engine, and in namespaces of its own: an engine
    /// without a bridge removes any `docker0`, so it must not see the machine's.
    private static final String START =
            """
            #!/bin/sh
            cd "$(dirname "$0")" || exit 1
            if [ "$1" = inside ]; then
              [ "$(grep -c : /proc/self/net/dev)" = 1 ] || exit 1
              echo '{}' >engine.json
              exec dockerd --config-file $PWD/engine.json \\
                --host unix://$PWD/docker.sock --data-root $PWD/data \\
                --exec-root $PWD/exec --pidfile $PWD/docker.pid --bridge none \\
                --containerd-namespace tandem-test \\
                --containerd-plugins-namespace tandem-test-plugins \\
                --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false
            fi
            setsid -f unshare --net --mount "$PWD/start" inside >>log 2>&1 </dev/null
            for i in $(seq 150); do
              docker -H unix://$PWD/docker.sock version >/dev/null 2>&1 && exit 0
              sleep 0.2
            done
            tail -n 5 log >&2
            exit 1
            """;

    private static final Processes PLAIN = new Processes();

    /// Short, because socket paths below it must not be long.
    private static Path home = Path.of("/nowhere");

    /// Until there is an engine of its own: none at all, never the machine's.
    private static Nodes nodes =
            new Nodes(
                    new Processes(Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock")),
                    Await.real());

    private static String image = "";
    private static boolean hadBridge;

    @BeforeAll
    static void startAnEngine() throws IOException {
        hadBridge = hasBridge();
        Shell.asRoot("start a second engine");
        home = Files.createTempDirectory("tde");
        Path script = Files.writeString(home.resolve("start"), START);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Output started = PLAIN.run(Command.of(LIMIT, List.of(script.toString())));
        assertThat(started.ok()).as("the second engine: " + started.stderr()).isTrue();

        String address = "unix://" + home.resolve("docker.sock");
        Processes own = new Processes(Map.of("DOCKER_HOST", address));
        EngineHere.Place place =
                new EngineHere.Place(
                        List.of(address),
                        home.resolve("docker.pid"),
                        List.of(script.toString()),
                        Optional.empty());
        nodes = new Nodes(own, new EngineHere(own, Await.real(), place));
        image = imageOfTheMachine();
        String copy = "docker save %s | docker -H %s load".formatted(image, address);
        Output copied = PLAIN.run(Command.of(LIMIT, List.of("sh", "-c", copy)));
        assertThat(copied.ok()).as(copied.stderr()).isTrue();
    }

    private static String imageOfTheMachine() {
        List<String> list = List.of("docker", "images", "-q", "tandem/base");
        Output found = PLAIN.run(Command.of(LIMIT, list));
        assertThat(found.lines())
                .as("images tandem/base; ./check and ./tandem up make one: " + found.stderr())
                .isNotEmpty();
        return found.lines().getFirst();
    }

    @AfterAll
    static void endTheEngine() throws IOException {
        if (Files.exists(home.resolve("docker.pid"))) {
            long pid = Long.parseLong(Files.readString(home.resolve("docker.pid")).strip());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
            Await.real()
                    .until(
                            Duration.ofSeconds(30),
                            () ->
                                    Files.exists(home.resolve("docker.pid"))
                                            ? Optional.empty()
                                            : Optional.of(true));
        }
        assertThat(hasBridge()).as("the machine's docker0 is as it was").isEqualTo(hadBridge);
        if (home.toString().contains("tde")) {
            PLAIN.run(
                    Command.of(LIMIT, List.of("rm", "-rf", "--one-file-system", home.toString())));
        }
    }

    private static boolean hasBridge() throws IOException {
        return Files.readString(Path.of("/proc/net/dev")).contains("docker0:");
    }

    private static Ground ground() {
        return new Ground(
                "lone",
                image,
                List.of(new Node("a", "lone-a", List.of())),
                List.of(new Node("b", "lone-b", List.of())),
                nodes);
    }

    private static void start(String name, String policy) {
        nodes.startNew(
                List.of(
                        "--name",
                        name,
                        "--network",
                        "none",
                        "--restart",
                        policy,
                        "--stop-timeout",
                        "1",
                        image,
                        "sleep",
                        "600"));
    }

    @Test
    void theEngineAndTheWholePairComeBackAndOthersAreSpared() {
        start("lone-a", "unless-stopped");
        start("lone-b", "no");
        assertThat(FAULT.obstacle(ground())).isEmpty();
        assertThat(FAULT.what(ground())).contains("without live-restore", "lone-a lone-b");

        start("stranger", "no");
        assertThat(FAULT.obstacle(ground()).orElse("")).contains("other containers too: stranger");
        nodes.remove("stranger");

        FAULT.inject(ground());
        assertThat(nodes.engine().answers()).isTrue();
        assertThat(FAULT.unhealed(ground()).orElse("")).contains("lone-b does not run");

        FAULT.heal(ground());
        assertThat(FAULT.unhealed(ground())).isEmpty();
    }

    @Test
    void anEngineOnAnotherMachineIsNotRestarted() {
        String address = "unix://" + home.resolve("docker.sock");
        Nodes elsewhere = new Nodes(new Processes(Map.of("DOCKER_HOST", address)), Await.real());
        assertThat(elsewhere.engine().obstacle().orElse(""))
                .contains("the client talks to another engine: " + address);
    }
}
