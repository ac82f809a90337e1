package dev.tandem.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The images that an engine has: what they are, and how they are made.
public final class ImageStore {
    private static final Duration QUICK = Duration.ofSeconds(20);
    private static final Duration BUILD = Duration.ofMinutes(15);

    private final Runner runner;

    public ImageStore(Runner runner) {
        this.runner = runner;
    }

    /// What an image is built from.
    ///
    /// @param context the directory
    /// @param variables the values of its build arguments
    /// @param memory whether layers of an earlier build may be taken
    public record Build(Path context, Map<String, String> variables, Memory memory) {
        public Build {
            variables = Map.copyOf(variables);
        }

        private List<String> options() {
            List<String> options = new ArrayList<>();
            if (memory == Memory.NONE) {
                options.add("--no-cache");
            }
            options.addAll(named("--build-arg", variables));
            return options;
        }
    }

    /// What a build takes over from earlier ones.
    public enum Memory {
        /// Each layer whose cause is the same.
        KEPT,
        /// Nothing: all is done from scratch.
        NONE
    }

    /// The images of a repository, as `name:tag`, the newest first.
    ///
    /// @throws dev.tandem.model.Stop when the engine does not answer
    public List<String> of(String repository) {
        return Answers.answered(
                        docker("images", "--format", "{{.Repository}}:{{.Tag}}", repository))
                .lines();
    }

    /// Removes an image, or one of its names; `false` when it is still in use, or gone already.
    ///
    /// @throws dev.tandem.model.Stop when the engine does not answer
    public boolean remove(String image) {
        Output output = docker("image", "rm", image);
        boolean used = output.stderr().toLowerCase(Locale.ROOT).contains("conflict");
        return !used && Answers.there(output).isPresent();
    }

    /// Gives an image one more name.
    ///
    /// @throws dev.tandem.model.Stop when the engine does not answer, or has no such image
    public void name(String image, String name) {
        Answers.answered(docker("image", "tag", image, name));
    }

    /// When an image was made; empty when there is none of this name.
    ///
    /// @throws dev.tandem.model.Stop when the engine does not answer
    public Optional<Instant> made(String image) {
        return EngineApi.of(runner)
                .flatMap(engine -> engine.made(image))
                .or(() -> madeByCommand(image));
    }

    private Optional<Instant> madeByCommand(String image) {
        return Answers.there(docker("image", "inspect", "--format", "{{.Created}}", image))
                .map(output -> OffsetDateTime.parse(output.stdout().strip()).toInstant());
    }

    /// What an image is, whatever it is called; empty when there is none of this name.
    ///
    /// @throws dev.tandem.model.Stop when the engine does not answer
    public Optional<String> id(String image) {
        return Answers.there(docker("image", "inspect", "--format", "{{.Id}}", image))
                .map(output -> output.stdout().strip());
    }

    /// The layers of each image that the engine has, from the lowest on.
    ///
    /// @throws dev.tandem.model.Stop when the engine does not answer
    public List<List<String>> layers() {
        List<String> ids =
                Answers.answered(docker("image", "ls", "--quiet", "--no-trunc")).lines().stream()
                        .distinct()
                        .toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        List<String> argv = new ArrayList<>(List.of("image", "inspect", "--format"));
        argv.add("{{range .RootFS.Layers}}{{.}} {{end}}");
        argv.addAll(ids);
        // One that is removed meanwhile is not among the answers.
        return docker(argv.toArray(String[]::new)).lines().stream()
                .filter(line -> !line.isBlank())
                .map(line -> List.of(line.strip().split(" ")))
                .toList();
    }

    /// Writes an image into a file of this machine, as a tar.
    ///
    /// @throws dev.tandem.model.Stop when the engine does not answer, or has no such image
    public void save(String image, Path file) {
        List<String> argv = List.of("docker", "save", "--output", file.toString(), image);
        Answers.answered(runner.run(Command.of(BUILD, argv)));
    }

    /// Has the engine take an image from such a file.
    public Output load(Path file) {
        List<String> argv = List.of("docker", "load", "--quiet", "--input", file.toString());
        return runner.run(Command.of(BUILD, argv));
    }

    /// Builds an image: with BuildKit if the buildx plugin is installed, otherwise with the
    /// engine's own builder.
    public Output build(Build build, String name, Consumer<String> line) {
        boolean buildx = docker("buildx", "version").ok();
        List<String> argv = new ArrayList<>(List.of("docker", "build"));
        if (buildx) {
            argv.addAll(List.of("--progress", "plain"));
        }
        argv.addAll(build.options());
        argv.addAll(List.of("--tag", name, build.context().toString()));
        Command command = Command.of(BUILD, argv).with("DOCKER_BUILDKIT", buildx ? "1" : "0");
        return runner.run(with(command, build.variables()), line);
    }

    /// Runs a program in a new container of an image, with these variables, and removes the
    /// container.
    ///
    /// @param argv the program and its arguments
    public Output run(
            String image, Map<String, String> variables, Duration limit, List<String> argv) {
        List<String> all = new ArrayList<>(List.of("docker", "run", "--rm"));
        all.addAll(named("--env", variables));
        all.addAll(List.of("--entrypoint", argv.getFirst(), image));
        all.addAll(argv.subList(1, argv.size()));
        return runner.run(with(Command.of(limit, all), variables));
    }

    /// Variables by name alone. Their values go into the environment, where other users of this
    /// machine do not see them: one may be a proxy's address, with a password.
    private static List<String> named(String option, Map<String, String> variables) {
        return variables.keySet().stream()
                .sorted()
                .flatMap(name -> List.of(option, name).stream())
                .toList();
    }

    private static Command with(Command command, Map<String, String> variables) {
        Command all = command;
        for (Map.Entry<String, String> one : variables.entrySet()) {
            all = all.with(one.getKey(), one.getValue());
        }
        return all;
    }

    private Output docker(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(arguments));
        return runner.run(Command.of(QUICK, argv));
    }
}
