package dev.tandem.change;

import dev.tandem.docker.Container;
import dev.tandem.docker.Docker;
import dev.tandem.docker.DockerNetwork;
import dev.tandem.docker.Output;
import dev.tandem.model.Role;
import dev.tandem.model.Stop;
import dev.tandem.render.Layout;
import dev.tandem.render.SpeakerMemory;
import dev.tandem.text.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes a site down: its containers, what its balancers remember, and its networks; nothing else.
///
/// It relies on Compose's labels (project and directory), not on the site file, so it works even
/// when that file is wrong or gone. Certificates and rendered files stay: clients may have come to
/// trust the CA.
public final class Removal {
    private final Docker docker;
    private final Progress progress;

    public Removal(Docker docker, Progress progress) {
        this.docker = docker;
        this.progress = progress;
    }

    /// The Compose projects that run from this directory's `.tandem`.
    public List<String> projects(Path base) {
        String below = base.resolve(Layout.PARENT) + "/";
        return docker.containers().stream()
                .filter(container -> container.directory().startsWith(below))
                .map(Container::project)
                .distinct()
                .sorted()
                .toList();
    }

    /// Removes a project; returns what was removed, one per line. Empty: there was nothing.
    ///
    /// @param directory where the site is rendered; a project of the same name from elsewhere is
    ///   refused
    /// @throws Stop when the project belongs to another directory, or Docker could not remove all
    ///   of it
    public List<String> remove(String project, Path directory) {
        List<Container> containers = docker.containers(project);
        containers.stream()
                .filter(container -> !container.directory().equals(directory.toString()))
                .findFirst()
                .ifPresent(container -> refuse(project, container));
        Things before = new Things(containers, networks(project));
        if (before.lines().isEmpty()) {
            return List.of();
        }
        progress.begin("taking " + project + " down");
        Output output =
                docker.composeProject(project, progress::detail, "down", "--remove-orphans");
        containers.stream()
                .filter(container -> container.role().equals(Role.BALANCER.word()))
                .map(container -> project + "_" + SpeakerMemory.volume(container.service()))
                .forEach(docker.volumes()::remove);
        Things left = new Things(docker.containers(project), networks(project));
        if (!output.ok() || !left.lines().isEmpty()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "not all of site " + project + " could be removed",
                    output.lastLines(8),
                    "left: "
                            + (left.lines().isEmpty()
                                    ? "nothing"
                                    : String.join(", ", left.lines())),
                    left.networks().stream()
                            .findFirst()
                            .map(network -> "docker network inspect " + network)
                            .orElse("tandem down"));
        }
        return before.lines();
    }

    /// The containers and networks of a project.
    private record Things(List<Container> containers, List<String> networks) {
        /// One line for each.
        List<String> lines() {
            return Stream.concat(
                            containers.stream().map(c -> "container " + c.name()).sorted(),
                            networks.stream().map(name -> "network " + name))
                    .toList();
        }
    }

    private List<String> networks(String project) {
        return docker.networks().stream()
                .filter(network -> network.project().equals(project))
                .map(DockerNetwork::name)
                .sorted()
                .toList();
    }

    private static void refuse(String project, Container container) {
        Optional<String> where = Optional.of(container.directory()).filter(d -> !d.isEmpty());
        throw new Stop(
                Stop.Kind.REFUSED,
                "the Compose project " + project + " was not started from here",
                "container " + container.name() + " is of " + where.orElse("another tool"),
                "nothing was removed",
                "take it down where it was started");
    }
}
