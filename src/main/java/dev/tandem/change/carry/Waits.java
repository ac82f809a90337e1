package dev.tandem.change.carry;

import dev.tandem.change.plan.Blind;
import dev.tandem.change.plan.Moves;
import dev.tandem.docker.Await;
import dev.tandem.docker.SiteEngines;
import dev.tandem.health.Lack;
import dev.tandem.health.Readiness;
import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.Observer;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Standing;
import dev.tandem.text.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/// Waits for conditions of a site, each with a deadline, and at the deadline reports what was last
/// seen.
public final class Waits {
    /// The logs of so many nodes are shown that are not well: a hundred say no more than three.
    private static final int LOGS = 3;

    private final SiteEngines engines;
    private final Observer observer;
    private final Progress progress;
    private final Await await;
    private final Site site;
    private final Orders orders;
    private final Moves moves;
    private final Blind blind;
    private final Duration patience;
    private final VipLacks vips;

    /// What is waited for, where, and how long.
    ///
    /// @param moves what has moved: balancers do not look for a moved web server at its new address
    ///   yet
    /// @param blind balancers that are not asked about web servers yet
    /// @param patience how long nodes may take
    public record Terms(Site site, Orders orders, Moves moves, Blind blind, Duration patience) {}

    public Waits(
            SiteEngines engines, Observer observer, Progress progress, Await await, Terms terms) {
        this.engines = engines;
        this.observer = observer;
        this.progress = progress;
        this.await = await;
        this.site = terms.site();
        this.orders = terms.orders();
        this.moves = terms.moves();
        this.blind = terms.blind();
        this.patience = terms.patience();
        this.vips = new VipLacks(site, orders);
    }

    /// Watches the requests at a balancer for some time.
    void watch(Watching watching, Duration limit) {
        watching.watch(limit, await);
    }

    /// Waits until nothing is lacking in the site's own nodes.
    Snapshot untilWell() {
        progress.begin("waiting for every node to serve");
        return until(snapshot -> Readiness.lacksOfOurs(site, orders, snapshot));
    }

    /// Waits until nodes whose containers were started or recreated do their part: a balancer
    /// serves, a web server answers the checks of the balancers that know it. Whether they send it
    /// requests is another matter: a server that is drained while it is replaced gets none yet.
    void untilUp(List<String> nodes) {
        until(snapshot -> nodes.stream().flatMap(node -> lacking(snapshot, node)).toList());
    }

    private Stream<Lack> lacking(Snapshot snapshot, String node) {
        int machine = node.indexOf('/');
        if (machine > 0) { // each machine has one
            String state =
                    snapshot.placement()
                            .state(node.substring(0, machine), node.substring(machine + 1));
            return state.equals("running")
                    ? Stream.of()
                    : Stream.of(new Lack.NotRunning(node, state));
        }
        if (site.allServers().stream().noneMatch(server -> server.name().equals(node))) {
            return Readiness.lacks(site, orders, snapshot, node).stream();
        }
        String state = snapshot.state(node);
        if (state.equals("running") && moves.moves(node)) {
            return Stream.of();
        }
        return state.equals("running")
                ? unchecked(sighted(snapshot), node).stream()
                : Stream.of(new Lack.NotRunning(node, state));
    }

    /// Waits until a node serves as it should.
    void untilServing(String node) {
        until(snapshot -> {
            boolean isBalancer = site.balancers().stream().anyMatch(b -> b.name().equals(node));
            Snapshot told = isBalancer ? snapshot : sighted(snapshot);
            if (isBalancer || isKnown(told, node)) {
                return Readiness.lacks(site, orders, told, node);
            }
            return snapshot.state(node).equals("running")
                    ? List.of()
                    : List.of(new Lack.NotRunning(node, snapshot.state(node)));
        });
    }

    /// Whether the balancers have the web server in their configuration already.
    private static boolean isKnown(Snapshot snapshot, String server) {
        return snapshot.answers().stream()
                .anyMatch(a -> a.servers().stream().anyMatch(s -> s.server().equals(server)));
    }

    /// Waits until a web server that gets no requests passes the checks of every balancer.
    void untilChecked(String server) {
        until(snapshot -> unchecked(sighted(snapshot), server));
    }

