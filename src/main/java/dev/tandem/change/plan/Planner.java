package dev.tandem.change.plan;

import dev.tandem.model.Return;
import dev.tandem.render.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Decides which steps bring a site to the wanted state. Pure: no clock, no disk, no Docker, so
/// that every plan can be tested.
///
/// The order:
///
/// 1. balancers that the site no longer has leave; over machines, twins go before them ({@link
///    Strays}), and balancers that move come next;
/// 2. web servers are made or changed, one at a time, each out of rotation while it is replaced;
/// 3. balancers are changed, one at a time, the holder of the VIP last ({@link BalancerSteps});
/// 4. operators' orders, where a balancer does not follow them yet;
/// 5. everything else that the site needs, then web servers that it no longer has.
///
/// Properties: a site that is as wanted gives an empty plan; a plan that is carried out in full, or
/// up to any step, and then made again leads to the same state; no plan takes two nodes of a kind
/// out at once.
public final class Planner {
    private Planner() {}

    /// The steps that turn `seen` into `wanted`.
    public static Plan plan(Wanted wanted, Seen seen) {
        WebSteps web = new WebSteps(wanted, seen);
        BalancerSteps balancers = new BalancerSteps(wanted, seen);
        OrderSteps orders = new OrderSteps(wanted, seen, balancers.loading(), given(web.present()));
        List<Step> steps = new ArrayList<>(new Strays(wanted, seen).twins());
        steps.addAll(balancers.gone());
        steps.addAll(balancers.moved());
        steps.addAll(web.present());
        steps.addAll(balancers.present());
        steps.addAll(balancers.added());
        steps.addAll(orders.servers());
        steps.addAll(home(wanted, seen, orders.duties(), steps));
        steps.addAll(others(wanted, seen));
        steps.addAll(policies(wanted, seen));
        steps.addAll(web.gone());
        steps.addAll(files(wanted, seen, steps, _ -> true));
        return new Plan(steps, Gaps.of(wanted, seen, steps));
    }

    private static Set<String> given(List<Step> steps) {
        return steps.stream()
                .filter(step -> step instanceof Step.Ready)
                .map(Step::node)
                .collect(Collectors.toSet());
    }

    /// Only the steps that operators' orders need; any other difference stays. Their files are
    /// written even where no node has to be told: one that starts later obeys them.
    public static Plan ordersOnly(Wanted wanted, Seen seen) {
        OrderSteps orders = new OrderSteps(wanted, seen, Set.of(), Set.of());
        List<Step> steps = new ArrayList<>(orders.servers());
        steps.addAll(home(wanted, seen, orders.duties(), steps));
        steps.addAll(files(wanted, seen, steps, Layout::isOrder));
        return new Plan(steps, List.of());
    }

    private static List<Step> home(Wanted wanted, Seen seen, List<Step> duties, List<Step> before) {
        boolean there = before.stream().anyMatch(step -> step instanceof Step.Home);
        Optional<String> holder = seen.holders().stream().findFirst();
        Optional<String> home = wanted.home(holder);
        if (duties.isEmpty() || there || home.isEmpty()) {
            return there ? List.of() : duties;
        }
        List<Step> steps = new ArrayList<>(duties);
        boolean stays = wanted.site().vip().returns() == Return.NEVER && home.equals(holder);
        String cause = stays ? "it has the VIP (vip.return: never)" : "the first that serves";
        steps.add(new Step.Home(home.get(), cause));
        return steps;
    }

    /// Services that are neither balancer nor web server: the host's route to a VIP on macvlan.
    private static List<Step> others(Wanted wanted, Seen seen) {
        List<Step> steps = new ArrayList<>();
        wanted.stamps()
                .keySet()
                .forEach(service -> {
                    if (wanted.isBalancer(service) || wanted.isServer(service)) {
                        return;
                    }
                    Seen.Box box = seen.containers().get(service);
                    if (box == null) {
                        steps.add(new Step.Create(service, "there is no container"));
                    } else if (!wanted.isMadeOf(service, box)) {
                        Causes causes = new Causes(wanted, seen);
                        steps.add(new Step.Replace(service, causes.ofContainer(service)));
                    } else if (!box.running()) {
                        steps.add(new Step.Start(service, "it is " + box.state()));
                    }
                });
        return steps;
    }

    private static List<Step> policies(Wanted wanted, Seen seen) {
        List<Step> steps = new ArrayList<>();
        seen.containers()
                .forEach((service, box) ->
                        wanted.otherRestart(service, box)
                                .ifPresent(word ->
                                        steps.add(
                                                new Step.Policy(
                                                        service,
                                                        box.name(),
                                                        Wanted.RESTART,
                                                        "it is " + word))));
        return steps;
    }

    /// Files that differ and that no earlier step writes. A new directory is filled before all
    /// steps.
    ///
    /// @param concerned the files that the plan is about
    private static List<Step> files(
            Wanted wanted, Seen seen, List<Step> steps, Predicate<String> concerned) {
        if (seen.files().written().isEmpty()) {
            return List.of();
        }
        List<String> left =
                Differing.all(wanted, seen).stream()
                        .filter(concerned)
                        .filter(path -> steps.stream().noneMatch(s -> writes(s, path, wanted)))
                        .toList();
        boolean onlyCompose = left.stream().allMatch(Layout::isCompose) && !steps.isEmpty();
        Causes causes = new Causes(wanted, seen);
        return left.isEmpty() || onlyCompose
                ? List.of()
                : List.of(new Step.Write("site", left, causes.ofFiles(left)));
    }

    private static boolean writes(Step step, String path, Wanted wanted) {
        return switch (step) {
            case Step.Write write -> write.files().contains(path);
            case Step.Create _, Step.Start _, Step.Resume _, Step.Replace _, Step.Reload _ ->
                    wanted.belongs(path, step.node());
            case Step.Move(String node, Step.Way way, _, _) ->
                    wanted.belongs(path, node) || Strays.isLeftBehind(way.from(), node, path);
            case Step.Set set ->
                    path.equals(wanted.at(set.node(), Layout.serversState(set.node())))
                            || path.equals(wanted.at(set.node(), Layout.stickyMap(set.node())));
            case Step.Stand stand ->
                    path.equals(wanted.at(stand.node(), Layout.duty(stand.node())));
            case Step.Remove remove ->
                    Layout.isIn(remove.node(), path) || Strays.isLeftBehind(remove.node(), path);
            case Step.Attach _, Step.Drain _, Step.Ready _, Step.Probe _, Step.Policy _ -> false;
            case Step.Switchover _, Step.Watch _, Step.Home _, Step.Unassign _ -> false;
        };
    }
}
