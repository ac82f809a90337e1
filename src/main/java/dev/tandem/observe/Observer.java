package dev.tandem.observe;

import dev.tandem.docker.Container;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Member;
import dev.tandem.docker.Output;
import dev.tandem.model.Balancer;
import dev.tandem.model.HaproxyBackend;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Takes snapshots. All nodes are asked at once: a snapshot takes as long as the slowest answer,
/// and never longer than {@link #PATIENCE}.
public final class Observer {
    /// How long one node may take to answer.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Docker docker;

    public Observer(Docker docker) {
        this.docker = docker;
    }

    /// Takes a snapshot now. The balancers are asked without waiting for the list of containers:
    /// one that is not running is silent. Web servers are not asked: the balancers see how they
    /// serve.
    public Snapshot look(Site site) {
        return look(site, List.of());
    }

    /// The same, and asks each of the site's own web servers which files it runs, and the engine
    /// which containers are attached to the site's networks. Waits do not need that: a command in a
    /// container costs 0.2 s of processor time.
    public Snapshot lookAtAll(Site site) {
        Snapshot seen = look(site, site.ownServers().stream().map(Server.Own::name).toList());
        return new Snapshot(
                seen.containers(),
                seen.balancers(),
                seen.ownServers(),
                Optional.of(attached(site)));
    }

    /// The same, and the balancers are asked that run and that the site no longer has: until they
    /// leave, one of them may hold the VIP.
    public Snapshot lookAtLeaving(Site site) {
        Snapshot seen = lookAtAll(site);
        Map<String, BalancerSeen> balancers = new LinkedHashMap<>(seen.balancers());
        seen.containers().values().stream()
                .filter(one -> one.role().equals("balancer") && one.running())
                .forEach(one ->
                        balancers.computeIfAbsent(
                                one.service(), _ -> balancer(one.name(), backends(site))));
        return new Snapshot(seen.containers(), balancers, seen.ownServers(), seen.attached());
    }

    private static Set<String> backends(Site site) {
        return site.checkedBackends().stream()
                .map(HaproxyBackend::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Snapshot look(Site site, List<String> servers) {
        Set<String> backends = backends(site);
        List<String> names = site.balancers().stream().map(Balancer::name).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<BalancerSeen>> balancers =
                    asked(threads, names, name -> balancer(site.container(name), backends));
            Map<String, Future<OwnServerSeen>> ownServers =
                    asked(threads, servers, name -> ownServer(site.container(name)));
            return new Snapshot(
                    containers(site),
                    answers(balancers, BalancerSeen.Silent::new),
                    answers(ownServers, OwnServerSeen.Silent::new));
        }
    }

    private Map<String, Map<String, String>> attached(Site site) {
        Map<String, Map<String, String>> attached = new LinkedHashMap<>();
        for (String network : List.of(site.lanNetwork(), site.network().name())) {
            attached.put(
                    network,
                    docker.attached(network).stream()
                            .collect(
                                    Collectors.toUnmodifiableMap(
                                            Member::container, Member::address, (a, _) -> a)));
        }
        return attached;
    }

    private Map<String, Container> containers(Site site) {
        return docker.containers(site.name()).stream()
                .collect(Collectors.toMap(Container::service, Function.identity(), (a, _) -> a));
    }

    private BalancerSeen balancer(String container, Set<String> backends) {
        Output output = docker.exec(container, PATIENCE, "node-state");
        if (output.ok()) {
            return NodeState.parse(output.stdout(), backends);
        }
        return new BalancerSeen.Silent(silence(output));
    }

    /// Why a node gave no answer, as far as the engine says.
    private static String silence(Output output) {
        if (output.timedOut()) {
            return "no answer within " + PATIENCE.toSeconds() + " s";
        }
        boolean isDown = output.noSuch() || output.stderr().contains(" is not running");
        return isDown ? "not running" : "it could not be asked: " + output.lastLines(1);
    }

    private OwnServerSeen ownServer(String container) {
        Output output = docker.exec(container, PATIENCE, "node-state");
        return output.ok()
                ? OwnServerSeen.parse(output.stdout())
                : new OwnServerSeen.Silent(silence(output));
    }

    private static <T> Map<String, Future<T>> asked(
            ExecutorService threads, List<String> nodes, Function<String, T> question) {
        Map<String, Future<T>> asked = new LinkedHashMap<>();
        for (String node : nodes) {
            Callable<T> task = () -> question.apply(node);
            asked.put(node, threads.submit(task));
        }
        return asked;
    }

    /// @param none makes the stand-in for an answer that failed, from the reason
    private static <T> Map<String, T> answers(
            Map<String, Future<T>> asked, Function<String, ? extends T> none) {
        Map<String, T> answers = new LinkedHashMap<>();
        asked.forEach((node, answer) -> answers.put(node, outcome(answer, none)));
        return answers;
    }

    private static <T> T outcome(Future<T> answer, Function<String, ? extends T> none) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return none.apply("interrupted");
        } catch (ExecutionException e) {
            return none.apply(String.valueOf(e.getCause()));
        }
    }
}
