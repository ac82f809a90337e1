package dev.tandem.house.wrong.file;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.time.Clock;

/// Breaks rules of the house on purpose: a sample for the tests of those rules.
public final class Wrong {
    private Wrong() {}

    /// Opens a file.
    static final class Opens {
        int open(String name) throws IOException {
            try (FileInputStream in = new FileInputStream(name)) {
                return in.read();
            }
        }
    }

    /// Reads bytes that are there already, which is no I/O.
    static final class MayReadMemory {
        int read(byte[] bytes) {
            return new ByteArrayInputStream(bytes).read();
        }
    }

    /// Has a clock of its own.
    static final class Ticks {
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
