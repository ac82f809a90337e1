package dev.tandem.cli;

import dev.tandem.change.state.SavedState;
import dev.tandem.file.Surroundings;
import dev.tandem.model.Stop;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Layout;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
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
        return content(name, Path.of(""), next);
    }

    /// The same for a name that was typed in a directory.
    static byte[] content(String name, Path typedIn, String next) {
        try {
            return content(typedIn.resolve(name));
        } catch (IOException | InvalidPathException e) {
            throw new Stop(
                    Stop.Kind.SITE_FILE,
                    "cannot read " + name,
                    why(e),
                    "nothing was started or changed",
                    next);
        }
    }

    /// Only regular files are opened: a pipe without a writer would be waited for for ever.
    private static byte[] content(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    Files.isDirectory(file) ? "it is a directory" : "it is not a regular file");
        }
        try (var stream = Files.newInputStream(file)) {
            return stream.readNBytes(LARGEST);
        }
    }

    private static String why(Exception e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.toString();
        };
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

    /// Of `/` it is always true. Links are followed: what they lead to is what Docker mounts.
    @Override
    public boolean holdsSite(String path) {
        try {
            Path directory = base.resolve(path).toRealPath();
            return base.toRealPath().startsWith(directory)
                    || Files.exists(directory.resolve(Layout.PARENT));
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    /// As this directory knows it. Who may not read its state does without.
    @Override
    public Map<String, String> placed(String site) {
        try {
            Path state = base.resolve(Layout.PARENT).resolve(site);
            return new SavedState(new SiteDirectory(state)).placed();
        } catch (Stop | InvalidPathException e) {
            return Map.of();
        }
    }

    @Override
    public Optional<byte[]> read(String path) {
        try {
            return Optional.of(content(base.resolve(path)));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
