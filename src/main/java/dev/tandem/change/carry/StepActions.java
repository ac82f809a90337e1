package dev.tandem.change.carry;

import dev.tandem.change.plan.Link;
import dev.tandem.change.plan.Loadable;
import dev.tandem.change.plan.Plan;
import dev.tandem.change.plan.Step;
import dev.tandem.change.plan.Strays;
import dev.tandem.change.plan.Wanted;
import dev.tandem.docker.Output;
import dev.tandem.docker.SiteEngines;
import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Server;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.prepare.EachMachine;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.prepare.SiteFiles;
import dev.tandem.render.Layout;
import dev.tandem.text.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Carries out one step of a plan, and returns when its goal is reached: a container serves, a file
/// is loaded, the VIP is where it should be. If the goal is not reached, the result is a {@link
/// Stop}.
final class StepActions {
    /// How long a node that moved asks the LAN, in milliseconds.
    private static final String ASKS = "300";

    private static final Duration QUICK = Duration.ofSeconds(10);

    /// A twin gives the VIP away, which takes at most 2 s, and is gone: it has the addresses of
    /// another node, and whatever it still has open is half of that one's.
    private static final int TWIN_S = 3;

    private final SiteEngines engines;
    private final Composing composing;
    private final Progress progress;
    private final Waits waits;
    private final Scene scene;
    private final NodeCommands nodes;
    private final Prober prober;

    /// What a change works on.
    ///
    /// @param wanted the state that the site should reach
    /// @param source the directory with the files of that state
    /// @param root the site's directory on this machine
    /// @param present the site's files where the containers read them
    /// @param before what clients had when the change began; empty on the way back: there is no
    ///   other state to return to, so nothing is compared
    /// @param removed web servers that are leaving on purpose
    record Scene(
            Wanted wanted,
            SiteDirectory source,
            Path root,
            SiteFiles present,
            Optional<Before> before,
            List<String> removed) {
        Site site() {
            return wanted.site();
        }
    }

    /// What clients had before, to be compared with what they get now.
    ///
    /// @param probing the answers; empty when there were none, or no step compares
    /// @param failing the share of requests that failed, in percent; empty when that is unknown
    /// @param watch how long requests are watched
    record Before(Optional<Probing> probing, OptionalDouble failing, Duration watch) {}

    StepActions(
            SiteEngines engines,
            Progress progress,
            Waits waits,
            NodeCommands nodes,
            Prober prober,
            Scene scene) {
        this.engines = engines;
        this.composing = new Composing(engines, scene.site(), scene.root(), progress);
        this.progress = progress;
        this.waits = waits;
        this.scene = scene;
        this.nodes = nodes;
        this.prober = prober;
    }

    /// Carries out a step that is not combined with others.
    void act(Step step) {
        String line = Plan.line(step, 0);
        progress.begin(line);
        switch (step) {
            case Step.Create create -> start(List.of(create.node()));
            case Step.Start start -> start(List.of(start.node()));
            case Step.Resume resume -> resume(resume);
            case Step.Replace replace -> start(List.of(replace.node()));
            case Step.Move move -> move(move);
            case Step.Attach attach -> attach(attach);
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
            case Step.Policy policy -> policy(policy);
        }
        progress.done(line);
    }

    /// Starts containers, recreating those that were made from something different, and waits until
    /// they are up: what a node has loaded can only be seen then.
    void start(List<String> services) {
        bringUp(services);
        if (scene.site().hasMachines()) {
            // Where they were before is not known: a machine may be gone.
            EachMachine.of(
                    scene.site().ownServers().stream()
                            .map(Server.Own::name)
                            .filter(services::contains)
                            .toList(),
                    server -> {
                        speak(server);
                        return server;
                    });
        }
        waits.untilUp(services);
    }

    private void bringUp(List<String> services) {
        install(services.stream().flatMap(node -> files(node).stream()).toList());
        composing.start(services);
    }

    private void install(List<String> paths) {
        scene.present().install(scene.source(), paths);
    }

