package dev.tandem.doctor;

import dev.tandem.docker.Room;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// This machine, as far as no engine is needed to see it.
///
/// @param now its clock
/// @param timeKept whether systemd-timesyncd says that it has set the clock
/// @param lastWritten when Tandem last wrote a file of the site, by the clock of then
/// @param disks the room where something must be written
public record MachineSeen(
        Instant now, boolean timeKept, Optional<Instant> lastWritten, List<Disk> disks) {
    public MachineSeen {
        disks = List.copyOf(disks);
    }

    /// The room where something must be written.
    ///
    /// @param path the directory
    /// @param need what is written there
    /// @param room how much there is
    public record Disk(String path, Need need, Answer<Room> room) {}

    /// What is written to a disk.
    public enum Need {
        /// Configuration and certificates: less than 1 MiB for a site.
        SITE,
        /// Images, and the logs of containers, up to 60 MiB for each.
        ENGINE
    }
}
