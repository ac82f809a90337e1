package dev.tandem.docker;

import java.util.ArrayList;
import java.util.List;

/// What the engine keeps of what containers print.
public final class Logs {
    /// The driver whose files grow until somebody sets `max-size`; `local` rotates in any case.
    private static final String GROWS = "json-file";

    private Logs() {}

    /// The containers that run and whose log grows until the disk is full, whoever made them;
    /// sorted.
    ///
    /// @throws dev.tandem.model.Stop when the engine does not answer
    public static List<String> endless(Docker docker) {
        List<String> running =
                Answers.answered(docker.docker("container", "ls", "--quiet")).lines();
        if (running.isEmpty()) {
            return List.of();
        }
        List<String> argv = new ArrayList<>(List.of("container", "inspect", "--format"));
        argv.add(
                "{{.Name}}\t{{.HostConfig.LogConfig.Type}}"
                        + "\t{{index .HostConfig.LogConfig.Config \"max-size\"}}");
        argv.addAll(running);
        Output output = docker.docker(argv.toArray(String[]::new));
        return (output.noSuch() ? output : Answers.answered(output))
                .lines().stream()
                        .map(line -> line.split("\t", -1))
                        .filter(f -> f.length == 3 && f[1].equals(GROWS) && f[2].isEmpty())
                        .map(f -> f[0].replaceFirst("^/", ""))
                        .sorted()
                        .toList();
    }
}
