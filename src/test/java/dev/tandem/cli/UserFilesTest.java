package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command line finds out of the directories that a site file names.
class UserFilesTest {
    @TempDir private Path root;

    private boolean holdsSite(String path) throws IOException {
        Path base = Files.createDirectories(root.resolve("shop/live"));
        Files.createDirectories(base.resolve("pages"));
        Files.createDirectories(root.resolve("other/.tandem"));
        Files.createDirectories(root.resolve("www"));
        return new UserFiles(base).holdsSite(path);
    }

    @Test
    void aDirectoryOfPagesHoldsNoSite() throws IOException {
        assertThat(holdsSite("pages")).isFalse();
        assertThat(holdsSite("../../www")).isFalse();
        assertThat(holdsSite("nowhere")).isFalse();
    }

    @Test
    void thatOfTheSiteFileDoesAndAllAboveIt() throws IOException {
        assertThat(holdsSite(".")).isTrue();
        assertThat(holdsSite("..")).isTrue();
        assertThat(holdsSite("pages/..")).isTrue();
        assertThat(holdsSite(root.toString())).isTrue();
        assertThat(holdsSite("/")).isTrue();
    }

    @Test
    void whatTandemKeepsOfAnotherSiteIsFoundToo() throws IOException {
        assertThat(holdsSite("../../other")).isTrue();
    }

    @Test
    void linksAreFollowed() throws IOException {
        assertThat(holdsSite("pages")).isFalse();
        Files.createSymbolicLink(root.resolve("shop/live/all"), Path.of("/"));
        assertThat(holdsSite("all")).isTrue();
    }
}
