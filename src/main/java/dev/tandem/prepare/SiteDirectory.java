package dev.tandem.prepare;

import dev.tandem.disk.Disk;
import dev.tandem.model.Stop;
import dev.tandem.render.Layout;
import dev.tandem.render.Notes;
import dev.tandem.render.Rendering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The directory of a site on disk: `.tandem/SITE` beside the site file, kept out of git.
public final class SiteDirectory implements SiteFiles {
    private final Path root;

    public SiteDirectory(Path root) {
        this.root = root;
    }

    /// Its path.
    public Path root() {
        return root;
    }

    /// The directory of its certificates.
    public Path tls() {
        return root.resolve(Layout.Tls.TLS);
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

    /// Writes the files that differ, each in one move, and removes files that it wrote for an
    /// earlier state and that are no longer part of the site. Files that it never wrote are left
    /// alone. Returns the paths that it touched.
    public List<String> write(Rendering rendering) {
        List<String> differing = differences(rendering);
        for (String path : differing) {
            String text = rendering.files().get(path);
            if (text == null) {
                attempt(path, () -> remove(root.resolve(path)));
            } else {
                note(path, text);
            }
        }
        TreeMap<String, String> written = new TreeMap<>(written());
        written.keySet().removeIf(path -> !Layout.Tls.has(path));
        rendering.files().forEach((path, text) -> written.put(path, Rendering.sha256(text)));
        noteWritten(written);
        return differing;
    }

    /// What Tandem last wrote here: SHA-256 by path.
    @Override
    public SortedMap<String, String> written() {
        TreeMap<String, String> written = new TreeMap<>();
        read(Notes.WRITTEN)
                .lines()
                .map(line -> line.split(" {2}", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> written.put(words[1], words[0]));
        return written;
    }

    private void noteWritten(SortedMap<String, String> written) {
        StringBuilder text = new StringBuilder();
        written.forEach((path, hash) -> text.append(hash).append("  ").append(path).append('\n'));
        if (!read(Notes.WRITTEN).contentEquals(text)) {
            note(Notes.WRITTEN, text.toString());
        }
    }

    /// The SHA-256 of those of these files that exist, by path.
    @Override
    public SortedMap<String, String> hashes(Collection<String> paths) {
        TreeMap<String, String> hashes = new TreeMap<>();
        for (String path : paths) {
            Path file = root.resolve(path);
            try {
                hashes.put(path, Rendering.sha256(Files.readAllBytes(file)));
            } catch (NoSuchFileException e) {
                hashes.remove(path); // missing, so not listed
            } catch (IOException e) {
                throw stopped("read", file, e);
            }
        }
        return hashes;
    }

    /// The paths of all files in it, except notes, which begin with a dot.
    public List<String> paths() {
        try (Stream<Path> all = Files.exists(root) ? Files.walk(root) : Stream.of()) {
            return all.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(path -> !path.toString().startsWith("."))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw stopped("look into", root, e);
        }
    }

    /// Takes files over from another state of the same site, each in one move, with its
    /// permissions; a file that does not exist there is removed here, too.
    @Override
    public void install(SiteDirectory source, Collection<String> paths) {
        TreeMap<String, String> written = new TreeMap<>(written());
        for (String path : paths) {
            Path from = source.root.resolve(path);
            if (Files.exists(from)) {
                attempt(path, () -> copy(from, root.resolve(path)));
                written.putAll(source.hashes(List.of(path)));
            } else {
                attempt(path, () -> remove(root.resolve(path)));
                written.remove(path);
            }
        }
        noteWritten(written);
    }

    /// Keeps copies of files within it, with their permissions, in directories that are their
    /// owner's alone.
    ///
    /// @param copies the path of each copy, and of what it is a copy of
    /// @param copied of all paths that are those of copies; the others of them are removed
    void keepCopies(SortedMap<String, String> copies, Predicate<String> copied) {
        SiteDirectory machines = new SiteDirectory(root.resolve(Layout.MACHINES));
        for (String name : machines.paths()) {
            String path = Layout.MACHINES + "/" + name;
            if (copied.test(path) && !copies.containsKey(path)) {
                attempt(path, () -> remove(root.resolve(path)));
            }
        }
        copies.forEach((path, from) -> {
            if (!hashes(List.of(path)).containsValue(hashes(List.of(from)).get(from))) {
                attempt(path, () -> copyPrivately(root.resolve(from), root.resolve(path)));
            }
        });
    }

    private static void copyPrivately(Path from, Path to) throws IOException {
        Disk.ownDirectory(to.resolveSibling("..").normalize());
        Files.createDirectories(to.resolveSibling("."));
        Disk.copy(from, to);
    }

    private void copy(Path from, Path to) throws IOException {
        if (to.startsWith(tls()) && !Files.exists(tls())) {
            Disk.ownDirectory(tls());
        }
        Files.createDirectories(to.resolveSibling("."));
        Disk.copy(from, to);
    }

    /// Its directory is removed too, if it is then empty: the node is gone.
    private void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
        Path parent = file.resolveSibling(".").normalize();
        if (parent.equals(root.normalize()) || !Files.isDirectory(parent)) {
            return;
        }
        try (Stream<Path> left = Files.list(parent)) {
            if (left.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(parent);
    }

    /// Writes a file of the directory, whole or not at all.
    @Override
    public void note(String name, String text) {
        attempt(name, () -> Disk.replace(root.resolve(name), text));
    }

    /// A file's text, with bytes that are not UTF-8 replaced; empty when there is no such file.
    @Override
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

    /// It is its owner's alone, and nothing below `.tandem` belongs into git: it holds private
    /// keys.
    public void keepPrivate() {
        Path ignore = root.resolveSibling(Layout.IGNORED_BY_GIT);
        attempt(
                Layout.IGNORED_BY_GIT,
                () -> {
                    Disk.ownDirectory(root);
                    if (!Files.exists(ignore)) {
                        Disk.replace(ignore, "# Written by Tandem: keys and generated files.\n*\n");
                    }
                });
    }

    /// Files that an earlier state wrote, that still exist, and that are not part of this one.
    private List<String> leftOver(Rendering rendering) {
        return written().keySet().stream()
                .filter(path -> !Layout.Tls.has(path))
                .filter(path -> !rendering.files().containsKey(path))
                .filter(path -> Files.exists(root.resolve(path)))
                .sorted()
                .toList();
    }

    /// An operation that the disk may refuse.
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
