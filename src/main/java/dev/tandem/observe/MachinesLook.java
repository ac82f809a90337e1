package dev.tandem.observe;

import dev.tandem.docker.Beside;
import dev.tandem.docker.SiteEngines;
import dev.tandem.docker.Unreachable;
import dev.tandem.docker.Unreachable.Why;
import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

/// Looks at all machines of a site at the same time. A machine that does not answer in its time
/// says nothing at all: it is silent, with the reason, and the others are seen without it.
///
/// @param engines those of the site
/// @param site the site
/// @param limit how long each machine may take after it was reached
/// @param depth how much is asked
/// @param clock that of this machine
record MachinesLook(
        SiteEngines engines, Site site, Duration limit, Depth depth, InstantSource clock) {
    /// How much is asked.
    enum Depth {
        /// What the balancers say.
        BALANCERS,
        /// Also what web servers and engines say.
        ALL,
        /// Also what those balancers say that the site no longer has.
        LEAVING
    }

    /// What was seen on one machine.
    private record Part(EngineLook.Heard heard, Map<String, BalancerSeen> leaving) {}

    /// An answer, or why there is none.
    private record Asked<T>(Optional<T> answer, Optional<Unreachable> silence) {}

    Snapshot look() {
        Map<String, Asked<Part>> parts = askAll(engines.machines(), this::part);
        SequencedMap<String, MachineHeard> machines = new LinkedHashMap<>();
        Map<String, BalancerSeen> balancers = new LinkedHashMap<>();
        Map<String, OwnServerSeen> ownServers = new LinkedHashMap<>();
        Map<String, Map<String, String>> attached = new LinkedHashMap<>();
        Map<String, String> restart = new LinkedHashMap<>();
        parts.forEach((name, asked) -> {
            machines.put(name, seen(asked));
            asked.silence()
                    .ifPresent(_ -> on(name).forEach(node -> balancers.put(node, unknown(name))));
            asked.answer()
                    .ifPresent(part -> {
                        balancers.putAll(part.heard().balancers());
                        part.heard().ownServers().forEach(ownServers::putIfAbsent);
                        part.heard()
                                .engine()
                                .attached()
                                .forEach((network, members) ->
                                        attached.computeIfAbsent(
                                                        network, _ -> new LinkedHashMap<>())
                                                .putAll(members));
                        part.heard().engine().restart().forEach(restart::putIfAbsent);
                    });
        });
        parts.values().stream()
                .flatMap(asked -> asked.answer().stream())
                .forEach(part -> strangers(part, balancers));
        Placement placement = new Placement(site.places(), machines);
        if (depth != Depth.BALANCERS) {
            ownServers.putAll(unheard(placement, ownServers));
        }
        return new Snapshot(
                placement.containers(),
                balancers,
                ownServers,
                depth == Depth.BALANCERS ? Optional.empty() : Optional.of(attached),
                restart,
                placement);
    }

    /// One on its own machine says itself what it does.
    private static void strangers(Part part, Map<String, BalancerSeen> balancers) {
        part.leaving()
                .forEach((name, seen) -> balancers.merge(name, seen, MachinesLook::firstToSay));
    }

    private static BalancerSeen firstToSay(BalancerSeen one, BalancerSeen other) {
        return one instanceof BalancerSeen.Answered ? one : other;
    }

    private static BalancerSeen unknown(String machine) {
        return new BalancerSeen.Silent(machine + " is silent");
    }

    private List<String> on(String machine) {
        return site.balancersOn(machine).stream().map(Balancer::name).toList();
    }

    private static MachineHeard seen(Asked<Part> asked) {
        return asked.silence()
                .<MachineHeard>map(
                        why -> new MachineHeard.Silent(why.why().word(), why.seen(), why.next()))
                .orElseGet(() ->
                        new MachineHeard.Answered(
                                asked.answer().orElseThrow().heard().containers()));
    }

    private Part part(String machine) {
        EngineLook look = new EngineLook(engines.on(machine), site, clock);
        List<Balancer> balancers = site.balancersOn(machine);
        EngineLook.Heard heard =
                depth == Depth.BALANCERS
                        ? look.ask(balancers, List.of())
                        : look.askAll(balancers, site.ownServers());
        return new Part(heard, look.leaving(heard.containers(), kept(machine)));
    }

    /// The balancers that are not asked as strangers on a machine: its own and, unless it is asked
    /// for what leaves, those that the site does not know.
    private Predicate<String> kept(String machine) {
        List<String> own = on(machine);
        List<String> known = site.balancers().stream().map(Balancer::name).toList();
        return name -> own.contains(name) || (depth != Depth.LEAVING && !known.contains(name));
    }

    /// Web servers that no balancer heard are asked on their machines.
    private Map<String, OwnServerSeen> unheard(
            Placement placement, Map<String, OwnServerSeen> heard) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        Map<String, OwnServerSeen> seen = new LinkedHashMap<>();
        for (String machine : engines.machines()) {
            List<String> missing =
                    site.ownServersOn(machine).stream()
                            .map(Server.Own::name)
                            .filter(name -> !heard.containsKey(name))
                            .toList();
            missing.forEach(
                    name -> seen.put(name, new OwnServerSeen.Silent(machine + " is silent")));
            if (placement.machines().get(machine) instanceof MachineHeard.Answered
                    && !missing.isEmpty()) {
                names.put(machine, missing);
            }
        }
        askAll(
                        List.copyOf(names.keySet()),
                        machine ->
                                new EngineLook(engines.on(machine), site, clock)
                                        .askServers(
                                                placement.containers(),
                                                names.getOrDefault(machine, List.of())))
                .values()
                .forEach(asked -> asked.answer().ifPresent(seen::putAll));
        return seen;
    }

    /// Asks machines, all at the same time. Nobody waits for a question that is late: its thread is
    /// interrupted, which ends its command.
    private <T> Map<String, Asked<T>> askAll(List<String> machines, Function<String, T> question) {
        ExecutorService threads = Beside.each();
        try {
            Map<String, Future<Asked<T>>> asked = new LinkedHashMap<>();
            for (String machine : machines) {
                Callable<Asked<T>> task = () -> ask(threads, machine, question);
                asked.put(machine, threads.submit(task));
            }
            Map<String, Asked<T>> answers = new LinkedHashMap<>();
            for (Map.Entry<String, Future<Asked<T>>> one : asked.entrySet()) {
                answers.put(one.getKey(), one.getValue().get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private <T> Asked<T> ask(ExecutorService threads, String machine, Function<String, T> question)
            throws InterruptedException {
        Optional<Unreachable> trouble = engines.trouble(machine);
        if (trouble.isPresent()) {
            return new Asked<>(Optional.empty(), trouble);
        }
        Callable<T> task = () -> question.apply(machine);
        Future<T> answer = threads.submit(task);
        try {
            return new Asked<>(
                    Optional.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS)),
                    Optional.empty());
        } catch (TimeoutException e) {
            answer.cancel(true);
            String late = "its engine has not answered within " + limit.toSeconds() + " s";
            return new Asked<>(
                    Optional.empty(), Optional.of(engines.silent(machine, Why.ENGINE_HANGS, late)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Stop stop) {
                return new Asked<>(
                        Optional.empty(),
                        Optional.of(engines.silent(machine, Why.OTHER, stop.seen())));
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
