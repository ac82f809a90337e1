package dev.tandem.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Texts that are compared with files of this repository. With `-Dgolden.write=true` the files are
/// written instead: read the difference before you commit it.
public final class Golden {
    private static final Path HOME = Path.of(System.getProperty("tandem.home", "."));

    private Golden() {}

    /// Whether this run writes the files that it would otherwise compare.
    public static boolean isWriting() {
        return Boolean.getBoolean("golden.write");
    }

    /// The text is that of a file below `src/test/golden`, which ends with a line break of its own.
    public static void same(String path, String text) {
        sameFile("src/test/golden/" + path, text + "\n");
    }

    /// The text is another one with the differences in `path`, which ends with `.diff`. Equal texts
    /// have no such file.
    public static void sameExceptFor(String path, String other, String text) {
        String difference = LineDiff.of(other + "\n", text + "\n");
        if (difference.isEmpty()) {
            none("src/test/golden/" + path);
        } else {
            sameFile("src/test/golden/" + path, difference);
        }
    }

    private static void none(String path) {
        Path file = HOME.resolve(path);
        try {
            if (isWriting()) {
                Files.deleteIfExists(file);
            }
            assertThat(file).doesNotExist();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The text is exactly that of a file of this repository.
    public static void sameFile(String path, String text) {
        Path file = HOME.resolve(path);
        try {
            if (isWriting()) {
                Files.createDirectories(file.resolve("..").normalize());
                Files.writeString(file, text);
            }
            assertThat(file).exists();
            assertThat(text)
                    .as("%s (to write it: mvn -q test -Dgroups=golden -Dgolden.write=true)", path)
                    .isEqualTo(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The names of what lies in a directory of golden files.
    public static List<String> names(String directory) {
        try (Stream<Path> files = Files.list(HOME.resolve("src/test/golden").resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
