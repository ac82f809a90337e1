package dev.tandem.change.carry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.plan.PlannedSite;
import dev.tandem.change.plan.Wanted;
import dev.tandem.model.Duty;
import dev.tandem.prepare.SiteDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file from which a balancer takes its duty, for the time of a change and after it.
class DutyFileTest {
    private static final String FILE = "haproxy-a/duty";

    @TempDir private Path root;

    private SiteDirectory source() {
        SiteDirectory source = new SiteDirectory(root.resolve("source"));
        source.note(FILE, "# what it serves for\nserve\n");
        return source;
    }

    private SiteDirectory present() {
        return new SiteDirectory(root.resolve("present"));
    }

    private void write(Duty duty) {
        Wanted wanted = new PlannedSite().wanted();
        StepActions.write(
                new StepActions.Scene(
                        wanted, source(), root, present(), Optional.empty(), List.of()),
                "haproxy-a",
                duty);
    }

    @Test
    void theDutyThatIsWantedIsInstalled() {
        write(Duty.SERVE);
        assertThat(present().read(FILE)).isEqualTo(source().read(FILE));
        assertThat(present().written()).isEqualTo(source().hashes(List.of(FILE)));
    }

    @Test
    void anotherOneIsWrittenAndNotNotedAsInstalled() {
        write(Duty.YIELD);
        assertThat(present().read(FILE)).isEqualTo("# what it serves for\nyield\n");
        assertThat(present().written()).isEmpty();
    }

    @Test
    void theOneThatIsWantedReplacesAnother() {
        write(Duty.MAINTENANCE);
        write(Duty.SERVE);
        assertThat(present().read(FILE)).isEqualTo(source().read(FILE));
    }
}