    private Snapshot sighted(Snapshot snapshot) {
        Map<String, BalancerSeen> balancers = new HashMap<>(sighted(snapshot, blind).balancers());
        for (Balancer balancer : site.balancers()) {
            snapshot.answer(balancer.name())
                    .filter(says -> isCutOff(balancer, says))
                    .ifPresent(_ -> balancers.remove(balancer.name()));
        }
        return snapshot.with(balancers);
    }

    /// Whether it is not attached to the web servers' network, and will be in a later step.
    private static boolean isCutOff(Balancer balancer, BalancerSeen.Answered says) {
        List<Standing.Address> addresses = says.standing().addresses();
        String own = balancer.address() + "/";
        return !addresses.isEmpty() && addresses.stream().noneMatch(a -> a.cidr().startsWith(own));
    }

    /// The snapshot, limited to balancers whose view of the web servers counts.
    static Snapshot sighted(Snapshot snapshot, Blind blind) {
        Map<String, BalancerSeen> balancers = new HashMap<>(snapshot.balancers());
        balancers
                .keySet()
                .removeIf(name ->
                        snapshot.answer(name)
                                .filter(says -> blind.is(name, says.loaded().haproxy()))
                                .isPresent());
        return snapshot.with(balancers);
    }

    /// What is lacking in the checks of a web server. In maintenance it is not checked. When no
    /// running balancer reports what it sees, nothing is known about the checks.
    static List<Lack> unchecked(Snapshot snapshot, String server) {
        List<String> late = snapshot.late();
        if (snapshot.answers().isEmpty() && !late.isEmpty()) {
            return List.of(new Lack.Unseen(server, late));
        }
        return snapshot.balancers().keySet().stream()
                .sorted()
                .flatMap(name ->
                        snapshot.answer(name).stream()
                                .flatMap(answer -> answer.servers().stream())
                                .filter(seen -> seen.server().equals(server))
                                .filter(seen ->
                                        seen.asked() != ServerOrder.State.MAINT && !passes(seen))
                                .<Lack>map(seen -> new Lack.SeenDown(server, name, seen)))
                .toList();
    }

    private static boolean passes(ServerSeen seen) {
        return seen.outlier() || (seen.check().contains("OK") && !seen.status().startsWith("DOWN"));
    }

    /// Waits until a balancer acts on a duty.
    void untilDuty(String balancer, Duty duty) {
        until(snapshot -> {
            boolean there =
                    snapshot.answer(balancer)
                            .flatMap(answer -> answer.standing().duty())
                            .filter(duty::equals)
                            .isPresent();
            return there
                    ? List.of()
                    : stopped(snapshot, balancer)
                            .map(List::of)
                            .orElse(List.of(new Lack.NotOnDuty(balancer, duty)));
        });
    }

    /// An init that does not run is why a balancer does not follow.
    private Optional<Lack> stopped(Snapshot snapshot, String balancer) {
        return snapshot.answer(balancer)
                .flatMap(answer -> answer.standing().init().stoppedFor())
                .map(age -> new Lack.InitStopped(balancer, site.container(balancer), age));
    }

    /// Waits until this balancer, and no other, holds the VIP and all virtual IPs of balancers'
    /// own.
    void untilHolderOfAll(String balancer) {
        until(snapshot -> vips.holderOfAll(snapshot, balancer));
    }

    /// Waits until this balancer, and no other, holds the VIP, and the others have their own.
    void untilHome(String balancer) {
        until(snapshot -> vips.home(snapshot, balancer));
    }

    /// Waits until no balancer has a request open at a web server.
    ///
    /// @return what was last seen, if that was not reached in time; empty if it was
    public Optional<String> untilIdle(NodeCommands nodes, String server, List<String> balancers) {
        AtomicReference<String> last = new AtomicReference<>("");
        Optional<Boolean> idle =
                await.until(
                        patience,
                        () -> {
                            Optional<String> busy =
                                    busy(server, balancers, b -> nodes.open(b, server));
                            busy.ifPresent(what -> {
                                last.set(what);
                                progress.detail(what);
                            });
                            return busy.isEmpty() ? Optional.of(true) : Optional.empty();
                        });
        return idle.isPresent() ? Optional.empty() : Optional.of(last.get());
    }

    /// What keeps a web server from being idle; empty when nothing does. A balancer that does not
    /// report how many requests are open may have some.
    ///
    /// @param counts the count that a balancer reports
    static Optional<String> busy(
            String server, List<String> balancers, Function<String, OptionalLong> counts) {
        long open = 0;
        for (String balancer : balancers) {
            OptionalLong counted = counts.apply(balancer);
            if (counted.isEmpty()) {
                return Optional.of(
                        balancer + " does not say how many requests are open at " + server);
            }
            open += counted.getAsLong();
        }
        return open == 0
                ? Optional.empty()
                : Optional.of("requests still open at " + server + ": " + open);
    }

