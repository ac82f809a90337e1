package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Processes;
import dev.tandem.render.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tags of the images follow from their build directories. Nothing is built here.
class ImagesTest {
    @TempDir private Path home;

    private Setting.Images wanted() {
        Processes processes = new Processes();
        return new Images(new Docker(processes), processes, home).wanted();
    }

    private void put(String path, String text) throws IOException {
        Files.writeString(home.resolve("images").resolve(path), text);
    }

    @BeforeEach
    void twoContexts() throws IOException {
        Files.createDirectories(home.resolve("images/balancer"));
        Files.createDirectories(home.resolve("images/web"));
        put("balancer/Dockerfile", "FROM tandem/base:trixie\n");
        put("balancer/init", "#!/bin/sh\n");
        put("web/Dockerfile", "FROM tandem/base:trixie\n");
    }

    @Test
    void theSameFilesGiveTheSameTags() {
        assertThat(wanted()).isEqualTo(wanted());
        assertThat(wanted().balancer()).matches("tandem/balancer:[0-9a-f]{12}");
        assertThat(wanted().web()).matches("tandem/web:[0-9a-f]{12}");
    }

    @Test
    void aChangedFileChangesOnlyTheTagOfItsImage() throws IOException {
        Setting.Images before = wanted();
        put("balancer/init", "#!/bin/dash\n");
        assertThat(wanted().balancer()).isNotEqualTo(before.balancer());
        assertThat(wanted().web()).isEqualTo(before.web());
    }

    @Test
    void aFileInASubdirectoryCountsAsWell() throws IOException {
        String before = wanted().balancer();
        Files.createDirectories(home.resolve("images/balancer/lib"));
        put("balancer/lib/Run.pm", "1;\n");
        String more = wanted().balancer();
        assertThat(more).isNotEqualTo(before);
        put("balancer/lib/Run.pm", "2;\n");
        assertThat(wanted().balancer()).isNotIn(before, more);
    }

    @Test
    void aFileThatIsAddedRemovedOrRenamedChangesTheTag() throws IOException {
        String before = wanted().web();
        put("web/mime.types", "");
        String more = wanted().web();
        assertThat(more).isNotEqualTo(before);
        Files.move(home.resolve("images/web/mime.types"), home.resolve("images/web/mime"));
        assertThat(wanted().web()).isNotIn(before, more);
        Files.delete(home.resolve("images/web/mime"));
        assertThat(wanted().web()).isEqualTo(before);
    }
}
