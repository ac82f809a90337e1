package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A Docker engine as a program of its machine, which can end and be started.
public sealed interface Engine permits EngineHere, EngineThere {
    /// What happens to containers while there is no engine.
    enum Containers {
        /// They are stopped, and started again as their restart policies say.
        STOP,
        /// They keep running: live-restore is on.
        GO_ON,
        /// The engine does not say.
        UNKNOWN
    }

    /// Why it cannot be ended from here; empty when it can. Changes nothing.
    Optional<String> obstacle();

    /// What happens to its containers meanwhile.
    Containers containers();

    /// Whether it answers.
    boolean answers();

    /// Starts it if it does not answer.
    ///
    /// @throws Stop if it does not answer then
    void ensure();

    /// Kills it, as a crash or the kernel's want of memory does. Its containers have no say in
    /// that; whether it starts again is up to who runs it.
    ///
    /// @throws Stop if it still runs
    void kill();

    /// What the engine says of its containers.
    ///
    /// @param runner the way to it
    static Containers containers(Runner runner) {
        try {
            return switch (ask(runner, "info", "{{.LiveRestoreEnabled}}").stdout().strip()) {
                case "true" -> Containers.GO_ON;
                case "false" -> Containers.STOP;
                default -> Containers.UNKNOWN;
            };
        } catch (Stop e) {
            return Containers.UNKNOWN;
        }
    }

    /// Whether the engine answers.
    ///
    /// @param runner the way to it
    static boolean answers(Runner runner) {
        return ask(runner, "version", "{{.Server.Version}}").ok();
    }

    private static Output ask(Runner runner, String verb, String format) {
        List<String> argv = List.of("docker", verb, "--format", format);
        return runner.run(Command.of(Duration.ofSeconds(20), argv));
    }
}
