package dev.tandem.deploy;

import dev.tandem.model.Stop;
import dev.tandem.render.Rendering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The directory of a site on disk: `.tandem/SITE` beside the site file, kept out of git.
public final class SiteDirectory {
    /// Its parent, beside the site file.
    public static final String PARENT = ".tandem";

    /// The paths that were written last, a line each.
    private static final String WRITTEN = ".rendered";

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

    /// Writes what differs, each file in one move, and removes what it wrote for an earlier state
    /// and is no longer part of the site. Files that it never wrote are not its own: it leaves
    /// them. Returns the paths that it touched.
    public List<String> write(Rendering rendering) {
        List<String> differing = differences(rendering);
        for (String path : differing) {
            String text = rendering.files().get(path);
            if (text == null) {
                attempt(path, () -> Files.deleteIfExists(root.resolve(path)));
            } else {
                note(path, text);
            }
        }
        String written = String.join("\n", rendering.files().keySet()) + "\n";
        if (!read(WRITTEN).equals(written)) {
            note(WRITTEN, written);
        }
        return differing;
    }

    /// Writes a file of the directory, whole or not at all.
    public void note(String name, String text) {
        attempt(name, () -> replace(root.resolve(name), text));
    }

    /// A file's text, bytes that are no UTF-8 replaced; empty when there is no such file.
    public String read(String path) {
        Path file = root.resolve(path);
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw stopped("read", file, e);
        }
    }

    /// Nothing below `.tandem` belongs into git: it holds private keys.
    public void keepOutOfGit() {
        Path ignore = root.resolveSibling(".gitignore");
        attempt(
                ".gitignore",
                () -> {
                    Files.createDirectories(root);
                    if (!Files.exists(ignore)) {
                        replace(ignore, "# Written by Tandem: keys and generated files.\n*\n");
                    }
                });
    }

    private static void replace(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(temporary, text);
        Files.move(
                temporary,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// What an earlier state wrote, is still there, and is not part of this one.
    private List<String> leftOver(Rendering rendering) {
        return read(WRITTEN)
                .lines()
                .filter(path -> !rendering.files().containsKey(path))
                .filter(path -> Files.exists(root.resolve(path)))
                .sorted()
                .toList();
    }

    /// Something that the disk may refuse.
    private interface Attempt {
        void run() throws IOException;
    }

    private void attempt(String name, Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException e) {
            throw stopped("write", root.resolve(name), e);
        }
    }

    private static Stop stopped(String verb, Path file, IOException e) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "cannot " + verb + " " + file,
                e.toString(),
                "no container was started or changed",
                "ls -ld " + file.resolveSibling(".") + "; df -h " + file.resolveSibling("."));
    }
}
