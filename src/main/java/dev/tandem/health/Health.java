package dev.tandem.health;

import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Role;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.observe.Recent;
import dev.tandem.observe.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How healthy a site is: the single judgement that all output is based on. Pure.
///
/// @param picture the site as observed
/// @param lacks what keeps it from being well
/// @param drift where it differs from its file
public record Health(Picture picture, List<Lack> lacks, List<Drift> drift) {
    public Health {
        lacks = List.copyOf(lacks);
        drift = List.copyOf(drift);
    }

    /// Judges what was observed.
    public static Health of(Observed observed) {
        return new Health(
                Picture.of(
                        observed.site(),
                        observed.built().map(Observed.Built::lan),
                        observed.snapshot()),
                lacks(observed),
                drift(observed));
    }

    private static List<Lack> lacks(Observed observed) {
        Site site = observed.site();
        List<Lack> lacks = new ArrayList<>();
        if (site.hasMachines()) {
            lacks.addAll(MachineLacks.of(site, observed.snapshot()));
        }
        lacks.addAll(Readiness.lacks(site, observed.orders(), observed.snapshot()));
        lacks.addAll(programs(observed));
        if (!site.hasMachines()) {
            lacks.addAll(ofLanRoute(observed));
        }
        lacks.addAll(failing(observed));
        lacks.addAll(spare(observed));
        observed.certificate().lack(observed.site()).ifPresent(lacks::add);
        return lacks;
    }

    /// Programs that a balancer misses, though it serves without them. No change waits for them.
    private static List<Lack> programs(Observed observed) {
        List<Lack> lacks = new ArrayList<>();
        for (Balancer balancer : observed.site().balancers()) {
            String name = balancer.name();
            String container = observed.site().container(name);
            observed.snapshot().answer(name).stream()
                    .flatMap(answer -> answer.standing().init().programs().stream())
                    .forEach(program -> {
                        switch (program.state()) {
                            case RUNS -> {}
                            case STOPPED ->
                                    lacks.add(new Lack.ProgramStopped(name, container, program));
                            case GONE ->
                                    lacks.add(
                                            new Lack.ProgramGone(name, container, program.name()));
                        }
                    });
        }
        return lacks;
    }

    /// The host's own route, where the site has one: that it runs is judged with the others.
    private static List<Lack> ofLanRoute(Observed observed) {
        String service = Role.LAN_ROUTE.word();
        boolean wanted =
                observed.built()
                        .filter(built -> built.wanted().stamps().containsKey(service))
                        .isPresent();
        Snapshot seen = observed.snapshot();
        if (seen.container(service).isEmpty()) {
            boolean missing = wanted && !seen.containers().isEmpty();
            return missing ? List.of(new Lack.NotRunning(service, "absent")) : List.of();
        }
        return seen.findsItselfUnwell(service)
                ? List.of(new Lack.Unwell(service, observed.site().container(service)))
                : List.of();
    }

    /// Web servers that fail their clients, and are asked all the same. No change waits for them:
    /// that is not among what {@link Readiness} says.
    private static List<Lack> failing(Observed observed) {
        List<Lack> failing = new ArrayList<>();
        for (Server server : observed.site().allServers()) {
            Recent all =
                    observed.snapshot().answers().stream()
                            .flatMap(answer -> answer.servers().stream())
                            .filter(seen -> seen.server().equals(server.name()))
                            .flatMap(seen -> seen.recent().stream())
                            .reduce(Recent.NONE, Recent::plus);
            if (all.fails()) {
                failing.add(new Lack.FailsClients(server.name(), all));
            }
        }
        return failing;
    }

    /// A site with two balancers in its file, one of them in maintenance, has one that must not
    /// fail.
    private static List<Lack> spare(Observed observed) {
        List<String> all = observed.site().balancers().stream().map(Balancer::name).toList();
        List<String> out =
                all.stream()
                        .filter(name -> observed.orders().duty(name) == Duty.MAINTENANCE)
                        .toList();
        return all.size() - out.size() > 1
                ? List.of()
                : out.stream()
                        .<Lack>map(name ->
                                new Lack.NoSpare(
                                        name, Optional.ofNullable(observed.asked().get(name))))
                        .toList();
    }

    private static List<Drift> drift(Observed observed) {
        List<Drift> drift =
                new ArrayList<>(
                        observed.built()
                                .map(built -> Drift.between(built.wanted(), built.seen()))
                                .orElseGet(() -> notFromHere(observed)));
        observed.openChange().map(Drift.OpenChange::new).ifPresent(drift::add);
        return drift;
    }

    private static List<Drift> notFromHere(Observed observed) {
        return observed.snapshot().containers().isEmpty()
                ? List.of()
                : List.of(new Drift.NotFromHere());
    }

    /// Whether every node serves as it should.
    public boolean well() {
        return lacks.isEmpty();
    }

    /// Whether what runs is what the site file asks for.
    public boolean inStep() {
        return drift.isEmpty();
    }

    /// Whether all is well: nothing is lacking, and nothing differs.
    public boolean good() {
        return well() && inStep();
    }
}
