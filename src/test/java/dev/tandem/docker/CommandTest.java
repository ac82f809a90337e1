package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A command is a value.
class CommandTest {
    private static final Command INFO =
            Command.of(Duration.ofSeconds(5), List.of("docker", "info"));

    @Test
    void itIsShownAsOneWouldTypeIt() {
        assertThat(INFO).hasToString("docker info");
        assertThat(INFO.in(Path.of("/srv")).with("DOCKER_BUILDKIT", "1").talking())
                .hasToString("docker info");
    }

    @Test
    void itIsReadAndRunsWhereTandemWasStarted() {
        List<String> argv = List.of("docker", "info");
        assertThat(INFO)
                .isEqualTo(
                        new Command(
                                argv,
                                Duration.ofSeconds(5),
                                Optional.empty(),
                                Map.of(),
                                Command.Prints.KEPT));
    }

    @Test
    void everyVariantKeepsTheRest() {
        Command all = INFO.with("A", "1").in(Path.of("/srv")).with("B", "2").talking();
        assertThat(all)
                .isEqualTo(
                        new Command(
                                INFO.argv(),
                                INFO.limit(),
                                Optional.of(Path.of("/srv")),
                                Map.of("A", "1", "B", "2"),
                                Command.Prints.SHOWN));
        assertThat(INFO.environment()).isEmpty();
        assertThat(INFO.prints()).isEqualTo(Command.Prints.KEPT);
    }

    @Test
    void nobodyChangesItAfterwards() {
        List<String> argv = new ArrayList<>(List.of("docker", "info"));
        Command command = Command.of(Duration.ofSeconds(5), argv);
        argv.add("--format");
        assertThat(command).isEqualTo(INFO);
    }
}
