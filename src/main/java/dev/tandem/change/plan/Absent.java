package dev.tandem.change.plan;

import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Site;
import dev.tandem.render.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A plan for a site of which some machines are away: nothing is done there. When they come back,
/// they have what they had; the next `apply` changes it. Pure.
///
/// @param wanted the site as it should be
/// @param machines those that are away
public record Absent(Wanted wanted, List<String> machines) {
    public Absent {
        machines = List.copyOf(machines);
    }

    /// What no machine may come back without: it would hold another VIP, or not know its peers.
    ///
    /// @param applied the site as it was last applied
    public static List<String> obstacles(Site applied, Site wanted, List<String> machines) {
        Moves moves = Moves.of(applied, wanted);
        List<String> obstacles = new ArrayList<>();
        Stream.of(moves.vip(), moves.router(), moves.handover())
                .flatMap(Optional::stream)
                .map(Difference::text)
                .forEach(obstacles::add);
        Stream.of(moves.ports(), moves.balancers().values(), moves.servers().values())
                .flatMap(all -> all.stream())
                .map(Difference::text)
                .forEach(obstacles::add);
        moves.places().values().stream()
                .filter(move ->
                        move.from().filter(machines::contains).isPresent()
                                || move.to().filter(machines::contains).isPresent())
                .map(Difference::text)
                .forEach(obstacles::add);
        if (!names(applied).equals(names(wanted))) {
            obstacles.add("balancers: others than " + String.join(", ", names(applied)));
        }
        return obstacles;
    }

    private static List<String> names(Site site) {
        return site.balancers().stream().map(Balancer::name).toList();
    }

    /// The steps that can be done.
    public Plan of(Plan plan) {
        if (machines.isEmpty()) {
            return plan;
        }
        List<Step> steps = plan.steps().stream().flatMap(step -> left(step).stream()).toList();
        return new Plan(steps, plan.gaps());
    }

    private Optional<Step> left(Step step) {
        if (step instanceof Step.Write write) {
            return left(write);
        }
        if (!isAway(step.node())) {
            return Optional.of(step);
        }
        return step instanceof Step.Home
                ? holder().map(node -> new Step.Home(node, "of those that are there"))
                : Optional.empty();
    }

    private Optional<Step> left(Step.Write write) {
        List<String> files =
                write.files().stream()
                        .filter(path -> Layout.machineOf(path).filter(machines::contains).isEmpty())
                        .toList();
        return files.isEmpty() || isAway(write.node())
                ? Optional.empty()
                : Optional.of(new Step.Write(write.node(), files, write.cause()));
    }

    private boolean isAway(String node) {
        return Strays.parts(node)
                .map(List::getFirst)
                .or(() -> wanted.machine(node))
                .filter(machines::contains)
                .isPresent();
    }

    private Optional<String> holder() {
        return Stream.of(Duty.SERVE, Duty.YIELD)
                .flatMap(duty ->
                        names(wanted.site()).stream()
                                .filter(name -> wanted.orders().duty(name) == duty))
                .filter(name -> !isAway(name))
                .findFirst();
    }
}
