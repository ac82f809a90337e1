package dev.tandem.cli;

import dev.tandem.docker.Command;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes sure that a Docker engine and Compose v2 answer, using `setup/engine`, a script that an
/// administrator can read and run by hand.
public final class EngineSetup {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Docker docker;
    private final Runner runner;
    private final Path home;

    /// @param home Tandem's own directory
    public EngineSetup(Docker docker, Runner runner, Path home) {
        this.docker = docker;
        this.runner = runner;
        this.home = home;
    }

    /// Empty when the engine answers now, otherwise the exit code to end with; the script has said
    /// why.
    Optional<ExitCode> ensure(Consent consent) {
        return docker.engineVersion().isPresent() ? ensureClient(consent) : setUp(consent);
    }

    /// The same where no engine of this machine is needed, but its client, for those of others.
    Optional<ExitCode> ensureClient(Consent consent) {
        return docker.composeVersion().isPresent() ? Optional.empty() : setUp(consent);
    }

    private Optional<ExitCode> setUp(Consent consent) {
        List<String> argv = new ArrayList<>(List.of(home.resolve("setup/engine").toString()));
        if (consent == Consent.GIVEN) {
            argv.add("--yes");
        }
        Output output = runner.run(Command.of(LIMIT, argv).talking());
        return switch (output.exit()) {
            case 0 -> Optional.empty();
            case 4 -> Optional.of(ExitCode.REFUSED);
            default -> Optional.of(ExitCode.ENVIRONMENT);
        };
    }

    /// Whether the user has already agreed to the installation of an engine.
    enum Consent {
        GIVEN,
        TO_BE_ASKED
    }
}
