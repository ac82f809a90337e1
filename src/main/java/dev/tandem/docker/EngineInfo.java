package dev.tandem.docker;

import java.util.List;

/// What the engine says about itself and its machine.
///
/// @param version the engine's
/// @param root the directory for images, containers and logs, on the engine's machine
/// @param processors the number of processors of its machine
/// @param memory the memory of its machine, in bytes
/// @param clock its current time, RFC 3339
/// @param crash what becomes of its containers when it crashes
/// @param warnings what it reports as wrong, one sentence each
public record EngineInfo(
        String version,
        String root,
        int processors,
        long memory,
        String clock,
        Crash crash,
        List<String> warnings) {
    public EngineInfo {
        warnings = List.copyOf(warnings);
    }

    /// What becomes of the containers of an engine that crashes.
    public enum Crash {
        /// They go on: live-restore is on.
        GO_ON,
        /// They are stopped as soon as it is back, and none of them is started.
        STOP,
        /// The same, and it cannot be had otherwise: Docker Swarm excludes live-restore.
        STOP_FOR_SWARM;

        static Crash of(String liveRestore, String swarm) {
            if (liveRestore.equals("true")) {
                return GO_ON;
            }
            return swarm.equals("active") ? STOP_FOR_SWARM : STOP;
        }
    }
}
