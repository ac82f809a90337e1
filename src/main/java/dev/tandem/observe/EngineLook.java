package dev.tandem.observe;

import dev.tandem.docker.Container;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Member;
import dev.tandem.docker.Output;
import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import dev.tandem.model.ServerShare;
import dev.tandem.model.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Looks at the nodes of a site on one engine.
///
/// @param docker the engine
/// @param site the site
/// @param clock that of this machine
record EngineLook(Docker docker, Site site, InstantSource clock) {
    /// How long one node may take to answer.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String NOT_RUNNING = "not running";

    /// What balancers say, and what they were told by web servers, by name.
    ///
    /// @param containers those of the site's Compose project on this engine
    /// @param engine what else the engine was asked
    record Heard(
            List<Container> containers,
            Map<String, BalancerSeen> balancers,
            Map<String, OwnServerSeen> ownServers,
            OfEngine engine) {
        /// Those of these web servers that no balancer heard.
        List<String> unheard(List<Server.Own> servers) {
            return servers.stream()
                    .map(Server.Own::name)
                    .filter(name -> !ownServers.containsKey(name))
                    .toList();
        }
    }

    /// What an engine says of the site's networks and containers.
    ///
    /// @param attached by network of the site, the address of each container on it
    /// @param restart how it starts containers again, by their names
    record OfEngine(Map<String, Map<String, String>> attached, Map<String, String> restart) {
        private static final OfEngine NOTHING = new OfEngine(Map.of(), Map.of());
    }

    /// What a balancer says, and what it was told by web servers, by name.
    private record Told(BalancerSeen itself, Map<String, OwnServerSeen> ownServers) {}

    /// Asks balancers, all at once and without waiting for the list of containers: one that is not
    /// running is silent.
    ///
    /// @param servers those that they should ask
    Heard ask(List<Balancer> balancers, List<Server.Own> servers) {
        return ask(balancers, servers, _ -> OfEngine.NOTHING);
    }

    /// The same, and asks the engine, while they think, which containers are attached to the site's
    /// networks, and which of them it starts again.
    Heard askAll(List<Balancer> balancers, List<Server.Own> servers) {
        return ask(balancers, servers, this::ofEngine);
    }

    private Heard ask(
            List<Balancer> balancers,
            List<Server.Own> servers,
            Function<List<Container>, OfEngine> engine) {
        try (ExecutorService threads = Executors.newFixedThreadPool(Observer.AT_ONCE)) {
            Map<String, Future<Told>> asked =
                    asked(threads, balancers, Balancer::name, one -> balancer(one, servers));
            List<Container> containers = docker.containers(site.name());
            OfEngine ofEngine = engine.apply(containers);
            Map<String, Told> told =
                    answers(asked, why -> new Told(new BalancerSeen.Silent(why), Map.of()));
            Map<String, BalancerSeen> seen = new LinkedHashMap<>();
            Map<String, OwnServerSeen> ownServers = new LinkedHashMap<>();
            told.forEach((name, one) -> {
                seen.put(name, one.itself());
                one.ownServers().forEach(ownServers::putIfAbsent);
            });
            return new Heard(containers, seen, ownServers, ofEngine);
        }
    }

    /// Asks web servers in their containers, some at a time. One that does not run need not be
    /// asked.
    Map<String, OwnServerSeen> askServers(Map<String, Container> containers, List<String> servers) {
        if (servers.isEmpty()) {
            return Map.of();
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(Observer.AT_ONCE)) {
            return answers(
                    asked(
                            threads,
                            servers,
                            Function.identity(),
                            name ->
                                    Optional.ofNullable(containers.get(name))
                                            .filter(Container::running)
                                            .map(_ -> ownServer(site.container(name)))
                                            .orElseGet(
                                                    () -> new OwnServerSeen.Silent(NOT_RUNNING))),
                    OwnServerSeen.Silent::new);
        }
    }

    /// What the balancers say that run here and that the site no longer has here.
    ///
    /// @param kept those that it has
    Map<String, BalancerSeen> leaving(Collection<Container> containers, Predicate<String> kept) {
        Map<String, BalancerSeen> leaving = new LinkedHashMap<>();
        containers.stream()
                .filter(one -> one.role().equals("balancer") && one.running())
                .filter(one -> !kept.test(one.service()))
                .forEach(one ->
                        leaving.put(one.service(), balancer(one.name(), List.of()).itself()));
        return leaving;
    }

    private OfEngine ofEngine(List<Container> containers) {
        Map<String, Map<String, String>> attached = new LinkedHashMap<>();
        for (String network : site.networks()) {
            attached.put(
                    network,
                    docker.attached(network).stream()
                            .collect(
                                    Collectors.toUnmodifiableMap(
                                            Member::container, Member::address, (a, _) -> a)));
        }
        List<String> names = containers.stream().map(Container::name).sorted().toList();
        return new OfEngine(attached, docker.restartPolicies(names));
    }

    private Set<String> backends() {
        return Set.copyOf(site.namesOfChecked());
    }

    /// The server of the site file for each of the slots that HAProxy fills by DNS.
    private Map<String, String> replicas() {
        Map<String, String> replicas = new HashMap<>();
        for (Server server : site.allServers()) {
            if (server instanceof Server.Existing there && there.replicas() > 1) {
                there.slots().forEach(slot -> replicas.put(slot, there.name()));
            }
        }
        return replicas;
    }

    /// It speaks for itself; one that does not is asked by a command in its container, which costs
    /// more and cannot be taken for another's word.
    ///
    /// @param servers those that it should ask
    private Told balancer(Balancer balancer, List<Server.Own> servers) {
        Instant now = clock.instant();
        Optional<String> told = docker.read(ToldState.page(site, balancer, servers));
        return ToldState.believed(told, site, balancer, now)
                .map(this::told)
                .orElseGet(() -> balancer(site.container(balancer.name()), servers));
    }

    private Told told(String text) {
        return new Told(
                inPercent(NodeState.parse(text, backends(), replicas())),
                NodeState.ownServers(text));
    }

    /// @param servers those that it should ask
    private Told balancer(String container, List<Server.Own> servers) {
        List<String> argv = new ArrayList<>(List.of("node-state"));
        servers.forEach(one -> argv.add(one.name() + "=" + one.address()));
        Output output = docker.exec(container, PATIENCE, argv.toArray(String[]::new));
        return output.ok()
                ? told(output.stdout())
                : new Told(new BalancerSeen.Silent(silence(output)), Map.of());
    }

    /// HAProxy says a weight; what a web server has of its own one is told.
    private BalancerSeen inPercent(BalancerSeen seen) {
        if (!(seen instanceof BalancerSeen.Answered answered)) {
            return seen;
        }
        Map<String, ServerShare> shares = new HashMap<>();
        for (String name : site.namesOfServers()) {
            site.sharesOf(name).stream()
                    .filter(share -> !share.isUsual())
                    .forEach(share -> shares.put(name, share));
        }
        return shares.isEmpty() ? answered : answered.weighted(shares);
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

    private static <N, T> Map<String, Future<T>> asked(
            ExecutorService threads,
            List<N> nodes,
            Function<N, String> name,
            Function<N, T> question) {
        Map<String, Future<T>> asked = new LinkedHashMap<>();
        for (N node : nodes) {
            Callable<T> task = () -> question.apply(node);
            asked.put(name.apply(node), threads.submit(task));
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
