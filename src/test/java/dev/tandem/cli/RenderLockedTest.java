package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.state.SiteLock;
import dev.tandem.cli.Console.Style;
import dev.tandem.prepare.SiteDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that containers read are not written while the site is being changed. No engine is asked.
class RenderLockedTest {
    private final Captured captured = new Captured(Style.LINES);
    @TempDir private Path base;

    @Test
    void renderIsRefusedWhileTheSiteIsBeingChanged() throws IOException {
        Path file = base.resolve("tandem.yaml");
        Files.copy(Path.of("tandem.yaml"), file);
        SiteDirectory directory = new SiteDirectory(base.resolve(".tandem/tandem"));
        directory.keepPrivate();
        try (SiteLock _ = SiteLock.toWrite(directory, "apply", Clock.systemUTC())) {
            assertThat(RealVerbs.cli(captured.console()).run("render", "--file", file.toString()))
                    .isEqualTo(ExitCode.REFUSED);
        }
        assertThat(captured.err())
                .startsWith("tandem: another tandem is changing this site\n  seen:  apply by ");
        assertThat(directory.paths()).isEmpty();
    }
}
