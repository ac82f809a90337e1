package dev.tandem.change.plan;

import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Pool;
import dev.tandem.model.Role;
import dev.tandem.model.Server;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.TcpService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Judges whether a plan would do harm that its steps cannot avoid. Pure.
///
/// A site that is not serving anyway is not protected: the plan may be its cure.
public final class Guard {
    private final Wanted wanted;
    private final Seen seen;
    private final Plan plan;
    private final List<String> harm = new ArrayList<>();

    private Guard(Wanted wanted, Seen seen, Plan plan) {
        this.wanted = wanted;
        this.seen = seen;
        this.plan = plan;
    }

    /// What would break, one sentence each; empty when nothing would.
    public static List<String> harm(Wanted wanted, Seen seen, Plan plan) {
        Guard guard = new Guard(wanted, seen, plan);
        guard.servers();
        guard.services();
        guard.draining();
        guard.balancers();
        guard.interrupted();
        guard.virtualRouter();
        guard.passed();
        return List.copyOf(guard.harm);
    }

    /// In the end, at least one web server of each pool must get requests.
    private void servers() {
        wanted.site().pools().forEach(this::servers);
    }

    private void servers(Pool pool) {
        List<String> ready = wanted.readyServers().stream().filter(pool::has).toList();
        String what =
                wanted.site().hasPools()
                        ? "no web server of the pool " + pool.name() + " would get requests: "
                        : "no web server would get requests: ";
        if (ready.isEmpty() && isInMaintenance(pool)) {
            return;
        }
        if (ready.isEmpty()) {
            harm.add(what + "all are drained or in maintenance");
            return;
        }
        List<String> others =
                wanted.site().pools().stream()
                        .filter(other -> !other.equals(pool))
                        .flatMap(other -> other.servers().stream())
                        .map(Server::name)
                        .toList();
        boolean served =
                seenServers().stream()
                        .filter(name -> !others.contains(name))
                        .anyMatch(seen::isUsed);
        if (served && ready.stream().noneMatch(name -> seen.isUsed(name) || isBrought(name))) {
            harm.add(what + "none of those that remain is up");
        }
    }

    /// Whether an operator wants nobody to get as far as its web servers.
    private boolean isInMaintenance(Pool pool) {
        return pool.servers().stream()
                .allMatch(one ->
                        wanted.orders().server(one.name()).state() == ServerOrder.State.MAINT);
    }

    /// In the end, a server of each service must be asked: of what nobody asked for, Tandem knows
    /// nothing.
    private void services() {
        for (TcpService.Group group : wanted.site().tcpGroups()) {
            if (group.servers().stream().noneMatch(one -> wanted.isReady(one.name()))) {
                harm.add(
                        "no server of %s would get connections: all are drained or in maintenance"
                                .formatted(group.name()));
            }
        }
    }

    private boolean isBrought(String server) {
        boolean ours =
                wanted.site().ownServers().stream().anyMatch(own -> own.name().equals(server));
        boolean known = seenServers().contains(server);
        return !known || (ours && plan.steps().stream().anyMatch(step -> starts(step, server)));
    }

    private static boolean starts(Step step, String server) {
        return step.node().equals(server)
                && (step instanceof Step.Create
                        || step instanceof Step.Start
                        || step instanceof Step.Resume
                        || step instanceof Step.Replace
                        || step instanceof Step.Move
                        || step instanceof Step.Attach);
    }

    private List<String> seenServers() {
        return seen.balancers().values().stream()
                .flatMap(balancer -> balancer.servers().keySet().stream())
                .distinct()
                .toList();
    }

    /// While one is replaced, another must be available.
    private void draining() {
        List<String> used = seenServers().stream().filter(seen::isUsed).toList();
        for (Step step : plan.steps()) {
            boolean alone = seen.isOnlyOne(step.node(), wanted.poolOf(step.node()));
            if (step instanceof Step.Drain && alone && !isReplacedBefore(step)) {
                harm.add(step.node() + " is the only web server that is up, and would be replaced");
            }
        }
        if (used.size() > 1 && used.stream().allMatch(seen.origin().moves()::moves)) {
            harm.add(
                    "all web servers that are up would change address at once; change one, apply,"
                            + " then the next");
        }
    }

    /// Whether by then the plan has brought up another web server that is not held back.
    private boolean isReplacedBefore(Step drain) {
        List<Step> before = plan.steps().subList(0, plan.steps().indexOf(drain));
        return before.stream()
                .anyMatch(step ->
                        step instanceof Step.Ready
                                || (starts(step, step.node())
                                        && wanted.readyServers().contains(step.node())
                                        && !seen.isOut(step.node())));
    }

    /// In the end, at least one balancer must be able to hold the VIP.
    private void balancers() {
        List<String> serving =
                wanted.site().balancers().stream()
                        .map(Balancer::name)
                        .filter(name -> wanted.orders().duty(name) != Duty.MAINTENANCE)
                        .toList();
        if (serving.isEmpty()) {
            harm.add("no balancer would hold the VIP: all are in maintenance");
            return;
        }
        boolean served = seen.balancers().keySet().stream().anyMatch(seen::canServe);
        boolean stays = serving.stream().anyMatch(name -> seen.canServe(name) || isStarted(name));
        if (served && !stays) {
            harm.add("no balancer would hold the VIP: none of those that remain can serve");
        }
    }

    private boolean isStarted(String balancer) {
        return plan.steps().stream().anyMatch(step -> starts(step, balancer));
    }

    /// The holder's container may be replaced or removed only when a peer can serve.
    private void interrupted() {
        BalancerSteps balancers = new BalancerSteps(wanted, seen);
        for (Step step : plan.steps()) {
            boolean ends =
                    step instanceof Step.Replace
                            || step instanceof Step.Remove
                            || step instanceof Step.Move;
            if (ends && seen.holders().contains(step.node())) {
                Optional<String> standIn = balancers.standIn(step.node());
                if (standIn.isEmpty()) {
                    harm.add(
                            step.node()
                                    + " holds the VIP, its container is "
                                    + step.verb()
                                    + "d, and no other balancer can serve in the meantime");
                }
            }
        }
    }

    /// While one balancer has the old state and its peer the new one, an address that passes from
    /// one virtual router to another would be in both.
    private void passed() {
        if (seen.balancers().isEmpty()) {
            return;
        }
        for (Difference passed : seen.origin().moves().passed()) {
            harm.add(
                    passed.text()
                            + ": until all balancers are changed, two of them would have an address"
                            + " that is first at another one than before; take it out of"
                            + " tandem.yaml, tandem apply, put it in, tandem apply");
        }
    }

    /// A VIP in two virtual routers would have two holders, neither of which would release it: see
    /// {@link Renumbering}. Where no balancer runs, there is nobody who has the old one.
    private void virtualRouter() {
        boolean runs =
                seen.containers().values().stream()
                        .anyMatch(box -> Role.BALANCER.is(box.role()) && box.running());
        new BalancerSteps(wanted, seen)
                .obstacleToRenumbering()
                .filter(_ -> runs)
                .ifPresent(why ->
                        harm.add(
                                "vip.router_id changes, and "
                                        + why
                                        + ": balancers with the old and the new one would not hear"
                                        + " each other, and all would hold the VIP; change it"
                                        + " alone, while every balancer serves, or: tandem down,"
                                        + " tandem up"));
    }
}
