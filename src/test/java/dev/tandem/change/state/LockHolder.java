package dev.tandem.change.state;

import dev.tandem.prepare.SiteDirectory;
import java.io.IOException;
import java.nio.file.Path;

/// A program of its own that takes the lock of a site, says so, and holds it until its input ends.
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
        SiteDirectory directory = new SiteDirectory(Path.of(arguments[0]));
        try (SiteLock _ = SiteLock.take(directory, "apply by root")) {
            System.out.println("held");
            System.in.read();
        }
    }
}
