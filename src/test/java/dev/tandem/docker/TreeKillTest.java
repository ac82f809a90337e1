package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// At the deadline nobody of the command's family stays behind.
@Tag("slow")
class TreeKillTest {
    @Test
    void aChildThatIgnoresThePoliteSignalIsKilledThoughItsParentHasGone() {
        String script = "(trap '' TERM; sh -c 'echo $$; exec sleep 62') & wait";
        Command command = Command.of(Duration.ofSeconds(1), List.of("/bin/sh", "-c", script));
        Output output = new Processes().run(command);
        assertThat(output.exit()).isEqualTo(Output.TIMED_OUT);
        ProcessesTest.assertGone(output.lines());
    }
}
