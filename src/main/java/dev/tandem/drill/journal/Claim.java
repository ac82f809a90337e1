package dev.tandem.drill.journal;

import dev.tandem.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A kernel lock on a file, released when its process ends, however it ends.
///
/// The kernel's locks belong to the process: closing any other channel of the same file releases
/// them (fcntl(2)). So this process keeps a set of the files it holds, and opens none twice.
public final class Claim implements AutoCloseable {
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private Claim(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Takes it; empty if it is already held.
    static Optional<Claim> take(Path path) {
        Path file = path.toAbsolutePath().normalize();
        if (!OURS.add(file)) {
            return Optional.empty();
        }
        boolean taken = false;
        try {
            FileChannel channel = Disk.toLock(file);
            taken = channel.tryLock() != null;
            if (taken) {
                return Optional.of(new Claim(file, channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!taken) {
                OURS.remove(file);
            }
        }
    }

    /// Releases it. The file stays: removing it could take it away from a process that has just
    /// opened it.
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            OURS.remove(file);
        }
    }
}
