package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may change a site: whoever brought it up.
class OwnerTest {
    private static final int NOBODY_HERE = 54321;
    @TempDir private Path base;

    @Test
    void theOwnerMay() throws IOException {
        Files.createDirectory(base.resolve(".tandem"));
        assertThat(Owner.me().other(base)).isEmpty();
        assertThatCode(() -> Owner.me().require(base)).doesNotThrowAnyException();
    }

    /// What root may in the directories of others is tried by {@link
    /// dev.tandem.scenario.OtherUsersTest}.
    @Test
    void rootTrustsItselfAndWhoCalledSudo() {
        assertThat(Owner.of(0, Map.of()).trusted()).containsExactly(0);
        assertThat(Owner.of(0, Map.of("SUDO_UID", "1000")).trusted())
                .containsExactlyInAnyOrder(0, 1000);
        assertThat(Owner.of(0, Map.of("SUDO_UID", "me")).trusted()).containsExactly(0);
        assertThat(Owner.of(7, Map.of("SUDO_UID", "1000")).trusted())
                .containsExactlyInAnyOrder(0, 7);
    }

    @Test
    void aDirectoryThatEverybodyCanWriteToIsRefused() throws IOException {
        Path open = Files.createDirectories(base.resolve(".tandem/site/haproxy-a"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> Owner.me().require(base))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
                            assertThat(stop.seen())
                                    .endsWith("/haproxy-a can be written to by everybody");
                        });
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
