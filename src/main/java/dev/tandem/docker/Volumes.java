package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Docker's volumes, as far as Tandem uses them: as marks that live with the engine, so that every
/// machine that talks to it sees the same.
///
/// The engine makes a volume under a lock of its own: of two that are made under one name, the
/// first one's labels stay.
public final class Volumes {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Runner runner;

    public Volumes(Runner runner) {
        this.runner = runner;
    }

    /// Creates a volume; an existing one of this name stays as it is.
    ///
    /// @throws Stop when the engine does not answer
    public void create(String name, Map<String, String> labels) {
        List<String> argv = new ArrayList<>(List.of("docker", "volume", "create"));
        new TreeMap<>(labels)
                .forEach((key, value) -> argv.addAll(List.of("--label", key + "=" + value)));
        argv.add(name);
        Output output = runner.run(Command.of(LIMIT, argv));
        // An engine may refuse a second volume with different labels; reading the labels will tell.
        if (!output.ok() && labels(name).isEmpty()) {
            throw stopped("make the volume " + name, output);
        }
    }

    /// A volume's labels; empty when there is no volume of this name.
    ///
    /// @throws Stop when the engine does not answer
    public Optional<Map<String, String>> labels(String name) {
        String format = "{{range $key, $value := .Labels}}{{$key}}={{$value}}{{\"\\n\"}}{{end}}";
        Output output =
                runner.run(
                        Command.of(
                                LIMIT,
                                List.of("docker", "volume", "inspect", "--format", format, name)));
        return Answers.there(output).map(Volumes::labels);
    }

    private static Map<String, String> labels(Output output) {
        Map<String, String> labels = new TreeMap<>();
        output.lines().stream()
                .map(line -> line.split("=", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> labels.put(words[0], words[1]));
        return labels;
    }

    /// The volumes that Compose made for a project, by name.
    ///
    /// @throws Stop when the engine does not answer
    public List<String> of(String project) {
        String label = "label=com.docker.compose.project=" + project;
        Output output =
                runner.run(
                        Command.of(
                                LIMIT,
                                List.of("docker", "volume", "ls", "--quiet", "--filter", label)));
        if (!output.ok()) {
            throw stopped("list the volumes of " + project, output);
        }
        return output.lines();
    }

    /// Removes a volume; does nothing when there is none.
    ///
    /// @throws Stop when it could not be removed
    public void remove(String name) {
        Output output =
                runner.run(Command.of(LIMIT, List.of("docker", "volume", "rm", "--force", name)));
        if (!output.ok()) {
            throw stopped("remove the volume " + name, output);
        }
    }

    private static Stop stopped(String what, Output output) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "Docker could not " + what,
                output.lastLines(5),
                "this changed no container",
                "docker info");
    }
}
