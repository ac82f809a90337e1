package dev.tandem.drill.journal;

import dev.tandem.disk.Disk;
import dev.tandem.docker.Nodes;
import dev.tandem.drill.fault.Change;
import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.fault.Faults;
import dev.tandem.drill.ground.Ground;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The journal of open faults: a directory with one small file for each.
///
/// A file is on the disk before its fault is injected, and is removed once the heal is verified:
/// whatever happens in between, the next Tandem finds it and heals. While a Tandem has a fault open
/// it holds a lock, which is released when it ends: an open fault without the lock was left behind,
/// and the fault of a running drill is never healed by another Tandem. A file that cannot be read
/// is reported, and nothing is broken until it has been dealt with.
public final class OpenFaults {
    /// Held while a fault is injected or healed.
    static final String LOCK = "drill.lock";

    private static final String SUFFIX = ".fault";

    private final Path directory;
    private final Faults faults;
    private final Duration patience;
    private final InstantSource clock;
    private final Set<String> mine = new HashSet<>();
    private @Nullable Claim claim;

    /// @param directory the directory of the journal; created when needed
    /// @param faults the faults that it can heal
    /// @param patience how long a heal may take until it is verified
    /// @param clock tells when a fault was opened
    public OpenFaults(Path directory, Faults faults, Duration patience, InstantSource clock) {
        this.directory = directory;
        this.faults = faults;
        this.patience = patience;
        this.clock = clock;
    }

    /// A file of the journal, as read.
    public sealed interface Entry {
        /// The file.
        Path file();

        /// An open fault.
        record Known(Path file, OpenFault open, Fault fault) implements Entry {}

        /// A file without anything that could be healed.
        ///
        /// @param reason the reason
        record Garbled(Path file, String reason) implements Entry {}
    }

    /// Everything open, including what cannot be read.
    ///
    /// @param nodes the access to the containers
    public List<Entry> entries(Nodes nodes) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(file -> entry(file, nodes))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Entry entry(Path file, Nodes nodes) {
        try {
            OpenFault open = OpenFault.parse(Files.readString(file), nodes);
            Optional<Fault> fault = faults.named(open.fault());
            if (fault.isEmpty()) {
                return new Entry.Garbled(file, "there is no fault called " + open.fault());
            }
            return new Entry.Known(file, open, fault.get());
        } catch (IllegalArgumentException | IOException e) {
            return new Entry.Garbled(file, String.valueOf(e.getMessage()));
        }
    }

    /// Whether a running Tandem has a fault open: this one or another.
    public synchronized boolean underWay() {
        if (claim != null) {
            return true;
        }
        Optional<Claim> free = Files.isDirectory(directory) ? take() : Optional.empty();
        free.ifPresent(Claim::close);
        return Files.isDirectory(directory) && free.isEmpty();
    }

    /// Heals what was left behind; returns the names of the faults.
    ///
    /// @param nodes the access to the containers
    /// @throws Stop if a file cannot be read (after the others are healed), if a heal cannot be
    ///   verified, or if a drill is running
    public synchronized List<String> healAll(Nodes nodes) {
        if (entries(nodes).isEmpty()) {
            return List.of();
        }
        try (Claim _ = claimed()) {
            List<String> healed = new ArrayList<>();
            List<Entry.Garbled> unreadable = new ArrayList<>();
            for (Entry entry : entries(nodes)) {
                switch (entry) {
                    case Entry.Known it -> {
                        heal(it);
                        remove(it.file());
                        healed.add(it.open().fault());
                    }
                    case Entry.Garbled it -> unreadable.add(it);
                }
            }
            if (!unreadable.isEmpty()) {
                throw Refusals.unreadable(unreadable, healed);
            }
            return healed;
        }
    }

    /// If the site was taken down meanwhile, only what the fault started is left to heal.
    private void heal(Entry.Known it) {
        Ground ground = it.open().ground();
        try {
            Healing.see(it.fault(), ground, Duration.ZERO, it.file());
        } catch (Stop e) {
            if (isGone(ground)) {
                String site = "dev.tandem.site=" + ground.site();
                List<String> labels = List.of("dev.tandem.fault=" + it.open().fault(), site);
                ground.nodes().labelled(labels).forEach(ground.nodes()::remove);
            } else {
                Healing.see(it.fault(), ground, patience, it.file());
            }
        }
    }

    /// What an engine that is silent has is not gone.
    private static boolean isGone(Ground ground) {
        try {
            return ground.isGone();
        } catch (Stop silent) {
            return false;
        }
    }

    /// Records that a fault is about to be injected.
    ///
    /// @throws Stop if it must not be, or if it cannot be recorded; nothing is broken then
    public synchronized void open(Fault fault, Ground ground, Company company) {
        OpenFault open =
                new OpenFault(fault.name(), ProcessHandle.current().pid(), clock.instant(), ground);
        String text = open.text();
        makeDirectory();
        if (claim == null) {
            claim = claimed();
        }
        try {
            Refusals.check(entries(ground.nodes()), mine, fault, company);
            write(file(fault.name()), text);
            mine.add(fault.name());
        } finally {
            letGo();
        }
    }

    /// Keeps other drills away while this one breaks nothing: for a {@link Change}. Its commands
    /// may call programs that look at the journal, and they find nothing in it.
    ///
    /// @throws Stop if another drill is running
    public synchronized Claim held() {
        makeDirectory();
        return claimed();
    }

    /// Removes a fault: its heal was verified.
    synchronized void healed(String fault) {
        remove(file(fault));
        mine.remove(fault);
        letGo();
    }

    /// Leaves a fault in the journal for the next Tandem: its heal was not verified.
    public synchronized void abandoned(String fault) {
        mine.remove(fault);
        letGo();
    }

    /// How long a heal may take.
    Duration patience() {
        return patience;
    }

    /// Where a fault is recorded.
    Path file(String fault) {
        return directory.resolve(fault + SUFFIX);
    }

    private void letGo() {
        if (mine.isEmpty() && claim != null) {
            claim.close();
            claim = null;
        }
    }

    private Claim claimed() {
        return take().orElseThrow(() -> Refusals.underWay(directory));
    }

    private Optional<Claim> take() {
        return Claim.take(directory.resolve(LOCK));
    }

    private void makeDirectory() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw Refusals.unwritten(directory, e);
        }
    }

    /// Complete on the disk, or absent.
    private static void write(Path file, String text) {
        try {
            Disk.replaceSynced(file, text);
        } catch (IOException e) {
            throw Refusals.unwritten(file, e);
        }
    }

    private void remove(Path file) {
        try {
            Files.deleteIfExists(file);
            Disk.sync(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
