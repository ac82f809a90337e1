package dev.tandem.change;

import dev.tandem.prepare.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A {@link FakeSite} for the tests of a class, up and well whenever one asks for it. Its files lie
/// in memory where the machine allows that: tests write them a hundred times a second.
final class FakeSites implements BeforeAllCallback, AfterAllCallback {
    private static final Path MEMORY = Path.of("/dev/shm");

    private Path directory = MEMORY;
    private Optional<FakeSite> site = Optional.empty();
    private Optional<FakeSite.Moment> well = Optional.empty();

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory =
                Files.isWritable(MEMORY)
                        ? Files.createTempDirectory(MEMORY, "tandem-fake")
                        : Files.createTempDirectory("tandem-fake");
        FakeSite up = FakeSite.in(Files.createDirectory(directory.resolve("site"))).up();
        site = Optional.of(up);
        well = Optional.of(up.moment());
    }

    /// The site, as it was when it came up.
    FakeSite well() {
        FakeSite up = site.orElseThrow();
        up.back(well.orElseThrow());
        return up;
    }

    /// Another one, which was never up.
    FakeSite fresh() throws IOException {
        Path base = directory.resolve("fresh");
        Staging.delete(base);
        return FakeSite.in(Files.createDirectory(base));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Staging.delete(directory);
    }
}
