package dev.tandem.cli;

import dev.tandem.model.Stop;
import dev.tandem.render.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who a site belongs to: whoever brought it up. Only its owner changes it, and only they read its
/// state: private keys are part of it. Access to the engine gives no right to it (decision 0028).
///
/// Root may as well, for itself and for the user who called `sudo`. It does not write into the
/// directory of anybody else: who owns a directory decides where names in it lead (decision 0036).
///
/// @param uid the number of a user
/// @param trusted the numbers of all whose files this user works with: root's, too
record Owner(int uid, Set<Integer> trusted) {
    private static final int ROOT = 0;

    /// Directories, at most so deep, in which names of files are decided; below are records of the
    /// past.
    private static final int DEPTH = 3;

    private static final Set<String> OF_THE_PAST = Set.of(Layout.HISTORY, Layout.RUNS);

    Owner {
        trusted = Set.copyOf(trusted);
    }

    /// A user for whom nobody else called.
    Owner(int uid) {
        this(uid, of(uid, Map.of()).trusted);
    }

    /// The user who runs this Tandem.
    static Owner me() {
        return of(uidOfThisProcess(), System.getenv());
    }

    /// @param environment with `SUDO_UID`, where `sudo` was called
    static Owner of(int uid, Map<String, String> environment) {
        Set<Integer> trusted = new HashSet<>(List.of(uid));
        trusted.add(ROOT);
        String behind = environment.getOrDefault("SUDO_UID", "");
        if (uid == ROOT && behind.matches("\\d{1,9}")) {
            trusted.add(Integer.parseInt(behind));
        }
        return new Owner(uid, trusted);
    }

    private static int uidOfThisProcess() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException _) {
            return ROOT; // then the system itself decides
        }
    }

    /// The name of the other user who owns what was brought up from a directory; empty when this
    /// user may change it, or when nothing was.
    Optional<String> other(Path base) {
        Path state = base.resolve(Layout.PARENT);
        try {
            int owner = uid(state);
            boolean mine = uid == ROOT ? trusted.contains(owner) : uid == owner;
            boolean real = trusted.contains(uid(state, LinkOption.NOFOLLOW_LINKS));
            return mine && real ? Optional.empty() : Optional.of(Files.getOwner(state).getName());
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.empty();
        }
    }

    /// Refuses a site of another user, and one in which another user decides what a name means.
    ///
    /// @throws Stop with the command to type
    void require(Path base) {
        other(base)
                .ifPresent(name -> {
                    throw new Stop(
                            Stop.Kind.REFUSED,
                            "this site belongs to " + name + ": only " + allowed(name),
                            base.resolve(Layout.PARENT) + " belongs to " + name,
                            "nothing was changed",
                            "the same command as "
                                    + name
                                    + "; tandem status and tandem logs work"
                                    + " for every user of the engine");
                });
        foreign(base.resolve(Layout.PARENT))
                .ifPresent(path -> {
                    throw new Stop(
                            Stop.Kind.REFUSED,
                            "not everything in this site's directory is ours: what is written"
                                    + " there could be led elsewhere",
                            path + how(path),
                            "nothing was changed",
                            "ls -la %s; if you know what it is, give it to yourself: chown -h"
                                            .formatted(path.resolveSibling("."))
                                    + " \"$USER\" "
                                    + path
                                    + " && chmod o-w "
                                    + path);
                });
    }

    /// Refuses to write into a directory of somebody else.
    ///
    /// @throws Stop with what to do instead
    void requireOwn(Path directory) {
        try {
            if (Files.isDirectory(directory) && !trusted.contains(uid(directory))) {
                throw new Stop(
                        Stop.Kind.REFUSED,
                        "what is written there could be led elsewhere",
                        directory + " belongs to " + Files.getOwner(directory).getName(),
                        "nothing was written",
                        "name a directory of your own");
            }
        } catch (IOException | UnsupportedOperationException _) {
            // Whoever writes there next says what is wrong with it.
        }
    }

    private static String allowed(String name) {
        return name.equals("root")
                ? name + " can do this"
                : name
                        + " can do this, also with sudo; root alone does not write where "
                        + name
                        + " decides what a name means";
    }

    /// Something that belongs to a user who is not trusted, or to which everybody can write.
    private Optional<Path> foreign(Path state) {
        if (!Files.isDirectory(state)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.walk(state.toRealPath(), DEPTH)) {
            return all.filter(path -> !isOfThePast(path)).filter(this::isForeign).findFirst();
        } catch (IOException | UncheckedIOException | UnsupportedOperationException _) {
            return Optional.empty(); // whoever reads it next says why it cannot be read
        }
    }

    private static boolean isOfThePast(Path path) {
        Path parent = path.getParent();
        return parent != null && OF_THE_PAST.contains(String.valueOf(parent.getFileName()));
    }

    private boolean isForeign(Path path) {
        try {
            return !trusted.contains(uid(path, LinkOption.NOFOLLOW_LINKS)) || isOpen(path);
        } catch (IOException _) {
            return false; // it went meanwhile
        }
    }

    private static boolean isOpen(Path path) throws IOException {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
    }

    private String how(Path path) {
        try {
            return isOpen(path)
                    ? " can be written to by everybody"
                    : " belongs to " + Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
        } catch (IOException _) {
            return " was not ours";
        }
    }

    private static int uid(Path path, LinkOption... options) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", options);
    }
}
