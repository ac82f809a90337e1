package dev.tandem.scenario;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Processes;
import dev.tandem.prepare.Images;
import dev.tandem.render.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The images of the nodes are built once in a check, and not by two test classes at once.
final class Builds {
    private static final Path LOCK = Shell.HOME.resolve("target/images.lock");
    private static Optional<Setting.Images> built = Optional.empty();

    private Builds() {}

    /// Builds what does not exist yet; returns their names.
    static synchronized Setting.Images once() {
        if (built.isEmpty()) {
            built = Optional.of(build());
        }
        return built.get();
    }

    private static Setting.Images build() {
        Processes processes = new Processes();
        try (FileChannel file = open();
                FileLock _ = file.lock()) {
            Images images = new Images(new Docker(processes), processes, Shell.HOME);
            return images.ensure(new Quietly());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open() throws IOException {
        Files.createDirectories(LOCK.getParent());
        return FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
