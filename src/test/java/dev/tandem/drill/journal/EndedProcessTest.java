package dev.tandem.drill.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.docker.Processes;
import dev.tandem.drill.ground.Grounds;
import dev.tandem.model.Stop;
import dev.tandem.scenario.SecondJvm;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However a Tandem with an open fault ends, the fault is healed: by itself, or by the next one.
@Tag("slow")
class EndedProcessTest {
    @TempDir private Path root;

    /// Another process that has a fault open.
    private Process breaker() throws IOException, URISyntaxException {
        Process process = SecondJvm.start(Breaker.class, Processes.class, root, "broken");
        assertThat(root.resolve("broken")).exists();
        return process;
    }

    private static void signal(Process process, String name)
            throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("it ends").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "INT", "TERM"})
    void aSignalThatEndsItHealsFirst(String signal) throws Exception {
        signal(breaker(), signal);

        assertThat(root.resolve("broken")).doesNotExist();
        assertThat(Breaker.journal(root).entries(Grounds.NODES)).isEmpty();
    }

    @Test
    void afterAKillTheNextOneHeals() throws Exception {
        Process process = breaker();
        assertThatExceptionOfType(Stop.class)
                .as("not while it goes on")
                .isThrownBy(() -> Breaker.journal(root).healAll(Grounds.NODES))
                .withMessage("another drill is under way");
        assertThat(root.resolve("broken")).exists();

        signal(process, "KILL");
        assertThat(root.resolve("broken")).exists();
        assertThat(Breaker.journal(root).underWay()).isFalse();

        assertThat(Breaker.journal(root).healAll(Grounds.NODES)).containsExactly("file");
        assertThat(root.resolve("broken")).doesNotExist();
    }
}
