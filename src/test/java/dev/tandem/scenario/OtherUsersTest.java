package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine with other users: none of them leads what root writes to another file, or keeps a
/// change of root's waiting. They own what they own; root is who types.
@Tag("containers")
class OtherUsersTest {
    private static final int SOMEBODY = 54321;

    @TempDir private Path base;
    private Path site;
    private Path victim;

    @BeforeEach
    void aSiteOfRoots() throws IOException {
        Shell.asRoot("give files to another user");
        Files.copy(Shell.HOME.resolve("tandem.yaml"), base.resolve("tandem.yaml"));
        assertThat(render().exit()).isZero();
        site = base.resolve(".tandem/tandem");
        victim = Files.writeString(base.resolve("victim"), "theirs");
    }

    private Output render(String... environment) {
        List<String> argv = new ArrayList<>(List.of("env", "-u", "SUDO_UID"));
        argv.addAll(List.of(environment));
        argv.addAll(List.of(Shell.HOME.resolve("tandem").toString(), "render"));
        return Shell.run(base, argv.toArray(String[]::new));
    }

    private static void give(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
    }

    /// The link, and something to write.
    private void trap() throws IOException {
        give(Files.createSymbolicLink(site.resolve(".compose.yaml.new"), victim));
        Files.writeString(site.resolve("compose.yaml"), "edited\n");
    }

    private void isRefused(Output output, String seen) {
        assertThat(output.exit()).as(output.stderr()).isEqualTo(4);
        assertThat(output.stderr()).contains(seen);
        assertThat(victim).hasContent("theirs");
    }

    @Test
    void rootDoesNotWriteIntoADirectoryOfSomebodyElses() throws IOException {
        trap();
        try (Stream<Path> all = Files.walk(base.resolve(".tandem"))) {
            for (Path path : all.toList()) {
                give(path);
            }
        }
        isRefused(render(), "belongs to " + SOMEBODY);
        isRefused(render("SUDO_UID=" + (SOMEBODY + 1)), "belongs to " + SOMEBODY);

        Output asked = render("SUDO_UID=" + SOMEBODY);
        assertThat(asked.exit()).as(asked.stderr()).isZero();
        assertThat(victim).hasContent("theirs");
        assertThat(site.resolve("compose.yaml")).content().contains("services:");
    }

    @Test
    void whatSomebodyElseHasPutThereIsNamed() throws IOException {
        trap();
        isRefused(render(), "/.compose.yaml.new belongs to " + SOMEBODY);
        Files.delete(site.resolve(".compose.yaml.new"));
        give(site.resolve("haproxy-a"));
        isRefused(render(), "/haproxy-a belongs to " + SOMEBODY);
    }

    @Test
    void norIntoADirectoryOfSomebodyElsesThatIsNamed() throws IOException {
        Path theirs = Files.createDirectory(base.resolve("theirs"));
        give(theirs);
        Output refused =
                Shell.run(
                        base,
                        Shell.HOME.resolve("tandem").toString(),
                        "render",
                        "--output",
                        theirs.toString());
        isRefused(refused, "/theirs belongs to " + SOMEBODY);
        assertThat(theirs).isEmptyDirectory();
    }

    /// Others can neither look in nor hold the lock: who can open a file to read can lock it.
    @Test
    void theDirectoryAndItsLockAreClosed() {
        for (String path : List.of(".", ".lock", "compose.yaml")) {
            Output others =
                    Shell.run(
                            base,
                            "setpriv",
                            "--reuid=" + SOMEBODY,
                            "--clear-groups",
                            "flock",
                            "--shared",
                            "--nonblock",
                            site.resolve(path).toString(),
                            "true");
            assertThat(others.stderr()).as(path).contains("Permission denied");
        }
    }

    /// `setup/engine`, `setup/java` and `setup/base-image` take turns by a file: in a directory in
    /// which only root makes names.
    @Test
    void theLocksOfTheSetupAreInADirectoryOfRoots() throws IOException {
        Path locks = Files.createDirectory(base.resolve("locks"));
        Files.createSymbolicLink(locks.resolve("java"), victim);
        give(locks);
        Output refused = takeLock(locks);
        assertThat(refused.exit()).isEqualTo(5);
        assertThat(refused.stderr()).contains("is not a directory of root's");
        assertThat(victim).hasContent("theirs");

        Path link = Files.createSymbolicLink(base.resolve("link"), base.resolve(".tandem"));
        assertThat(takeLock(link).exit()).isEqualTo(5);
        Output taken = takeLock(base.resolve("made"));
        assertThat(taken.exit()).as(taken.stderr()).isZero();
        for (String script : List.of("engine", "java", "base-image")) {
            assertThat(Shell.HOME.resolve("setup").resolve(script))
                    .content()
                    .contains("take_lock " + script)
                    .doesNotContain("/run/lock");
        }
    }

    private Output takeLock(Path locks) {
        return Shell.run(
                base,
                "env",
                "TANDEM_LOCKS=" + locks,
                "bash",
                "-euc",
                ". "
                        + Shell.HOME.resolve("setup/apt.sh")
                        + "; what=setup/java; take_lock java none");
    }
}
