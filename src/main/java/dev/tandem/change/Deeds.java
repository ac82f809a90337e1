package dev.tandem.change;

import dev.tandem.deploy.Progress;
import dev.tandem.deploy.SiteDirectory;
import dev.tandem.docker.Await;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Does one step of a plan, and comes back when it is true: a container serves, a file is loaded,
/// the VIP is where it should be. A step that does not become true is a {@link Stop}.
final class Deeds {
    /// How long the requests at the VIP are watched.
    private static final Duration WATCHED = Duration.ofSeconds(5);

    /// More failed requests than these, in percent, and the change is taken back. What failed
    /// before as well does not count.
    private static final double ERROR_BUDGET = 1;

    private final Docker docker;
    private final Progress progress;
    private final Waits waits;
    private final Scene scene;
    private final NodeCommands nodes;

    /// What a change works on.
    ///
    /// @param wanted what the site is to become
    /// @param source where the files of it lie
    /// @param present the site's directory, which the containers read
    /// @param before what clients had when the change began; empty when nothing answered
    /// @param failing the share of requests that failed then, in percent
    /// @param removed web servers that are meant to go
    record Scene(
            Wanted wanted,
            SiteDirectory source,
            SiteDirectory present,
            Optional<Probing> before,
            double failing,
            List<String> removed) {
        Site site() {
            return wanted.site();
        }
    }

    Deeds(Docker docker, Progress progress, Waits waits, NodeCommands nodes, Scene scene) {
        this.docker = docker;
        this.progress = progress;
        this.waits = waits;
        this.scene = scene;
        this.nodes = nodes;
    }

    /// Does a step that stands for itself.
    void act(Step step) {
        String line = Plan.line(step, 0);
        progress.begin(line);
        switch (step) {
            case Step.Create create -> start(List.of(create.node()));
            case Step.Start start -> start(List.of(start.node()));
            case Step.Resume resume -> resume(resume);
            case Step.Replace replace -> start(List.of(replace.node()));
            case Step.Remove remove -> remove(remove);
            case Step.Write write -> scene.present().install(scene.source(), write.files());
            case Step.Reload reload -> reload(reload);
            case Step.Set set -> set(set);
            case Step.Drain drain -> drain(drain);
            case Step.Ready ready -> ready(ready);
            case Step.Stand stand -> stand(stand.node(), stand.duty());
            case Step.Probe probe -> probe(probe);
            case Step.Switchover switchover -> switchover(switchover);
            case Step.Watch watch -> watch(watch);
            case Step.Home home -> home(home);
            case Step.Unassign unassign -> unassign(unassign);
        }
        progress.done(line);
    }

    /// Starts containers, those that are made of something else anew, and waits until they are up:
    /// what a node has loaded can only be seen then.
    void start(List<String> services) {
        bringUp(services);
        waits.untilUp(services);
    }

    private void bringUp(List<String> services) {
        services.forEach(this::install);
        List<String> arguments = new ArrayList<>(List.of("up", "--detach", "--no-deps"));
        arguments.addAll(services);
        Output output =
                docker.compose(
                        scene.present().root(), progress::detail, arguments.toArray(String[]::new));
        if (!output.ok()) {
            throw stopped("docker compose could not start " + String.join(", ", services), output);
        }
    }

    private void install(String node) {
        List<String> paths = new ArrayList<>(scene.wanted().filesOf(node));
        scene.present().written().keySet().stream()
                .filter(path -> scene.wanted().belongs(path, node) && !paths.contains(path))
                .forEach(paths::add);
        // Its duty has steps of its own: a balancer that yields while it is changed must not take
        // the VIP back before it was probed.
        String duty = node + "/duty";
        if (!scene.present().read(duty).isEmpty()) {
            paths.remove(duty);
        }
        scene.present().install(scene.source(), paths);
    }

    private void resume(Step.Resume step) {
        Output output = docker.unpause(scene.site().container(step.node()));
        if (!output.ok()) {
            throw stopped("docker could not unpause " + step.node(), output);
        }
        waits.untilServing(step.node());
    }

    private void remove(Step.Remove step) {
        Output output = docker.remove(step.container());
        if (!output.ok()) {
            throw stopped("docker could not remove " + step.container(), output);
        }
        scene.present()
                .install(
                        scene.source(),
                        scene.present().written().keySet().stream()
                                .filter(path -> path.startsWith(step.node() + "/"))
                                .toList());
    }

