package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may change a site: whoever brought it up, and root.
class OwnerTest {
    private static final int NOBODY_HERE = 54321;
    @TempDir private Path base;

    @Test
    void theOwnerAndRootMay() throws IOException {
        Files.createDirectory(base.resolve(".tandem"));
        assertThat(Owner.me().other(base)).isEmpty();
        assertThat(new Owner(0).other(base)).isEmpty();
        assertThatCode(() -> Owner.me().require(base)).doesNotThrowAnyException();
    }

    @Test
    void anybodyMayBringUpAFirstSite() {
        assertThat(new Owner(NOBODY_HERE).other(base)).isEmpty();
    }

    @Test
    void othersAreToldWhoMay() throws IOException {
        Path state = Files.createDirectory(base.resolve(".tandem"));
        String name = Files.getOwner(state).getName();
        assertThatThrownBy(() -> new Owner(NOBODY_HERE).require(base))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
                            assertThat(stop.getMessage())
                                    .startsWith("this site belongs to " + name + ": only " + name);
                            assertThat(stop.next()).startsWith("the same command as " + name);
                        });
    }
}
