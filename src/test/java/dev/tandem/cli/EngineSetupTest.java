package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Command;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Processes;
import dev.tandem.docker.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine on which nobody has installed Docker yet: there is not even a client to ask.
class EngineSetupTest {
    @TempDir Path home;

    /// Real processes, but no program has the name docker.
    private static final class BareMachine implements Runner {
        private final Processes processes = new Processes();

        @Override
        public Output run(Command command, Consumer<String> line) {
            return processes.run(without(command), line);
        }

        @Override
        public Following follow(Command command, Path file) {
            return processes.follow(without(command), file);
        }

        private static Command without(Command command) {
            List<String> argv = new ArrayList<>(command.argv());
            if (argv.getFirst().equals("docker")) {
                argv.set(0, "docker-that-nobody-has");
            }
            return Command.of(command.limit(), argv);
        }
    }

    private Optional<ExitCode> ensure(EngineSetup.Consent consent, int exit) throws IOException {
        Path script = Files.createDirectories(home.resolve("setup")).resolve("engine");
        Files.writeString(
                script, "#!/bin/sh\necho called \"$@\" >%s/said\nexit %d\n".formatted(home, exit));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Runner bare = new BareMachine();
        return new EngineSetup(new Docker(bare), bare, home).ensure(consent);
    }

    @Test
    void theEngineIsInstalled() throws IOException {
        assertThat(ensure(EngineSetup.Consent.GIVEN, 0)).isEmpty();
        assertThat(home.resolve("said")).hasContent("called --yes");
    }

    @Test
    void aNoIsRespected() throws IOException {
        assertThat(ensure(EngineSetup.Consent.TO_BE_ASKED, 4)).contains(ExitCode.REFUSED);
        assertThat(home.resolve("said")).hasContent("called");
    }
}
