package dev.tandem.deploy;

import dev.tandem.render.Rendering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The directory of a site on disk: `.tandem/SITE` beside the site file, kept out of git.
public final class SiteDirectory {
    /// Its parent, beside the site file.
    public static final String PARENT = ".tandem";

    private final Path root;

    public SiteDirectory(Path root) {
        this.root = root;
    }

    /// Where it is.
    public Path root() {
        return root;
    }

    /// Where its certificates are.
    public Path tls() {
        return root.resolve("tls");
    }

    /// The files that differ from the rendering: changed, missing, or no longer part of it.
    public List<String> differences(Rendering rendering) {
        List<String> differing = new ArrayList<>();
        for (Map.Entry<String, String> file : rendering.files().entrySet()) {
            if (!file.getValue().equals(read(file.getKey()))) {
                differing.add(file.getKey());
            }
        }
        differing.addAll(leftOver(rendering));
        return differing;
    }

    /// Writes what differs, each file in one move, and removes what is no longer part of the site.
    /// Returns the paths that it touched.
    public List<String> write(Rendering rendering) {
        List<String> differing = differences(rendering);
        try {
            for (String path : differing) {
                String text = rendering.files().get(path);
                if (text == null) {
                    Files.deleteIfExists(root.resolve(path));
                } else {
                    replace(root.resolve(path), text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return differing;
    }

    /// Writes a file of the directory that is not part of the rendering.
    public void note(String name, String text) {
        try {
            replace(root.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file's text; empty when there is no such file.
    public String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nothing below `.tandem` belongs into git: it holds private keys.
    public void keepOutOfGit() {
        try {
            Path ignore = root.resolveSibling(".gitignore");
            Files.createDirectories(root);
            if (!Files.exists(ignore)) {
                replace(ignore, "# Written by Tandem: private keys and generated files.\n*\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(temporary, text);
        Files.move(
                temporary,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// Rendered files of an earlier state: in the directory, not in the rendering, no certificate
    /// and no note.
    private List<String> leftOver(Rendering rendering) {
        List<String> found = new ArrayList<>();
        if (!Files.isDirectory(root)) {
            return found;
        }
        try {
            Files.walkFileTree(
                    root,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path directory, BasicFileAttributes attributes) {
                            return directory.equals(tls())
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            String path = root.relativize(file).toString();
                            if (!path.startsWith(".") && !rendering.files().containsKey(path)) {
                                found.add(path);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }
}
