package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.render.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The directory of a site on a real disk.
class SiteDirectoryTest {
    private static final Rendering WANTED =
            rendering(
                    Map.of(
                            "compose.yaml", "name: tandem\n",
                            "web-a/nginx.conf", "events {}\n",
                            "web-a/content/index.html", "<p>chào\n"));

    @TempDir private Path base;
    private Path root = Path.of("");
    private SiteDirectory directory = new SiteDirectory(root);

    private static Rendering rendering(Map<String, String> files) {
        return new Rendering(new TreeMap<>(files), new TreeMap<>());
    }

    @BeforeEach
    void inATemporaryPlace() {
        root = base.resolve(".tandem/tandem");
        directory = new SiteDirectory(root);
    }

    private void put(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolve("..").normalize());
        Files.writeString(file, text);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void beforeTheFirstWriteEverythingDiffers() {
        assertThat(directory.differences(WANTED))
                .containsExactly("compose.yaml", "web-a/content/index.html", "web-a/nginx.conf");
        assertThat(root).doesNotExist();
    }

    @Test
    void onceWrittenItHoldsTheRenderingAndNothingElse() throws IOException {
        assertThat(directory.write(WANTED))
                .containsExactly("compose.yaml", "web-a/content/index.html", "web-a/nginx.conf");
        assertThat(files())
                .containsExactly(
                        ".rendered",
                        "compose.yaml",
                        "web-a/content/index.html",
                        "web-a/nginx.conf");
        assertThat(root.resolve("web-a/content/index.html")).hasContent("<p>chào\n");
        assertThat(directory.differences(WANTED)).isEmpty();
    }

    @Test
    void aSecondWriteTouchesNothing() throws IOException {
        directory.write(WANTED);
        Object before = Files.readAttributes(root.resolve("compose.yaml"), "unix:ino,ctime");
        assertThat(directory.write(WANTED)).isEmpty();
        assertThat(Files.readAttributes(root.resolve("compose.yaml"), "unix:ino,ctime"))
                .isEqualTo(before);
    }

    @Test
    void onlyChangedOrMissingFilesAreWritten() throws IOException {
        directory.write(WANTED);
        put("compose.yaml", "name: mine\n");
        Files.delete(root.resolve("web-a/nginx.conf"));
        assertThat(directory.differences(WANTED))
                .containsExactly("compose.yaml", "web-a/nginx.conf");
        assertThat(directory.write(WANTED)).containsExactly("compose.yaml", "web-a/nginx.conf");
        assertThat(root.resolve("compose.yaml")).hasContent("name: tandem\n");
    }

    /// A concurrent reader sees the old file or the new one, never a part of it: the new one is
    /// another file that takes its place.
    @Test
    void aFileIsReplacedInOneMove() throws IOException {
        put("compose.yaml", "name: mine\n");
        Path reader = base.resolve("reader");
        Files.createLink(reader, root.resolve("compose.yaml"));
        directory.write(WANTED);
        assertThat(root.resolve("compose.yaml")).hasContent("name: tandem\n");
        assertThat(reader).hasContent("name: mine\n");
    }

    @Test
    void filesThatAreNoLongerRenderedAreRemoved() throws IOException {
        directory.write(WANTED);
        Rendering less = rendering(Map.of("compose.yaml", "name: tandem\n"));
        assertThat(directory.differences(less))
                .containsExactly("web-a/content/index.html", "web-a/nginx.conf");
        assertThat(directory.write(less))
                .containsExactly("web-a/content/index.html", "web-a/nginx.conf");
        assertThat(files()).containsExactly(".rendered", "compose.yaml");
    }

    @Test
    void certificatesAndNotesStay() throws IOException {
        directory.write(WANTED);
        put("tls/ca.pem", "certificate\n");
        put("tls/web-a/server.key", "key\n");
        directory.note(".lan", "bridge\n");
        assertThat(directory.differences(WANTED)).isEmpty();
        assertThat(directory.write(rendering(Map.of("compose.yaml", "")))).isNotEmpty();
        assertThat(files())
                .containsExactly(
                        ".lan", ".rendered", "compose.yaml", "tls/ca.pem", "tls/web-a/server.key");
        assertThat(directory.tls()).isEqualTo(root.resolve("tls"));
    }

