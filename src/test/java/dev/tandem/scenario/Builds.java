package dev.tandem.scenario;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Processes;
import dev.tandem.prepare.Images;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The images of the nodes are built once in a check, and not by two test classes at once.
final class Builds {
    private static final Path LOCK = Shell.HOME.resolve("target/images.lock");
    private static boolean done;

    private Builds() {}

    /// Builds what does not exist yet.
    static synchronized void once() {
        if (done) {
            return;
        }
        Processes processes = new Processes();
        try (FileChannel file = open();
                FileLock _ = file.lock()) {
            new Images(new Docker(processes), processes, Shell.HOME).ensure(new Quietly());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        done = true;
    }

    private static FileChannel open() throws IOException {
        Files.createDirectories(LOCK.getParent());
        return FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
