package dev.tandem.change.state;

import dev.tandem.disk.Disk;
import dev.tandem.model.Stop;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// One change of a site at a time. The kernel releases the lock when its owner ends, however it
/// ends.
public final class SiteLock implements AutoCloseable {
    private final FileChannel channel;

    private SiteLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Takes the lock to write into the directory. The engine is not involved: another machine
    /// works in another directory.
    ///
    /// @param directory a site's state, which must exist
    /// @param verb the verb that was called
    /// @throws Stop when another Tandem holds it
    public static SiteLock toWrite(SiteDirectory directory, String verb, Clock clock) {
        return take(directory, ChangeLock.what(verb, clock));
    }

    /// Takes the lock.
    ///
    /// @param what its purpose, owner and start time: shown to others that want the lock
    /// @throws Stop when another Tandem holds it
    static SiteLock take(SiteDirectory directory, String what) {
        Path file = directory.root().resolve(Layout.LOCK);
        try {
            FileChannel channel = Disk.toLock(file);
            if (!locked(channel)) {
                channel.close();
                throw held(Files.readString(file).lines().toList());
            }
            channel.truncate(0);
            String owner = ProcessHandle.current().pid() + "\n" + what + "\n";
            channel.write(StandardCharsets.UTF_8.encode(owner));
            return new SiteLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Also false when this very process already holds the lock.
    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static Stop held(List<String> owner) {
        String process = owner.isEmpty() ? "PROCESS" : owner.getFirst();
        String what = owner.size() > 1 ? owner.get(1) : "process " + process + " holds the lock";
        return new Stop(
                Stop.Kind.REFUSED,
                "another tandem is changing this site",
                what,
                "this call changed nothing",
                "wait for it to end: ps -p " + process);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
