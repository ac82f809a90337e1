package dev.tandem.change.state;

import dev.tandem.docker.AtExit;
import dev.tandem.docker.Volumes;
import dev.tandem.model.Stop;
import dev.tandem.prepare.SiteDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// One change of a site at a time, across all machines that use its engine.
///
/// Two locks, taken in this order:
///
/// 1. a file in the site's directory, which the kernel releases when its owner ends, however it
///    ends ({@link SiteLock});
/// 2. a volume of the engine, `SITE_tandem-lock`, whose labels name the holder. It outlives its
///    owner: a lock whose owner is known to be gone is taken over; any other leads to a refusal
///    with an explanation. Over machines there is one on each, with the same labels: all are taken
///    in the order of the site file, or none, and they are given back in reverse. So of two that
///    want them at the same time one gets the first, and with it all.
///
/// An owner is known to be gone when it ran on this machine, and either its process has ended, or
/// it worked in this directory, whose first lock this process now holds. A process that is told to
/// end (Ctrl-C, SIGTERM) releases both first; only one that is killed leaves the volume.
public final class ChangeLock implements AutoCloseable {
    private static final String LABEL = "dev.tandem.lock.";

    private final SiteLock file;
    private final String volume;
    private final AtExit atExit;
    private final Deque<Volumes> taken = new ArrayDeque<>();
    private boolean over;

    private ChangeLock(SiteLock file, String volume) {
        this.file = file;
        this.volume = volume;
        this.atExit = new AtExit("unlock " + volume, this::close);
    }

    /// What to do about a lock whose owner may still be alive.
    public enum Stale {
        /// It is respected.
        REFUSE,
        /// The operator knows that the owner is gone.
        TAKE
    }

    /// What is locked, and for what.
    ///
    /// @param site its name
    /// @param directory where it is rendered
    /// @param verb what is about to be done
    public record Purpose(String site, SiteDirectory directory, String verb) {}

    /// Takes both locks.
    ///
    /// @throws Stop when another process holds one of them
    public static ChangeLock take(Purpose purpose, Volumes volumes, Clock clock, Stale stale) {
        return take(purpose, List.of(volumes), clock, stale);
    }

    /// The same over machines.
    ///
    /// @param engines the volumes of each, in the order of the site file
    /// @throws Stop when another process holds one of them; then none is held
    public static ChangeLock take(
            Purpose purpose, List<Volumes> engines, Clock clock, Stale stale) {
        SiteLock file = SiteLock.take(purpose.directory(), what(purpose.verb(), clock));
        ChangeLock lock = new ChangeLock(file, volume(purpose.site()));
        try {
            lock.atExit.expect();
            String token = UUID.randomUUID().toString();
            Map<String, String> mine = labels(purpose, since(clock), token);
            for (Volumes volumes : engines) {
                lock.takeVolume(volumes, mine, purpose, stale);
            }
            return lock;
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /// A process that is told to end meanwhile waits until this is done, and then releases what was
    /// taken.
    private synchronized void takeVolume(
            Volumes volumes, Map<String, String> mine, Purpose purpose, Stale stale) {
        if (over) {
            throw new IllegalStateException("the process is ending");
        }
        String token = mine.getOrDefault(LABEL + "token", "");
        volumes.create(volume, mine);
        Map<String, String> owner = owner(volumes);
        if (!isMine(owner, token)) {
            if (stale == Stale.REFUSE && !isGone(owner, purpose)) {
                throw held(owner, volume);
            }
            volumes.remove(volume);
            volumes.create(volume, mine);
            owner = owner(volumes);
            if (!isMine(owner, token)) {
                throw held(owner, volume);
            }
        }
        taken.push(volumes);
    }

    private static String volume(String site) {
        return site + "_tandem-lock";
    }

    /// Gives it back on one engine before its time: the site has left it.
    ///
    /// @param site its name
    public static void leave(String site, Volumes volumes) {
        volumes.remove(volume(site));
    }

    private Map<String, String> owner(Volumes volumes) {
        return volumes.labels(volume).orElse(Map.of());
    }

    private static boolean isMine(Map<String, String> owner, String token) {
        return token.equals(owner.get(LABEL + "token"));
    }

    /// The text shown to others that want the lock: `apply by root@bl1, process 4711, since ...`.
    static String what(String verb, Clock clock) {
        return verb + " by " + me() + ", since " + since(clock);
    }

    private static String since(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// The identity of this process, for a lock or a journal: `root@bl1, process 4711`.
    public static String me() {
        return System.getProperty("user.name", "?")
                + "@"
                + host()
                + ", process "
                + ProcessHandle.current().pid();
    }

    /// The volume belongs to the site's project, so that anyone who removes the project sees it.
    private static Map<String, String> labels(Purpose purpose, String since, String token) {
        return Map.of(
                LABEL + "token",
                token,
                LABEL + "by",
                me(),
                LABEL + "host",
                host(),
                LABEL + "process",
                Long.toString(ProcessHandle.current().pid()),
                LABEL + "directory",
                path(purpose),
                LABEL + "verb",
                purpose.verb(),
                LABEL + "since",
                since,
                "com.docker.compose.project",
                purpose.site());
    }

    private static boolean isGone(Map<String, String> owner, Purpose purpose) {
        if (!host().equals(owner.get(LABEL + "host"))) {
            return false;
        }
        String process = owner.getOrDefault(LABEL + "process", "");
        boolean runs =
                process.matches("\\d{1,18}")
                        && ProcessHandle.of(Long.parseLong(process))
                                .map(ProcessHandle::isAlive)
                                .orElse(false);
        return !runs || path(purpose).equals(owner.get(LABEL + "directory"));
    }

    private static String path(Purpose purpose) {
        return purpose.directory().root().toAbsolutePath().normalize().toString();
    }

    /// The hostname comes from the kernel: Java resolves the name, and if that fails its message
    /// differs each time, so no lock of this machine would be recognised again.
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stop held(Map<String, String> owner, String volume) {
        String seen =
                "%s by %s, since %s, in %s"
                        .formatted(
                                owner.getOrDefault(LABEL + "verb", "a change"),
                                owner.getOrDefault(LABEL + "by", "somebody"),
                                owner.getOrDefault(LABEL + "since", "?"),
                                owner.getOrDefault(LABEL + "directory", "?"));
        return new Stop(
                Stop.Kind.REFUSED,
                "another change of this site is under way",
                seen,
                "this call changed nothing; the lock is the volume " + volume,
                "wait for it to end; if it is known to be dead, repeat the command with"
                        + " --take-lock");
    }

    @Override
    public synchronized void close() {
        if (over) {
            return;
        }
        over = true;
        atExit.forget();
        try {
            giveBack();
        } finally {
            file.close();
        }
    }

    /// One that cannot be given back, because its machine went away, keeps none of the others.
    private void giveBack() {
        Optional<Stop> first = Optional.empty();
        while (!taken.isEmpty()) {
            try {
                taken.pop().remove(volume);
            } catch (Stop stop) {
                first = first.or(() -> Optional.of(stop));
            }
        }
        if (first.isPresent()) {
            throw first.get();
        }
    }
}