    @Test
    void aNoteIsReadAsItWasWritten() {
        assertThat(directory.read(".lan")).isEmpty();
        directory.note(".lan", "bridge\n");
        directory.note(".lan", "macvlan ens33 - -\n");
        assertThat(directory.read(".lan")).isEqualTo("macvlan ens33 - -\n");
    }

    @Test
    void gitIgnoresEverythingBelowIt() throws IOException {
        directory.keepPrivate();
        Path ignore = base.resolve(".tandem/.gitignore");
        assertThat(ignore).hasContent("# Written by Tandem: keys and generated files.\n*\n");
        Files.writeString(ignore, "mine\n");
        directory.keepPrivate();
        assertThat(ignore).hasContent("mine\n");
    }

    @Test
    void itsUsualPlaceIsBesideTheSiteFile() {
        SitePlace target = SitePlace.beside(Path.of("/srv/site"), Sample.site());
        assertThat(target.directory().root()).isEqualTo(Path.of("/srv/site/.tandem/tandem"));
        assertThat(target.contentBase()).isEqualTo("../..");
    }

    @Test
    void fromElsewhereContentIsFoundByItsFullPath() {
        SiteDirectory elsewhere = new SiteDirectory(Path.of("/tmp/out"));
        SitePlace target = new SitePlace(Sample.site(), Path.of("/srv/site"), elsewhere);
        assertThat(target.contentBase()).isEqualTo("/srv/site");
    }

    @Test
    void installedFilesKeepTheirContentAndPermissionsAndAreNoted() throws IOException {
        SiteDirectory source = new SiteDirectory(base.resolve("next"));
        source.write(WANTED);
        source.note("tls/web-a/server.key", "key\n");
        Path key = base.resolve("next/tls/web-a/server.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

        directory.install(source, source.paths());

        assertThat(files())
                .containsExactly(
                        ".rendered",
                        "compose.yaml",
                        "tls/web-a/server.key",
                        "web-a/content/index.html",
                        "web-a/nginx.conf");
        assertThat(directory.written()).isEqualTo(directory.hashes(source.paths()));
        assertThat(directory.written())
                .containsEntry("tls/web-a/server.key", Rendering.sha256("key\n"));
        Path installed = root.resolve("tls/web-a/server.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(installed)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.tls())))
                .isEqualTo("rwx------");
    }

    @Test
    void onlyTheNamedFilesAreInstalled() throws IOException {
        SiteDirectory source = new SiteDirectory(base.resolve("next"));
        source.write(WANTED);
        directory.install(source, List.of("compose.yaml"));
        assertThat(files()).containsExactly(".rendered", "compose.yaml");
        assertThat(directory.written()).containsOnlyKeys("compose.yaml");
    }

    @Test
    void filesThatTheSourceLacksAreRemoved() throws IOException {
        directory.write(WANTED);
        SiteDirectory source = new SiteDirectory(base.resolve("next"));
        source.write(rendering(Map.of("compose.yaml", "name: tandem\n")));
        directory.install(source, List.of("web-a/nginx.conf", "web-z/nginx.conf"));
        assertThat(directory.paths()).containsExactly("compose.yaml", "web-a/content/index.html");
        assertThat(directory.written())
                .containsOnlyKeys("compose.yaml", "web-a/content/index.html");
    }

    @Test
    void hashesCoverExistingFilesAndPathsOmitNotes() throws IOException {
        assertThat(directory.paths()).isEmpty();
        put("web-a/nginx.conf", "events {}\n");
        directory.note(".lan", "bridge\n");
        directory.note(".next/compose.yaml", "name: tandem\n");
        assertThat(directory.paths()).containsExactly("web-a/nginx.conf");
        assertThat(directory.hashes(List.of("web-a/nginx.conf", "web-b/nginx.conf")))
                .isEqualTo(Map.of("web-a/nginx.conf", Rendering.sha256("events {}\n")));
    }

    @Test
    void editsDoNotChangeTheNoteOfWhatWasWritten() throws IOException {
        directory.write(WANTED);
        put("compose.yaml", "name: mine\n");
        assertThat(directory.written())
                .containsEntry("compose.yaml", Rendering.sha256("name: tandem\n"));
        assertThat(directory.hashes(List.of("compose.yaml")))
                .containsEntry("compose.yaml", Rendering.sha256("name: mine\n"));
    }
}
