package dev.tandem.house.wrong.model;

import dev.tandem.house.wrong.Tandem;
import dev.tandem.house.wrong.render.Wrong.Anything;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Supplier;

/// Breaks rules of the house on purpose: a sample for the tests of those rules.
public final class Wrong {
    private Wrong() {}

    /// Uses what is above it.
    record Upward(Anything anything) {}

    /// Uses the root.
    record UsesTandem(Class<Tandem> root) {}

    /// Names a path, which is no I/O.
    record MayNamePaths(Path path) {}

    /// Reads a file.
    static final class Reads {
        String read(Path path) throws IOException {
            return Files.readString(path);
        }
    }

    /// Reads the clock.
    static final class Now {
        Instant now() {
            return Instant.now();
        }
    }

    /// Has somebody else read the clock.
    static final class NowByReference {
        Supplier<Instant> now() {
            return Instant::now;
        }
    }
}
