package dev.tandem.docker;

import java.util.List;

/// What the engine says about itself and its machine.
///
/// @param version the engine's
/// @param root the directory for images, containers and logs, on the engine's machine
/// @param processors the number of processors of its machine
/// @param memory the memory of its machine, in bytes
/// @param clock its current time, RFC 3339
/// @param warnings what it reports as wrong, one sentence each
public record EngineInfo(
        String version,
        String root,
        int processors,
        long memory,
        String clock,
        List<String> warnings) {
    public EngineInfo {
        warnings = List.copyOf(warnings);
    }
}
