package dev.tandem.change;

import dev.tandem.docker.Container;
import dev.tandem.docker.Docker;
import dev.tandem.docker.DockerNetwork;
import dev.tandem.docker.FarDirectory;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.Output;
import dev.tandem.docker.SiteEngines;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.prepare.EachMachine;
import dev.tandem.prepare.OverMachines;
import dev.tandem.render.Layout;
import dev.tandem.render.SpeakerMemory;
import dev.tandem.text.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Takes a site down: its containers, what its balancers remember, and its networks; nothing else.
///
/// It relies on Compose's labels (project and directory), not on the site file, so it works even
/// when that file is wrong or gone. Certificates and rendered files stay: clients may have come to
/// trust the CA.
public final class Removal {
    private final Fleet fleet;
    private final Progress progress;

    public Removal(Fleet fleet, Progress progress) {
        this.fleet = fleet;
        this.progress = progress;
    }

    /// The Compose projects that run from this directory's `.tandem`.
    public List<String> projects(Path base) {
        String below = base.resolve(Layout.PARENT) + "/";
        return fleet.own().containers().stream()
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
        return remove(fleet.own(), project, directory.toString());
    }

    /// Makes sure that every machine of a site answers.
    ///
    /// @throws Stop when one does not; nothing was removed
    public void reach(Site site) {
        new OverMachines(site, fleet.of(site)).requireAll("");
    }

    /// Removes a site from all of its machines, and what lies there: keys go with their nodes.
    ///
    /// @param image one that the machines have, through which files are removed
    /// @return what was removed, one per line
    /// @throws Stop when it is another one's there, or when not all of it could be removed
    public List<String> remove(Site site, String image) {
        SiteEngines engines = fleet.of(site);
        List<String> removed = new ArrayList<>();
        EachMachine.of(
                        new OverMachines(site, engines).asked(),
                        name -> removeOn(site, name, engines.on(name), image))
                .values()
                .forEach(removed::addAll);
        return removed;
    }

    private List<String> removeOn(Site site, String machine, Docker docker, String image) {
        String directory = Layout.onMachines(site.name());
        List<String> removed =
                new ArrayList<>(
                        remove(docker, site.name(), directory).stream()
                                .map(thing -> thing + " on " + machine)
                                .toList());
        if (docker.hasImage(image)) {
            String name = "tandem-files-" + site.name() + "-" + UUID.randomUUID();
            Path parent = Path.of(directory).resolveSibling(".").normalize();
            try (FarDirectory all = docker.directory(image, parent.toString(), name)) {
                String script = "[ ! -e \"$1\" ] || { rm -rf \"$1\"; echo gone; }";
                if (!all.answer(script, List.of(site.name())).stdout().isBlank()) {
                    removed.add(directory + " on " + machine);
                }
            }
        } else if (!removed.isEmpty()) {
            removed.add("not " + directory + " on " + machine + ": image " + image + " is gone");
        }
        return removed;
    }

    private List<String> remove(Docker docker, String project, String directory) {
        List<Container> containers = docker.containers(project);
        containers.stream()
                .filter(container -> !container.directory().equals(directory))
                .findFirst()
                .ifPresent(container -> refuse(project, container));
        Things before = new Things(containers, networks(docker, project));
        if (before.lines().isEmpty()) {
            forget(docker, project); // a machine that all of its nodes have left
            return List.of();
        }
        progress.begin("taking " + project + " down");
        Output output =
                docker.composeProject(project, progress::detail, "down", "--remove-orphans");
        forget(docker, project);
        Things left = new Things(docker.containers(project), networks(docker, project));
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

    /// What balancers remember, also those that the site has no longer, or not on this machine.
    private static void forget(Docker docker, String project) {
        docker.volumes().of(project).stream()
                .filter(SpeakerMemory::isVolume)
                .forEach(docker.volumes()::remove);
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

    private static List<String> networks(Docker docker, String project) {
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
