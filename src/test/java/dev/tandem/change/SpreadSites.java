package dev.tandem.change;

import dev.tandem.prepare.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// {@link SpreadSite}s for the tests of a class, as {@link FakeSites} are.
final class SpreadSites implements BeforeAllCallback, AfterAllCallback {
    private static final Path MEMORY = Path.of("/dev/shm");

    private Path directory = MEMORY;
    private Optional<SpreadSite> site = Optional.empty();
    private Optional<SpreadSite.Moment> well = Optional.empty();

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory =
                Files.isWritable(MEMORY)
                        ? Files.createTempDirectory(MEMORY, "tandem-spread")
                        : Files.createTempDirectory("tandem-spread");
        SpreadSite up = SpreadSite.in(Files.createDirectory(directory.resolve("site")));
        up.apply();
        site = Optional.of(up);
        well = Optional.of(up.moment());
    }

    /// The site, as it was when it came up.
    SpreadSite well() {
        SpreadSite up = site.orElseThrow();
        up.back(well.orElseThrow());
        return up;
    }

    /// Another one, which was never up.
    SpreadSite fresh() throws IOException {
        Path base = directory.resolve("fresh");
        Staging.delete(base);
        return SpreadSite.in(Files.createDirectory(base));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Staging.delete(directory);
    }
}
