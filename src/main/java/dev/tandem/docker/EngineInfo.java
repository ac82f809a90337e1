package dev.tandem.docker;

import java.util.List;

/// What the engine says about itself and its machine.
///
/// @param version the engine's
/// @param root the directory that it keeps images, containers and logs in, on its own machine
/// @param processors how many its machine has
/// @param memory its machine's, in bytes
/// @param clock what time it has, RFC 3339
/// @param warnings what it finds wrong itself, a sentence each
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
