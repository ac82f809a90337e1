package dev.tandem.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Writes files. A file gets new content in one move; until then the content has a name of its own
/// beside it, and that name is always a new file: a link that somebody put there is removed, never
/// followed. So whatever a directory holds, nothing outside of it is written.
public final class Disk {
    /// For files and directories that are nobody else's business.
    public static final Set<PosixFilePermission> OWNER_ONLY_FILE =
            PosixFilePermissions.fromString("rw-------");

    /// The same for directories.
    public static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.fromString("rwx------");

    private static final Set<OpenOption> NEW =
            Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);

    private Disk() {}

    /// Whether content must be on the disk before it gets its name.
    private enum Sync {
        NO,
        YES
    }

    /// Gives a file this text, whole or not at all. Its directories are made.
    public static void replace(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Path beside = beside(file);
        fill(beside, text.getBytes(StandardCharsets.UTF_8), Sync.NO);
        move(beside, file);
    }

    /// The same with these permissions; nobody else can read it before it has them. When this
    /// returns the disk has it, even if the power fails.
    public static void replace(Path file, byte[] content, Set<PosixFilePermission> permissions)
            throws IOException {
        Path beside = beside(file);
        fill(beside, content, Sync.YES, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE));
        if (!permissions.equals(OWNER_ONLY_FILE)) {
            Files.setPosixFilePermissions(beside, permissions);
        }
        move(beside, file);
    }

    /// Gives a file this text, whole or not at all; when this returns the disk has it.
    public static void replaceSynced(Path file, String text) throws IOException {
        Path beside = beside(file);
        fill(beside, text.getBytes(StandardCharsets.UTF_8), Sync.YES);
        move(beside, file);
        sync(file.toAbsolutePath().resolveSibling("."));
    }

    /// Writes a file that is not there yet.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException when there is something of that name
    public static void add(Path file, String text) throws IOException {
        fill(file, text.getBytes(StandardCharsets.UTF_8), Sync.NO);
    }

    /// Copies a file over another one, in one move, with its permissions.
    public static void copy(Path from, Path to) throws IOException {
        Path beside = beside(to);
        Files.copy(from, beside, StandardCopyOption.COPY_ATTRIBUTES);
        move(beside, to);
    }

    /// Opens a file to be written from its beginning. One that is a link is refused.
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
    }

    /// Opens a file that is there to be locked: who can open it can lock it, so nobody else can.
    public static FileChannel toLock(Path file) throws IOException {
        Set<OpenOption> options =
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        FileChannel channel =
                FileChannel.open(
                        file, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE));
        permit(file, OWNER_ONLY_FILE);
        return channel;
    }

    /// Makes sure that there is a directory that only its owner can look into.
    public static void ownDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            permit(directory, OWNER_ONLY_DIRECTORY);
        } else {
            Files.createDirectories(directory.resolveSibling("."));
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
        }
    }

    /// Has the disk remember the names in a directory.
    public static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void permit(Path path, Set<PosixFilePermission> wanted) throws IOException {
        if (!Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).equals(wanted)) {
            try {
                Files.setPosixFilePermissions(path, wanted);
            } catch (NoSuchFileException _) {
                // Removed meanwhile: there is nothing to keep from others.
            }
        }
    }

    /// The name under which a file is filled; what has it was left by a program that was killed, or
    /// put there by somebody.
    private static Path beside(Path file) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        return beside;
    }

    private static void fill(Path file, byte[] content, Sync sync, FileAttribute<?>... attributes)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, NEW, attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (sync == Sync.YES) {
                channel.force(true);
            }
        }
    }

    private static void move(Path beside, Path file) throws IOException {
        Files.move(
                beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
