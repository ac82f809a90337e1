package dev.tandem.docker.fake;

import dev.tandem.docker.Command;
import dev.tandem.docker.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// `docker compose` of the {@link FakeEngine}.
///
/// @param engine the one that it belongs to
/// @param command the whole of it
record FakeCompose(FakeEngine engine, Command command) {
    private static final Set<List<String>> KNOWN =
            Set.of(
                    List.of("--detach", "--no-deps"),
                    List.of("--detach", "--force-recreate", "--no-deps"),
                    List.of("--no-start", "--no-recreate", "--no-deps"));

    private static final Duration STOPS = Duration.ofMillis(500);

    Output run(List<String> arguments) {
        List<String> words = new ArrayList<>(arguments);
        int named = words.indexOf("--project-name");
        String project = named < 0 ? "" : words.get(named + 1);
        words.removeIf(word -> List.of("--ansi", "never", "--progress", "plain").contains(word));
        words.removeIf(word -> word.equals("--project-name") || word.equals(project));
        int there = words.indexOf("--project-directory");
        if (there >= 0) {
            words.subList(there, there + 4).clear(); // and --file FILE
        }
        return switch (words.getFirst()) {
            case "version" -> FakeProgram.said("2.26.1-4\n");
            case "up" -> up(words);
            case "down" -> down(project);
            default -> throw FakeProgram.unknown(command.argv());
        };
    }

    /// That in the directory where it runs, or `--project-directory DIRECTORY --file FILE`.
    private ComposeFile file() {
        int there = command.argv().indexOf("--project-directory");
        if (there < 0) {
            Path here = command.directory().orElse(Path.of("."));
            String root = here.toAbsolutePath().normalize().toString();
            return ComposeFile.read(here.resolve("compose.yaml"), root, here);
        }
        String root = command.argv().get(there + 1);
        Path file = Path.of(command.argv().get(there + 3));
        return ComposeFile.read(file, root, engine.there(root));
    }

    /// `up --detach --no-deps`, or as it is used for a network that is gone.
    private Output up(List<String> words) {
        List<String> options = words.stream().filter(word -> word.startsWith("--")).toList();
        if (!KNOWN.contains(options)) {
            throw FakeProgram.unknown(command.argv());
        }
        ComposeFile file = file();
        List<String> services = words.subList(1 + options.size(), words.size());
        List<String> strangers =
                services.stream().filter(name -> !file.services().containsKey(name)).toList();
        if (!strangers.isEmpty()) {
            return FakeProgram.refused("no such service: " + strangers.getFirst());
        }
        for (String name : services) {
            ComposeFile.Service service = Objects.requireNonNull(file.services().get(name), name);
            if (!engine.images().contains(service.image())) {
                return FakeProgram.refused("No such image: " + service.image());
            }
            service.networks()
                    .keySet()
                    .forEach(n -> engine.networks().putIfAbsent(n, file.networks().get(n)));
            Optional<String> gone =
                    options.contains("--no-start")
                            ? Optional.empty()
                            : bring(service, options.contains("--force-recreate"));
            if (gone.isPresent()) {
                return FakeProgram.refused(
                        "Error response from daemon: network " + gone.get() + " not found");
            }
        }
        return new Output(0, "", "");
    }

    /// @return a network that is gone, and that keeps it from being started
    private Optional<String> bring(ComposeFile.Service service, boolean again) {
        FakeContainer there = engine.containers().get(service.container());
        if (there != null && (again || !there.made().block().equals(service.block()))) {
            engine.time().pass(STOPS);
            engine.containers().remove(service.container());
            there = null;
        }
        FakeContainer container = there == null ? engine.create(service) : there;
        if (container.state() == FakeContainer.State.CREATED
                || container.state() == FakeContainer.State.EXITED) {
            if (!container.gone().isEmpty()) {
                return Optional.of(container.gone().first());
            }
            container.become(FakeContainer.State.RUNNING, engine.time());
        }
        return Optional.empty();
    }

    private Output down(String project) {
        String label = "com.docker.compose.project";
        engine.containers().values().removeIf(c -> project.equals(c.made().labels().get(label)));
        engine.networks().values().removeIf(n -> project.equals(n.labels().get(label)));
        return new Output(0, "", "");
    }
}
