package dev.tandem.doctor;

import dev.tandem.docker.EngineInfo;
import dev.tandem.docker.Room;
import dev.tandem.doctor.MachineSeen.Disk;
import dev.tandem.doctor.MachineSeen.Need;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Findings about this machine's clock, disks, processors and memory. Pure.
final class MachineFindings {
    private static final long MIB = 1 << 20;

    /// The two images and their base take 0.24 GB, and building them as much again: an `up` that
    /// builds images writes about 0.6 GiB. The logs of four nodes may take 0.24 GiB. With less
    /// space than this, one of them fails.
    private static final long LEAST_FOR_ENGINE = 1024 * MIB;

    /// Twenty times what a site needs.
    private static final long LEAST_FOR_SITE = 20 * MIB;

    /// File systems reserve about this much for root, and the rest soon fills up.
    private static final int SCARCE_PERCENT = 5;

    private static final int LEAST_FILES = 1000;

    /// With less, HAProxy, Keepalived, Nginx and the engine itself get in each other's way.
    private static final long LEAST_MEMORY = 512 * MIB;

    /// A file may be written during the examination.
    private static final Duration SLACK = Duration.ofSeconds(5);

    private MachineFindings() {}

    static List<Finding> of(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        findings.add(clock(facts));
        setBack(facts.machine()).ifPresent(findings::add);
        facts.machine().disks().forEach(disk -> findings.addAll(disk(disk)));
        facts.engine().value().ifPresent(engine -> findings.addAll(strength(engine.info())));
        return findings;
    }

    private static Finding clock(Facts facts) {
        String kernel = facts.kernel().value().map(KernelSeen::clock).orElse("unknown");
        if (facts.machine().timeKept() || kernel.equals("kept")) {
            return Finding.well("clock", "kept by a time server: " + facts.machine().now());
        }
        if (kernel.equals("free")) {
            return Finding.risk(
                    "clock",
                    "the kernel reports that no program keeps it: " + facts.machine().now(),
                    "a drifting clock makes certificates look expired or not yet valid, and the"
                            + " times in the logs of two machines do not match",
                    "apt-get install chrony; then: chronyc tracking");
        }
        return Finding.unknown(
                "clock",
                "cannot tell whether a time server keeps it",
                "timedatectl, or: chronyc tracking");
    }

    static Optional<Finding> setBack(MachineSeen machine) {
        Instant latest = machine.now().plus(SLACK);
        return machine.lastWritten()
                .filter(latest::isBefore)
                .map(written ->
                        Finding.risk(
                                "clock",
                                "it says %s, but files of the site were written at %s"
                                        .formatted(machine.now(), written),
                                "the clock was wrong then, or is now: certificates from the future"
                                        + " are rejected by all clients",
                                "set the clock: timedatectl; then: tandem up"));
    }

    static List<Finding> disk(Disk disk) {
        String about = "disk of " + disk.path();
        return switch (disk.room()) {
            case Answer.Unknown<Room>(String reason) ->
                    List.of(Finding.unknown(about, reason, "df " + disk.path()));
            case Answer.Known<Room>(Room room) -> List.of(room(about, disk, room));
        };
    }

    private static Finding room(String about, Disk disk, Room room) {
        long least = disk.need() == Need.ENGINE ? LEAST_FOR_ENGINE : LEAST_FOR_SITE;
        boolean limited = room.files() > 0;
        String seen =
                "%s of %s free%s"
                        .formatted(
                                size(room.free()),
                                size(room.size()),
                                limited ? ", and " + room.freeFiles() + " files" : "");
        if (room.free() < least || (limited && room.freeFiles() < LEAST_FILES)) {
            return Finding.ill(about, seen, why(disk.need()), cure(disk));
        }
        boolean scarce =
                room.free() < room.size() / 100 * SCARCE_PERCENT
                        || (limited && room.freeFiles() < room.files() / 100 * SCARCE_PERCENT);
        return scarce
                ? Finding.risk(about, seen, why(disk.need()), cure(disk))
                : Finding.well(about, seen);
    }

    private static String why(Need need) {
        return switch (need) {
            case SITE ->
                    "the next tandem up cannot write the files it renders; what runs keeps running";
            case ENGINE ->
                    "images cannot be built, containers cannot be created, and logs are lost"
                            + " when it is"
                            + " full";
        };
    }

    private static String cure(Disk disk) {
        return switch (disk.need()) {
            case SITE -> "free some: du -xh " + disk.path() + " | sort -h | tail";
            case ENGINE -> "docker system df shows what uses it; docker image prune frees some";
        };
    }

    private static String size(long bytes) {
        return bytes < 1024 * MIB
                ? bytes / MIB + " MiB"
                : String.format(Locale.ROOT, "%.1f GiB", bytes / 1024.0 / MIB);
    }

    private static List<Finding> strength(EngineInfo info) {
        String memory = size(info.memory());
        return List.of(
                info.processors() < 2
                        ? Finding.risk(
                                "processors",
                                "the engine's machine has only one",
                                "adverts every 0.05 s are late when something else uses it for"
                                        + " 0.15 s: the VIP moves although nothing has failed",
                                "add a processor; or in tandem.yaml: failover: steady")
                        : Finding.well("processors", info.processors() + " in all"),
                info.memory() < LEAST_MEMORY
                        ? Finding.risk(
                                "memory",
                                "the engine's machine has " + memory,
                                "the kernel kills programs when memory runs out",
                                "give it 512 MiB or more for a site of two balancers and two"
                                        + " web servers")
                        : Finding.well("memory", memory));
    }
}
