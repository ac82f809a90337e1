package dev.tandem.deploy;

import dev.tandem.docker.Await;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.Observer;
import dev.tandem.observe.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Carries out a plan, step by step, without decisions of its own.
///
/// Containers that are made or started stand together at the beginning of a new site and come up at
/// once; one that is replaced must serve again before the next step, so that a plan never takes two
/// nodes out at the same time.
final class Executor {
    private final Docker docker;
    private final Observer observer;
    private final Progress progress;
    private final Duration patience;

    /// @param patience how long nodes may take until they serve
    Executor(Docker docker, Observer observer, Progress progress, Duration patience) {
        this.docker = docker;
        this.observer = observer;
        this.progress = progress;
        this.patience = patience;
    }

    void execute(Plan plan, Site site, SiteDirectory directory) {
        List<String> together = new ArrayList<>();
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.Create create -> together.add(create.service());
                case Step.Start start -> together.add(start.service());
                case Step.Resume resume -> {
                    bringUp(together, directory);
                    said(docker.unpause(site.container(resume.service())), resume);
                }
                case Step.Replace replace -> {
                    bringUp(together, directory);
                    bringUp(new ArrayList<>(List.of(replace.service())), directory);
                    awaitService(site, replace.service());
                }
                case Step.Remove remove -> {
                    bringUp(together, directory);
                    said(docker.remove(remove.container()), remove);
                }
            }
        }
        bringUp(together, directory);
    }

    /// Waits until nothing is lacking any more.
    ///
    /// @throws Stop when something still is at the deadline: what, and the last lines of the log of
    ///   every node concerned
    Snapshot awaitSite(Site site) {
        progress.begin("waiting until every node serves");
        return await(site, snapshot -> Readiness.lacksOfOurs(site, snapshot));
    }

    private void awaitService(Site site, String service) {
        progress.begin("waiting until " + service + " serves");
        await(site, snapshot -> Readiness.lacks(site, snapshot, service));
    }

    private Snapshot await(
            Site site, java.util.function.Function<Snapshot, List<Readiness.Lack>> lacking) {
        AtomicReference<List<Readiness.Lack>> last = new AtomicReference<>(List.of());
        Optional<Snapshot> ready =
                Await.until(
                        patience,
                        () -> {
                            Snapshot snapshot = observer.look(site);
                            List<Readiness.Lack> lacks = lacking.apply(snapshot);
                            last.set(lacks);
                            if (lacks.isEmpty()) {
                                return Optional.of(snapshot);
                            }
                            progress.detail(lacks.getFirst().toString());
                            return Optional.empty();
                        });
        return ready.orElseThrow(() -> notReady(site, last.get()));
    }

    private Stop notReady(Site site, List<Readiness.Lack> lacks) {
        StringBuilder seen = new StringBuilder();
        lacks.forEach(lack -> seen.append(lack).append('\n'));
        lacks.stream()
                .map(Readiness.Lack::node)
                .distinct()
                .filter(node -> !node.equals("vip"))
                .forEach(node ->
                        seen.append("last lines of ")
                                .append(site.container(node))
                                .append(":\n")
                                .append(docker.logs(site.container(node), 8).indent(2)));
        String node = lacks.getFirst().node();
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "the site does not serve as it should, "
                        + patience.toSeconds()
                        + " s after its containers were started",
                seen.toString().stripTrailing(),
                "what is healthy runs and serves; nothing was taken back",
                (node.equals("vip") ? "tandem status" : "tandem logs " + node)
                        + "; tandem down removes everything");
    }

    private void bringUp(List<String> services, SiteDirectory directory) {
        if (services.isEmpty()) {
            return;
        }
        progress.begin("starting " + String.join(", ", services));
        List<String> arguments = new ArrayList<>(List.of("up", "--detach", "--no-deps"));
        arguments.addAll(services);
        Output output =
                docker.compose(
                        directory.root(), progress::detail, arguments.toArray(String[]::new));
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "docker compose could not start " + String.join(", ", services),
                    output.lastLines(10),
                    "some containers may have been made",
                    "tandem status; tandem down removes everything");
        }
        progress.done("started " + String.join(", ", services));
        services.clear();
    }

    private void said(Output output, Step step) {
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "docker could not " + step.verb() + " " + step.service(),
                    output.lastLines(5),
                    "the steps before were carried out",
                    "tandem status");
        }
        progress.done(step.verb() + " " + step.service());
    }
}