    private void reload(Step.Reload step) {
        install(step.node());
        for (String program : step.parts().stream().map(Loadable::program).distinct().toList()) {
            Output output = nodes.reload(step.node(), program);
            if (!output.ok()) {
                throw stopped(step.node() + " did not load its " + program, output);
            }
        }
    }

    private void set(Step.Set step) {
        String file = step.node() + "/servers.state";
        scene.present().install(scene.source(), List.of(file));
        Output output = nodes.set(step.node(), step.server(), step.order());
        if (!output.ok()) {
            throw stopped(step.node() + " did not set " + step.server(), output);
        }
    }

    private void drain(Step.Drain step) {
        ServerOrder order = scene.wanted().orders().server(step.node());
        ServerOrder drained = new ServerOrder(ServerOrder.State.DRAIN, order.weight());
        List<String> balancers = waits.answering();
        for (String balancer : balancers) {
            Output output = nodes.set(balancer, step.node(), drained);
            if (!output.ok()) {
                throw stopped(balancer + " did not drain " + step.node(), output);
            }
        }
        // One that still has requests is no obstacle: Docker stops it in order, so they end first.
        boolean idle = waits.untilIdle(nodes, step.node(), balancers);
        progress.detail(idle ? "no request is open" : "some requests go on");
    }

    private void ready(Step.Ready step) {
        waits.untilChecked(step.node());
        ServerOrder order = scene.wanted().orders().server(step.node());
        for (String balancer : waits.answering()) {
            Output output = nodes.set(balancer, step.node(), order);
            if (!output.ok()) {
                throw stopped(balancer + " did not take " + step.node() + " back", output);
            }
        }
        waits.untilServing(step.node());
    }

    private void stand(String balancer, Duty duty) {
        write(balancer, duty);
        waits.untilDuty(balancer, duty);
    }

    private void write(String balancer, Duty duty) {
        String path = balancer + "/duty";
        scene.present().install(scene.source(), List.of(path));
        String text = scene.present().read(path);
        String changed = text.replaceAll("(?m)^(serve|yield|maintenance)$", duty.word());
        if (!changed.equals(text)) {
            scene.present().note(path, changed);
        }
    }

    private void switchover(Step.Switchover step) {
        for (Balancer balancer : scene.site().balancers()) {
            Duty asked = scene.wanted().orders().duty(balancer.name());
            boolean chosen = balancer.name().equals(step.node());
            if (asked != Duty.MAINTENANCE && waits.answering().contains(balancer.name())) {
                write(balancer.name(), chosen ? Duty.SERVE : Duty.YIELD);
            }
        }
        waits.untilHolder(step.node());
    }

    private void home(Step.Home step) {
        for (Balancer balancer : scene.site().balancers()) {
            write(balancer.name(), scene.wanted().orders().duty(balancer.name()));
        }
        waits.untilHolder(step.node());
    }

    private void unassign(Step.Unassign step) {
        Output output = nodes.unassign(step.node(), step.address());
        if (!output.ok()) {
            throw stopped(step.node() + " did not give up " + step.address().cidr(), output);
        }
    }

    private void probe(Step.Probe step) {
        waits.untilServing(step.node());
        scene.before()
                .ifPresent(before -> {
                    Probing now = waits.probing(nodes, step.node());
                    now.worseThan(before, scene.removed())
                            .ifPresent(worse -> {
                                throw new Stop(
                                        Stop.Kind.ENVIRONMENT,
                                        step.node() + " serves worse than before the change",
                                        worse,
                                        "it had no traffic yet",
                                        "tandem logs " + step.node());
                            });
                });
    }

    private void watch(Step.Watch step) {
        Share start = nodes.share(step.node());
        double allowed = scene.failing() + ERROR_BUDGET;
        Optional<Share> bad =
                Await.until(
                        WATCHED,
                        () ->
                                Optional.of(nodes.share(step.node()).since(start))
                                        .filter(share -> share.exceeds(allowed)));
        bad.ifPresent(share -> {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "too many requests fail at " + step.node() + " since it holds the VIP",
                    "%d of %d were answered 5xx; before the change it was %.1f %%"
                            .formatted(share.failed(), share.requests(), scene.failing()),
                    "it holds the VIP",
                    "tandem logs " + step.node());
        });
    }

    private static Stop stopped(String what, Output output) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                what,
                output.lastLines(10),
                "the steps before were carried out",
                "tandem status");
    }
}