    private List<String> files(String node) {
        List<String> paths = new ArrayList<>(scene.wanted().filesOf(node));
        scene.present().written().keySet().stream()
                .filter(path -> scene.wanted().belongs(path, node) && !paths.contains(path))
                .forEach(paths::add);
        // Its duty has separate steps: a balancer that yields while it is changed must not take the
        // VIP back before it has been probed.
        String duty = scene.wanted().at(node, Layout.duty(node));
        if (!scene.present().read(duty).isEmpty()) {
            paths.remove(duty);
        }
        return paths;
    }

    private void resume(Step.Resume step) {
        Output output = engines.at(step.node()).unpause(scene.site().container(step.node()));
        if (!output.ok()) {
            throw stopped("docker could not unpause " + step.node(), output);
        }
        waits.untilUp(List.of(step.node()));
    }

    /// A web server is not waited for: the balancers that check it may be attached only later.
    private void attach(Step.Attach step) {
        String container = scene.site().container(step.node());
        for (Link link : step.links()) {
            if (link.now().isPresent()) {
                Output output = engines.at(step.node()).disconnect(link.network(), container);
                if (!output.ok()) {
                    throw stopped("docker could not disconnect " + step.node(), output);
                }
            }
            Output output = connect(step.node(), container, link);
            if (Composing.lacksNetwork(output) && composing.networks(step.node()).ok()) {
                output = connect(step.node(), container, link);
            }
            if (!output.ok()) {
                throw stopped(
                        "docker could not attach " + step.node() + " to " + link.network(), output);
            }
        }
        if (scene.site().balancers().stream().anyMatch(b -> b.name().equals(step.node()))) {
            waits.untilUp(List.of(step.node()));
        }
    }

    private Output connect(String node, String container, Link link) {
        return engines.at(node).connect(link.network(), link.address(), node, container);
    }

    private void remove(Step.Remove step) {
        String node = step.node().substring(step.node().indexOf('/') + 1);
        boolean twin = !node.equals(step.node()) && scene.site().services().contains(node);
        Output output =
                twin
                        ? engines.at(step.node()).remove(step.container(), TWIN_S)
                        : engines.at(step.node()).remove(step.container());
        if (!output.ok()) {
            throw stopped("docker could not remove " + step.container(), output);
        }
        take(path -> path.startsWith(step.node() + "/") || Strays.isLeftBehind(step.node(), path));
        if (twin) {
            speak(node); // switches may still send its frames to the twin
        }
    }

    /// What was written of these files and is not wanted any more goes.
    private void take(Predicate<String> left) {
        scene.present()
                .install(
                        scene.source(),
                        scene.present().written().keySet().stream().filter(left).toList());
    }

    /// The node keeps its addresses, so it cannot be on both machines. A container that comes up on
    /// another machine has the MAC address that it had, and switches send its frames to the old one
    /// until they hear from it: so it asks the LAN for somebody.
    private void move(Step.Move step) {
        String from = step.way().from();
        Output output = engines.on(from).remove(step.container());
        if (!output.ok()) {
            throw stopped("docker could not remove " + step.container() + " on " + from, output);
        }
        bringUp(List.of(step.node()));
        speak(step.node());
        take(path -> Strays.isLeftBehind(from, step.node(), path));
        waits.untilUp(List.of(step.node()));
    }

    private void speak(String node) {
        String container = scene.site().container(node);
        List<String> arguments = new ArrayList<>(List.of("--network", "container:" + container));
        arguments.addAll(List.of("--cap-drop", "ALL", "--cap-add", "NET_RAW"));
        arguments.addAll(List.of("--entrypoint", "arp-who", prober.image(), "eth0"));
        arguments.addAll(List.of(scene.site().vip().address().toString(), ASKS));
        Output output = engines.at(node).runOnce(QUICK, arguments);
        if (!output.ok()) {
            progress.detail(node + " did not ask the LAN: " + output.lastLines(1));
        }
    }

    private void reload(Step.Reload step) {
        install(files(step.node()));
        for (String program : step.parts().stream().map(Loadable::program).distinct().toList()) {
            Output output = nodes.reload(step.node(), program);
            if (!output.ok()) {
                throw stopped(step.node() + " did not load its " + program, output);
            }
        }
    }

    private void set(Step.Set step) {
        String node = step.node();
        List<String> files =
                Stream.of(Layout.serversState(node), Layout.stickyMap(node))
                        .map(file -> scene.wanted().at(node, file))
                        .filter(file -> scene.wanted().files().containsKey(file))
                        .toList();
        scene.present().install(scene.source(), files);
        order(step.node(), step.server(), step.order(), "set " + step.server());
    }

