package dev.tandem.change;

import dev.tandem.prepare.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A {@link FakeSite} for the tests of a class, up and well whenever one asks for it. Its files lie
/// in memory where the machine allows that: tests write them a hundred times a second.
final class FakeSites implements BeforeAllCallback, AfterAllCallback {
    private static final Path MEMORY = Path.of("/dev/shm");

    private Path directory = MEMORY;
    private FakeSite site;
    private FakeSite.Moment well;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory =
                Files.isWritable(MEMORY)
                        ? Files.createTempDirectory(MEMORY, "tandem-fake")
                        : Files.createTempDirectory("tandem-fake");
        site = FakeSite.in(Files.createDirectory(directory.resolve("site"))).up();
        well = site.moment();
    }

    /// The site, as it was when it came up.
    FakeSite well() {
        site.back(well);
        return site;
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
