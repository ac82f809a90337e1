package dev.tandem.doctor;

import dev.tandem.docker.Room;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What can be seen of this machine without an engine.
///
/// @param now its clock
/// @param timeKept whether systemd-timesyncd reports that it has set the clock
/// @param lastWritten when Tandem last wrote a file of the site, by the clock of that time
/// @param disks the free space of directories that are written to
public record MachineSeen(
        Instant now, boolean timeKept, Optional<Instant> lastWritten, List<Disk> disks) {
    public MachineSeen {
        disks = List.copyOf(disks);
    }

    /// The free space of a directory that is written to.
    ///
    /// @param path the directory
    /// @param need what is written there
    /// @param room its free space
    public record Disk(String path, Need need, Answer<Room> room) {}

    /// What is written to a disk.
    public enum Need {
        /// Configuration and certificates: less than 1 MiB for a site.
        SITE,
        /// Images, and the logs of containers, up to 60 MiB for each.
        ENGINE
    }
}
