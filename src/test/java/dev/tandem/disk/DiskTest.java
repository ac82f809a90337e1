package dev.tandem.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever links somebody has put into a directory, nothing outside of it is written.
class DiskTest {
    private static final String MINE = "mine\n";

    @TempDir private Path base;
    private Path victim;
    private Path file;

    @BeforeEach
    void aVictimOutside() throws IOException {
        victim = Files.writeString(base.resolve("victim"), "theirs\n");
        file = Files.createDirectory(base.resolve("site")).resolve("compose.yaml");
    }

    private void link(String name) throws IOException {
        Files.createSymbolicLink(file.resolveSibling(name), victim);
    }

    private void isWrittenAndTheVictimIsNot() throws IOException {
        assertThat(file).hasContent(MINE.strip()).isRegularFile();
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(victim).hasContent("theirs");
        assertThat(file.resolveSibling(".compose.yaml.new")).doesNotExist();
    }

    @Test
    void aLinkUnderTheNameBesideIsNotFollowed() throws IOException {
        link(".compose.yaml.new");
        Disk.replace(file, MINE);
        isWrittenAndTheVictimIsNot();
    }

    @Test
    void norIsOneUnderTheNameItself() throws IOException {
        link("compose.yaml");
        Disk.replace(file, MINE);
        isWrittenAndTheVictimIsNot();
    }

    @Test
    void norByAnyOtherWayToWrite() throws IOException {
        link(".compose.yaml.new");
        Disk.replaceSynced(file, MINE);
        isWrittenAndTheVictimIsNot();
        link(".compose.yaml.new");
        Disk.replace(file, MINE.getBytes(StandardCharsets.UTF_8), Disk.OWNER_ONLY_FILE);
        isWrittenAndTheVictimIsNot();
        link(".compose.yaml.new");
        Disk.copy(Files.writeString(base.resolve("source"), MINE), file);
        isWrittenAndTheVictimIsNot();
        Files.delete(file);
        link("compose.yaml");
        assertThatThrownBy(() -> Disk.create(file).close()).isInstanceOf(IOException.class);
        assertThat(victim).hasContent("theirs");
    }

    @Test
    void aLockThatIsALinkIsRefused() throws IOException {
        link("lock");
        assertThatThrownBy(() -> Disk.toLock(file.resolveSibling("lock")).close())
                .isInstanceOf(IOException.class);
        assertThat(victim).hasContent("theirs");
    }

    /// Who can open a file can lock it, even if they can only read it.
    @Test
    void aLockIsClosedToOthersAlsoOneOfAnEarlierVersion() throws IOException {
        Path lock = Files.createFile(file.resolveSibling("lock"));
        Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));
        Disk.toLock(lock).close();
        assertThat(Files.getPosixFilePermissions(lock)).isEqualTo(Disk.OWNER_ONLY_FILE);
    }

    @Test
    void aDirectoryIsClosedToOthersAlsoOneThatWasOpen() throws IOException {
        Path open = base.resolve("site");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path directory : Set.of(open, base.resolve("new/site"))) {
            Disk.ownDirectory(directory);
            assertThat(Files.getPosixFilePermissions(directory))
                    .isEqualTo(Disk.OWNER_ONLY_DIRECTORY);
        }
    }
}
