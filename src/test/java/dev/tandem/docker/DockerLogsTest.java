package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.LogPart.Which;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What is asked of Compose for logs, and what is made of its lines.
class DockerLogsTest {
    private final List<String> asked = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    /// Compose as it writes into a pipe.
    private final Runner compose =
            new Runner() {
                @Override
                public Output run(Command command, Consumer<String> line) {
                    asked.add(command + " " + command.prints());
                    line.accept("\033[2Kshop-web-a  | GET /a\tb");
                    return new Output(0, "", "");
                }

                @Override
                public Following follow(Command command, Path file) {
                    throw new AssertionError("nobody asks for a file");
                }
            };

    @Test
    void aLineHasNoControlSequences() {
        LogPart part = new LogPart(List.of("web-a"), "100", Optional.empty(), Which.SO_FAR);
        assertThat(new Docker(compose).readLogs("shop", part, lines::add)).isZero();
        assertThat(lines).containsExactly("shop-web-a  | GET /a\tb");
        assertThat(asked)
                .containsExactly(
                        "docker compose --ansi never --project-name shop logs --no-color --tail 100"
                                + " web-a PASSED_ON");
    }

    @Test
    void sinceAndTimesAreAskedOfCompose() {
        LogPart part = new LogPart(List.of(), LogPart.ALL, Optional.of("10m"), Which.FOLLOWED);
        assertThat(new Docker(compose).readTimedLogs("shop", part, lines::add)).isZero();
        assertThat(asked)
                .containsExactly(
                        "docker compose --ansi never --project-name shop logs --no-color"
                                + " --timestamps --tail all --since 10m --follow PASSED_ON");
    }
}
