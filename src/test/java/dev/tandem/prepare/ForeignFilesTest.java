package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.render.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tandem render -o DIR` may name any directory, even one with the user's own files: files that
/// Tandem did not write are not removed, and rendered files that it cannot read are replaced.
class ForeignFilesTest {
    private static final Rendering WANTED =
            new Rendering(new TreeMap<>(Map.of("compose.yaml", "name: a\n")), new TreeMap<>());

    @TempDir private Path root;

    @Test
    void filesThatTandemNeverWroteStay() throws IOException {
        Files.writeString(root.resolve("tandem.yaml"), "mine\n");
        Files.createDirectories(root.resolve("photos"));
        Files.writeString(root.resolve("photos/cat.jpg"), "mine\n");
        new SiteDirectory(root).write(WANTED);
        assertThat(root.resolve("tandem.yaml")).exists();
        assertThat(root.resolve("photos/cat.jpg")).exists();
    }

    @Test
    void aFileThatIsNotUtf8DiffersAndIsReplaced() throws IOException {
        Files.write(root.resolve("compose.yaml"), new byte[] {'n', (byte) 0xe9, '\n'});
        SiteDirectory directory = new SiteDirectory(root);
        assertThat(directory.differences(WANTED)).isEqualTo(List.of("compose.yaml"));
        assertThat(directory.write(WANTED)).containsExactly("compose.yaml");
        assertThat(directory.differences(WANTED)).isEmpty();
    }
}
