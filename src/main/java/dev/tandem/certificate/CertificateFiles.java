package dev.tandem.certificate;

import dev.tandem.disk.Disk;
import dev.tandem.model.Stop;
import dev.tandem.model.Stop.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The directory `tls/`. Files appear in it whole or not at all: each is written next to its place,
/// unreadable to others from the first byte on, and then moved. Only the owner may access the
/// directory; its subdirectories are open, because each is mounted into containers separately.
///
/// @param directory the directory, which need not exist yet
record CertificateFiles(Path directory) {
    /// More than any chain of certificates; a file of this size is something different.
    private static final int LIMIT = 1 << 20;

    /// Who may read a file.
    enum Access {
        /// The owner only: the file holds a private key.
        OWNER("rw-------"),
        /// Everyone with access to the directory.
        EVERYBODY("rw-r--r--");

        private final String letters;

        Access(String letters) {
            this.letters = letters;
        }

        private Set<PosixFilePermission> permissions() {
            return PosixFilePermissions.fromString(letters);
        }
    }

    /// The text of a file; empty when there is none.
    Optional<String> read(String name) {
        Path path = directory.resolve(name);
        try {
            return Files.exists(path) ? Optional.of(text(path)) : Optional.empty();
        } catch (IOException e) {
            throw stop(path, e);
        }
    }

    /// The names of all files with certificates, sorted: `balancer/site.pem`.
    List<String> names() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> directory.relativize(path).toString())
                    .filter(name -> name.endsWith(".pem"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw stop(directory, e);
        }
    }

    /// Makes sure that a file has this text and these permissions. A file that already has both is
    /// not touched.
    ///
    /// @return whether anything had to be done
    boolean put(String name, String text, Access access) {
        Path path = directory.resolve(name);
        try {
            directories(path);
            if (Files.exists(path) && text(path).equals(text)) {
                return permit(path, access.permissions());
            }
            write(path, text, access);
            return true;
        } catch (IOException e) {
            throw stop(path, e);
        }
    }

    private void directories(Path path) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        directory(directory, "rwx------");
        Path inner = path.getParent();
        if (inner != null && !inner.equals(directory)) {
            directory(inner, "rwxr-xr-x");
        }
    }

    private static void directory(Path path, String permissions) throws IOException {
        Set<PosixFilePermission> wanted = PosixFilePermissions.fromString(permissions);
        if (!Files.isDirectory(path)) {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(wanted));
        }
        permit(path, wanted);
    }

    private static void write(Path path, String text, Access access) throws IOException {
        Disk.replace(path, text.getBytes(StandardCharsets.ISO_8859_1), access.permissions());
    }

    private static boolean permit(Path path, Set<PosixFilePermission> wanted) throws IOException {
        if (Files.getPosixFilePermissions(path).equals(wanted)) {
            return false;
        }
        Files.setPosixFilePermissions(path, wanted);
        return true;
    }

    /// The text of a file that Tandem may not have written. PEM is ASCII; any other bytes are kept
    /// as they are.
    static String text(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("it is not a regular file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw new IOException("it is larger than 1 MiB");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /// Why a file could not be read or written, in words.
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "permission denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    private Stop stop(Path path, IOException e) {
        return new Stop(
                Kind.ENVIRONMENT,
                "the site's certificates cannot be read or written",
                path + ": " + reason(e),
                "no container was changed",
                "ls -la " + directory);
    }
}
