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
    /// How `docker info` is asked for it.
    static final String FORMAT =
            """
            {{.ServerVersion}}
            {{.DockerRootDir}}
            {{.NCPU}}
            {{.MemTotal}}
            {{.SystemTime}}
            {{.LiveRestoreEnabled}}
            {{.Swarm.LocalNodeState}}
            {{range .Warnings}}{{.}}
            {{end}}\
            """;

    public EngineInfo {
        warnings = List.copyOf(warnings);
    }

    /// @throws dev.tandem.model.Stop when the engine does not answer
    static EngineInfo of(Output output) {
        List<String> lines = Answers.answered(output).lines();
        if (lines.size() < 7 || lines.getFirst().isBlank()) {
            // Some clients exit with 0 although the engine does not answer.
            Answers.answered(new Output(1, output.stdout(), output.stderr()));
        }
        return new EngineInfo(
                lines.get(0),
                lines.get(1),
                Integer.parseInt(lines.get(2)),
                Long.parseLong(lines.get(3)),
                lines.get(4),
                Crash.of(lines.get(5), lines.get(6)),
                lines.subList(7, lines.size()).stream().filter(w -> !w.isBlank()).toList());
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
