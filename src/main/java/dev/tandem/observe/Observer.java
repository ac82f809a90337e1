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
import java.util.ArrayList;
import java.util.HashMap;
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

/// Takes snapshots. All balancers are asked at once, and they ask the site's own web servers: a
/// command in a container costs 0.2 s of processor time, and a hundred at once answer too late.
/// Only web servers that no balancer heard are asked that way, some at a time.
public final class Observer {
    /// How long one node may take to answer.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// Commands in containers at a time.
    static final int AT_ONCE = 8;

    private static final String NOT_RUNNING = "not running";

    private final Docker docker;

    public Observer(Docker docker) {
        this.docker = docker;
    }

    /// What a balancer says, and what it was told by web servers, by name.
    private record Told(BalancerSeen itself, Map<String, OwnServerSeen> ownServers) {}

    /// Takes a snapshot now. The balancers are asked without waiting for the list of containers:
    /// one that is not running is silent. Web servers are not asked: the balancers see how they
    /// serve.
    public Snapshot look(Site site) {
        return look(site, List.of());
    }

    /// The same, and asks the site's own web servers which files they run, and the engine which
    /// containers are attached to the site's networks, and which of them it starts again. Waits do
    /// not need that.
    public Snapshot lookAtAll(Site site) {
        Snapshot seen = look(site, site.ownServers());
        return new Snapshot(
                seen.containers(),
                seen.balancers(),
                seen.ownServers(),
                Optional.of(attached(site)),
                docker.restartPolicies(
                        seen.containers().values().stream()
                                .map(Container::name)
                                .sorted()
                                .toList()));
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
                                one.service(),
                                _ -> balancer(one.name(), site, List.of()).itself()));
        return seen.with(balancers);
    }

    private static Set<String> backends(Site site) {
        return site.checkedBackends().stream()
                .map(HaproxyBackend::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, String> replicas(Site site) {
        Map<String, String> replicas = new HashMap<>();
        for (Server server : site.servers()) {
            if (server instanceof Server.Existing there && there.replicas() > 1) {
                there.slots().forEach(slot -> replicas.put(slot, there.name()));
            }
        }
        return replicas;
    }

    private Snapshot look(Site site, List<Server.Own> servers) {
        List<String> names = site.balancers().stream().map(Balancer::name).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            Map<String, Future<Told>> asked =
                    asked(threads, names, name -> balancer(site.container(name), site, servers));
            Map<String, Container> containers = containers(site);
            Map<String, Told> told =
                    answers(asked, why -> new Told(new BalancerSeen.Silent(why), Map.of()));
            Map<String, BalancerSeen> balancers = new LinkedHashMap<>();
            Map<String, OwnServerSeen> ownServers = new LinkedHashMap<>();
            told.forEach((name, one) -> {
                balancers.put(name, one.itself());
                one.ownServers().forEach(ownServers::putIfAbsent);
            });
            List<String> unheard =
                    servers.stream()
                            .map(Server.Own::name)
                            .filter(name -> !ownServers.containsKey(name))
                            .toList();
            ownServers.putAll(asked(threads, site, containers, unheard));
            return new Snapshot(containers, balancers, ownServers);
        }
    }

    /// Asks web servers in their containers. One that does not run need not be asked.
    private Map<String, OwnServerSeen> asked(
            ExecutorService threads,
            Site site,
            Map<String, Container> containers,
            List<String> servers) {
        return answers(
                asked(
                        threads,
                        servers,
                        name ->
                                Optional.ofNullable(containers.get(name))
                                        .filter(Container::running)
                                        .map(_ -> ownServer(site.container(name)))
                                        .orElseGet(() -> new OwnServerSeen.Silent(NOT_RUNNING))),
                OwnServerSeen.Silent::new);
    }

    private Map<String, Map<String, String>> attached(Site site) {
        Map<String, Map<String, String>> attached = new LinkedHashMap<>();
        for (String network : site.networks()) {
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

    /// @param servers those that it should ask
    private Told balancer(String container, Site site, List<Server.Own> servers) {
        List<String> argv = new ArrayList<>(List.of("node-state"));
        servers.forEach(one -> argv.add(one.name() + "=" + one.address()));
        Output output = docker.exec(container, PATIENCE, argv.toArray(String[]::new));
        return output.ok()
                ? new Told(
                        NodeState.parse(output.stdout(), backends(site), replicas(site)),
                        NodeState.ownServers(output.stdout()))
                : new Told(new BalancerSeen.Silent(silence(output)), Map.of());
    }

    /// Why a node gave no answer, as far as the engine says.
    private static String silence(Output output) {
        if (output.timedOut()) {
            return "no answer within " + PATIENCE.toSeconds() + " s";
        }
        boolean isDown = output.noSuch() || output.stderr().contains(" is not running");
        return isDown ? NOT_RUNNING : "it could not be asked: " + output.lastLines(1);
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
