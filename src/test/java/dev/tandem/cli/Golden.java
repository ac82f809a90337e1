package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Texts that are compared with files below `src/test/golden`. Write them anew with
/// `-Dgolden.write=true`, and read the difference.
final class Golden {
    private static final Path ROOT =
            Path.of(System.getProperty("tandem.home", ".")).resolve("src/test/golden");

    private Golden() {}

    static void same(String path, String text) {
        Path file = ROOT.resolve(path);
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(file.resolve("..").normalize());
                Files.writeString(file, text + "\n");
            }
            assertThat(file).exists();
            assertThat(text + "\n").isEqualTo(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The names of what lies in a directory of golden files.
    static List<String> names(String directory) {
        try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
