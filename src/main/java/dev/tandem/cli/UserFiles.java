package dev.tandem.cli;

import dev.tandem.file.Surroundings;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// The user's files on disk: the site file or pair file itself, and the files that it names.
///
/// @param base the directory of the file, to which the names in it are relative
record UserFiles(Path base) implements Surroundings {
    /// A site file is a screen long; anything this much larger is something different.
    private static final int LARGEST = 1 << 20;

    /// The directory that contains a file.
    static Path parent(String file) {
        Path parent = Path.of(file).toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    /// The bytes of a file.
    ///
    /// @param next what to do when there is none
    static byte[] content(String name, String next) {
        try (var stream = Files.newInputStream(Path.of(name))) {
            return stream.readNBytes(LARGEST);
        } catch (IOException e) {
            throw new Stop(
                    Stop.Kind.SITE_FILE,
                    "cannot read " + name,
                    Files.exists(Path.of(name)) ? e.toString() : "there is no such file",
                    "nothing was started or changed",
                    next);
        }
    }

    @Override
    public boolean isDirectory(String path) {
        try {
            Path resolved = base.resolve(path);
            return Files.isDirectory(resolved) && Files.isReadable(resolved);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public Optional<byte[]> read(String path) {
        try (var stream = Files.newInputStream(base.resolve(path))) {
            return Optional.of(stream.readNBytes(LARGEST));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