    private void drain(Step.Drain step) {
        String server = step.node();
        int weight = scene.wanted().orders().server(server).weight();
        ServerOrder drained = new ServerOrder(ServerOrder.State.DRAIN, weight);
        List<String> balancers = waits.answering();
        balancers.forEach(balancer -> order(balancer, server, drained, "drain " + server));
        // A server that still has requests is no obstacle: Docker stops it cleanly, so they end
        // first.
        Optional<String> busy = waits.untilIdle(nodes, server, balancers);
        progress.detail(busy.orElse("no request is open"));
    }

    private void ready(Step.Ready step) {
        String server = step.node();
        waits.untilChecked(server);
        ServerOrder asked = scene.wanted().orders().server(server);
        String what = "take " + server + " back";
        waits.answering().forEach(balancer -> order(balancer, server, asked, what));
        waits.untilServing(server);
    }

    /// Sets the state and weight of a web server at a balancer.
    ///
    /// @param what the action, for the message if it fails
    private void order(String balancer, String server, ServerOrder order, String what) {
        Output output = nodes.set(balancer, server, order);
        if (!output.ok()) {
            throw stopped(balancer + " did not " + what, output);
        }
    }

    private void stand(String balancer, Duty duty) {
        write(balancer, duty);
        waits.untilDuty(balancer, duty);
    }

    private void write(String balancer, Duty duty) {
        write(scene, balancer, duty);
    }

    /// Writes the duty file in one move: the balancer acts on whatever is in it. A duty other than
    /// the one finally wanted is not recorded as installed.
    static void write(Scene scene, String balancer, Duty duty) {
        String path = scene.wanted().at(balancer, Layout.duty(balancer));
        String wanted = scene.source().read(path);
        String text = wanted.replaceAll("(?m)^(serve|yield|maintenance)$", duty.word());
        if (text.equals(wanted)) {
            scene.present().install(scene.source(), List.of(path));
        } else {
            scene.present().note(path, text);
        }
    }

    private void switchover(Step.Switchover step) {
        List<String> answering = waits.answering();
        for (Balancer balancer : scene.site().balancers()) {
            Duty asked = scene.wanted().orders().duty(balancer.name());
            boolean chosen = balancer.name().equals(step.node());
            if (asked != Duty.MAINTENANCE && answering.contains(balancer.name())) {
                write(balancer.name(), chosen ? Duty.SERVE : Duty.YIELD);
            }
        }
        waits.untilHolderOfAll(step.node());
    }

    private void home(Step.Home step) {
        for (Balancer balancer : scene.site().balancers()) {
            write(balancer.name(), scene.wanted().orders().duty(balancer.name()));
        }
        waits.untilHome(step.node());
    }

    private void unassign(Step.Unassign step) {
        Output output = nodes.unassign(step.node(), step.address());
        if (!output.ok()) {
            throw stopped(step.node() + " did not give up " + step.address().cidr(), output);
        }
    }

    private void policy(Step.Policy step) {
        Output output = engines.at(step.node()).restartBy(step.restart(), step.container());
        if (!output.ok()) {
            throw stopped("docker did not change the restart policy of " + step.node(), output);
        }
    }

    private void probe(Step.Probe step) {
        waits.untilServing(step.node());
        scene.before()
                .flatMap(Before::probing)
                .flatMap(before -> prober.ask(step.node()).worseThan(before, scene.removed()))
                .ifPresent(worse -> {
                    throw new Stop(
                            Stop.Kind.ENVIRONMENT,
                            step.node() + " serves worse than before the change",
                            worse,
                            "it had no traffic yet",
                            "tandem logs " + step.node());
                });
    }

    private void watch(Step.Watch step) {
        String balancer = step.node();
        scene.before()
                .ifPresent(before -> {
                    var watching =
                            new Watching(balancer, before.failing(), () -> nodes.share(balancer));
                    waits.watch(watching, before.watch());
                });
    }

    static Stop stopped(String what, Output output) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                what,
                output.lastLines(10),
                "the steps before were carried out",
                "tandem status");
    }
}
