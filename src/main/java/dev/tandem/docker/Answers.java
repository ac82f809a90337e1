package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.util.Optional;

/// What the output of a `docker` command says: an answer, that there is no such thing, or nothing.
public final class Answers {
    private Answers() {}

    /// The answer about one thing; empty when the engine says that there is no such thing.
    static Optional<Output> there(Output output) {
        return output.noSuch() ? Optional.empty() : Optional.of(answered(output));
    }

    /// The same output.
    ///
    /// @throws Stop when it is no answer
    static Output answered(Output output) {
        if (!output.ok()) {
            throw unanswered(output);
        }
        return output;
    }

    /// The same output, whatever it says.
    ///
    /// @throws Stop when the client did not end
    static Output ended(Output output) {
        if (output.timedOut()) {
            throw unanswered(output);
        }
        return output;
    }

    private static Stop unanswered(Output output) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "Docker did not answer",
                output.lastLines(5),
                "nothing was changed",
                output.exit() == Output.NOT_FOUND
                        ? "setup/engine"
                        : notAllowed(output.stderr()).orElse("docker info"));
    }

    /// What to do about an engine that answers, but not this user; empty when that is not it.
    ///
    /// @param said what its client said
    public static Optional<String> notAllowed(String said) {
        return said.contains("permission denied") && said.contains("socket")
                ? Optional.of(
                        ("sudo usermod -aG docker %s && newgrp docker (being in that group is as"
                                        + " good as root), or: sudo tandem ...")
                                .formatted(System.getProperty("user.name")))
                : Optional.empty();
    }
}
