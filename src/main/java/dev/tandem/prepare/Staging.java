package dev.tandem.prepare;

import dev.tandem.disk.Disk;
import dev.tandem.model.Stop;
import dev.tandem.render.Layout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The next state of a site's directory, beside the present one.
///
/// The present one is mounted into running containers: a balancer that restarts loads what is
/// there. So certificates are made and files are rendered here first, HAProxy, Keepalived and Nginx
/// judge them here, and only what they have accepted replaces the present state.
public final class Staging implements AutoCloseable {
    private final SiteDirectory present;
    private final SiteDirectory next;

    private Staging(SiteDirectory present, String name) {
        this.present = present;
        this.next = new SiteDirectory(present.root().resolve(name));
    }

    /// Begins with the present certificates only.
    ///
    /// @param name of the directory; a caller without the lock uses a name of its own
    /// @throws Stop when the disk refuses
    public static Staging of(SiteDirectory present, String name) {
        Staging staging = new Staging(present, name);
        staging.close();
        try {
            Files.createDirectories(present.root());
            Disk.ownDirectory(staging.next.root());
            for (Path file : files(present.tls())) {
                Path copy = staging.next.tls().resolve(present.tls().relativize(file));
                createDirectories(copy.resolveSibling("."));
                Disk.copy(file, copy);
            }
            return staging;
        } catch (IOException e) {
            throw staging.stopped(e);
        }
    }

    /// The directory to write to and to have judged.
    public SiteDirectory next() {
        return next;
    }

    /// Only the owner may access the directory of the certificates; those below it are mounted.
    private static void createDirectories(Path directory) throws IOException {
        Path normal = directory.normalize();
        Path tls =
                normal.endsWith(Layout.Tls.TLS) ? normal : normal.resolveSibling(".").normalize();
        if (!Files.exists(tls)) {
            Disk.ownDirectory(tls);
        }
        Files.createDirectories(normal);
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /// Removes it.
    @Override
    public void close() {
        try {
            delete(next.root());
        } catch (IOException e) {
            throw stopped(e);
        }
    }

    /// Removes a directory with its content.
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
                            throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private Stop stopped(IOException e) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "cannot prepare the next state in " + next.root(),
                e.toString(),
                "no container was started or changed",
                "ls -ld " + present.root() + "; df -h " + present.root());
    }
}