    /// The balancers that answer. One that is running but silent may only be late on a busy
    /// machine, and may have requests, so it is waited for. A balancer that is still silent at the
    /// deadline is left out, like one that is not running.
    List<String> answering() {
        Snapshot snapshot =
                await.until(patience, this::unlessLate).orElseGet(() -> observer.look(site));
        return site.balancers().stream()
                .map(Balancer::name)
                .filter(name -> snapshot.answer(name).isPresent())
                .filter(name -> !snapshot.placement().isElsewhere(name))
                .toList();
    }

    /// The balancers that may have requests open: all whose containers are running, whether they
    /// answer or not.
    public List<String> carrying() {
        Snapshot snapshot = observer.look(site);
        return site.balancers().stream()
                .map(Balancer::name)
                .filter(name -> List.of("running", "paused").contains(snapshot.state(name)))
                .toList();
    }

    private Optional<Snapshot> unlessLate() {
        Looked looked = looked();
        List<String> late = looked.snapshot().map(Snapshot::late).orElse(List.of("Docker"));
        if (late.isEmpty()) {
            return looked.snapshot();
        }
        progress.detail("no answer yet from " + String.join(" and ", late));
        return Optional.empty();
    }

    /// One look of a wait. An engine that does not answer it may only be late: that ends no wait.
    private Looked looked() {
        try {
            return new Looked(Optional.of(observer.look(site)), "");
        } catch (Stop e) {
            return new Looked(Optional.empty(), e.seen());
        }
    }

    /// @param snapshot empty when the engine did not answer
    /// @param said what it or its client said then
    private record Looked(Optional<Snapshot> snapshot, String said) {
        Stream<Lack> lacks(Function<Snapshot, List<Lack>> lacking) {
            return snapshot.map(seen -> lacking.apply(seen).stream())
                    .orElseGet(() -> Stream.of(new Lack.EngineSilent(said)));
        }
    }

    /// No change waits for a web server that is out because it fails its clients: its container
    /// runs, its checks pass, and when it is back is its own affair.
    static boolean isWaitedFor(Lack lack) {
        return !(lack instanceof Lack.SeenDown(_, _, ServerSeen as) && as.outlier());
    }

    /// What is on a machine that is away is waited for by nobody.
    private boolean isAway(String node) {
        return engines.away().contains(site.places().getOrDefault(node, ""));
    }

    private Snapshot until(Function<Snapshot, List<Lack>> lacking) {
        AtomicReference<List<Lack>> last = new AtomicReference<>(List.of());
        Optional<Snapshot> ready =
                await.until(
                        patience,
                        () -> {
                            Looked looked = looked();
                            List<Lack> lacks =
                                    looked.lacks(lacking)
                                            .filter(Waits::isWaitedFor)
                                            .filter(lack -> !isAway(lack.node()))
                                            .toList();
                            last.set(lacks);
                            if (lacks.isEmpty()) {
                                return looked.snapshot();
                            }
                            progress.detail(lacks.getFirst().sentence());
                            return Optional.empty();
                        });
        return ready.orElseThrow(() -> notReady(last.get()));
    }

    private String logs(String node) {
        try {
            return engines.at(node).logs(site.container(node), 8);
        } catch (Stop silent) {
            return String.valueOf(silent.getMessage());
        }
    }

    private Stop notReady(List<Lack> lacks) {
        StringBuilder seen = new StringBuilder();
        lacks.forEach(lack -> seen.append(lack.sentence()).append('\n'));
        lacks.stream()
                .map(Lack::node)
                .distinct()
                .filter(node -> site.services().contains(node))
                .limit(LOGS)
                .forEach(node ->
                        seen.append("last lines of ")
                                .append(site.container(node))
                                .append(":\n")
                                .append(logs(node).indent(2)));
        String node = lacks.getFirst().node();
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "the site was not well within " + patience.toSeconds() + " s",
                seen.toString().stripTrailing(),
                "what is healthy keeps serving",
                switch (node) {
                    case Lack.VIP -> "tandem status";
                    case Lack.ENGINE -> "docker info";
                    default -> "tandem logs " + node;
                });
    }
}
