package dev.tandem.change.plan;

import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Role;
import dev.tandem.render.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The steps for the balancers. Pure.
///
/// They are changed one at a time, from the last in the file to the first, with the holder of the
/// VIP at the very end. Each is probed before it gets traffic; the holder, and one that has virtual
/// IPs of its own, is changed only after a peer has taken what it has. That of the VIP has been
/// watched before. So a configuration that HAProxy accepts but that does not work stops at a
/// balancer without clients.
final class BalancerSteps {
    private final Wanted wanted;
    private final Seen seen;
    private final Causes causes;
    private final Strays strays;

    /// By balancer, in the order of the changes.
    private final Map<String, Step> changes;

    private final Renumbering renumbering;

    BalancerSteps(Wanted wanted, Seen seen) {
        this.wanted = wanted;
        this.seen = seen;
        this.causes = new Causes(wanted, seen);
        this.strays = new Strays(wanted, seen);
        this.changes = changes();
        this.renumbering = new Renumbering(wanted, seen, changes);
    }

    /// Why the virtual router cannot change while the site serves; empty when it can, or need not.
    Optional<String> obstacleToRenumbering() {
        return Renumbering.isOne(wanted, seen) ? renumbering.obstacle() : Optional.empty();
    }

    /// Steps for balancers that the site no longer has. They leave first: the others hear adverts
    /// of a peer that they do not know, and would not send it their own.
    List<Step> gone() {
        List<Step> steps = new ArrayList<>();
        seen.containers()
                .forEach((service, box) -> {
                    if (!wanted.stamps().containsKey(service)
                            && Role.BALANCER.is(box.role())
                            && !strays.has(service)) {
                        steps.add(new Step.Remove(service, box.name(), "no longer in the site"));
                    }
                });
        return steps;
    }

    /// Steps for balancers that are on another machine. They come before everything that asks
    /// something of balancers, which finds them on their own machines. One that has the VIP hands
    /// it over as it stops.
    List<Step> moved() {
        List<Step> steps = new ArrayList<>();
        changes.values().stream()
                .filter(Step.Move.class::isInstance)
                .forEach(move -> {
                    steps.add(move);
                    steps.add(new Step.Probe(move.node(), "before it gets traffic"));
                });
        return steps;
    }

    /// Steps for the other balancers of the site.
    List<Step> present() {
        if (renumbering.applies()) {
            return renumbering.steps();
        }
        List<Step> steps = new ArrayList<>();
        Set<String> changed = new LinkedHashSet<>();
        boolean fresh = seen.containers().values().stream().noneMatch(this::balancerRuns);
        changes.forEach((node, change) -> {
            if (change instanceof Step.Move) {
                changed.add(node);
                return;
            }
            if (change instanceof Step.Write) {
                steps.add(change);
            } else if (!fresh && (isHolder(node) || isOwner(node)) && interrupts(change)) {
                steps.addAll(behindAStandIn(node, change, changed));
            } else {
                steps.add(change);
                if (!fresh) {
                    steps.add(new Step.Probe(node, "before it gets traffic"));
                }
            }
            changed.add(node);
        });
        return steps;
    }

    /// Balancers that will read their orders again, because they start or load their configuration.
    Set<String> loading() {
        Set<String> nodes = new LinkedHashSet<>();
        changes.forEach((node, change) -> {
            if (loadsOrders(change)) {
                nodes.add(node);
            }
        });
        return nodes;
    }

    private static boolean loadsOrders(Step change) {
        return switch (change) {
            case Step.Reload reload ->
                    reload.parts().contains(Loadable.HAPROXY)
                            || reload.parts().contains(Loadable.CA);
            case Step.Create _, Step.Start _, Step.Resume _, Step.Replace _, Step.Move _ -> true;
            case Step.Write _, Step.Remove _, Step.Set _, Step.Drain _, Step.Ready _ -> false;
            case Step.Stand _, Step.Probe _, Step.Switchover _, Step.Watch _ -> false;
            case Step.Home _, Step.Unassign _, Step.Attach _, Step.Policy _ -> false;
        };
    }

    /// Addresses that nobody asked for. A balancer whose container is recreated, or whose
    /// Keepalived loads another configuration, thereby loses what the site file no longer names, so
    /// its addresses are not checked before.
    List<Step> added() {
        List<Step> steps = new ArrayList<>();
        seen.balancers()
                .forEach((node, says) -> {
                    Step change = changes.get(node);
                    if (change == null || keepsAddresses(change)) {
                        String cause = causes.unasked();
                        says.added().forEach(one -> steps.add(new Step.Unassign(node, one, cause)));
                    }
                });
        return steps;
    }

    private static boolean keepsAddresses(Step change) {
        return change instanceof Step.Write
                || (change instanceof Step.Reload reload
                        && !reload.parts().contains(Loadable.KEEPALIVED));
    }

    private List<Step> behindAStandIn(String holder, Step change, Set<String> changed) {
        Optional<String> standIn = standIn(holder);
        List<Step> steps = new ArrayList<>();
        standIn.ifPresent(peer -> {
            steps.add(new Step.Switchover(peer, holder + " is changed next"));
            if (changed.contains(peer)) {
                steps.add(new Step.Watch(peer, "with what was changed"));
            }
        });
        steps.add(change);
        steps.add(new Step.Probe(holder, "before it gets traffic"));
        standIn.flatMap(_ -> wanted.home(standIn))
                .ifPresent(home -> steps.add(new Step.Home(home, "as the site file has it")));
        return steps;
    }

    /// The balancer that takes the VIP while its holder is changed.
    Optional<String> standIn(String holder) {
        return wanted.site().balancers().stream()
                .map(Balancer::name)
                .filter(name -> !name.equals(holder))
                .filter(name -> wanted.orders().duty(name) != Duty.MAINTENANCE)
                .filter(seen::canServe)
                .findFirst();
    }

    /// By balancer, in the order of the changes. A missing balancer comes last if the others have
    /// to learn of it first; otherwise it comes first, because it is what is missing.
    private Map<String, Step> changes() {
        Map<String, Step> existing = new LinkedHashMap<>();
        Map<String, Step> missing = new LinkedHashMap<>();
        for (String node : order()) {
            change(node)
                    .ifPresent(step -> {
                        boolean isNew = step instanceof Step.Create;
                        (isNew ? missing : existing).put(node, step);
                    });
        }
        boolean othersFirst = existing.values().stream().anyMatch(s -> s instanceof Step.Replace);
        Map<String, Step> all = new LinkedHashMap<>(othersFirst ? existing : missing);
        all.putAll(othersFirst ? missing : existing);
        return all;
    }

    private List<String> order() {
        List<String> names =
                new ArrayList<>(
                        wanted.site().balancers().reversed().stream().map(Balancer::name).toList());
        List<String> holders = names.stream().filter(this::isHolder).toList();
        names.removeAll(holders);
        names.addAll(holders);
        return names;
    }

    private Optional<Step> change(String node) {
        Seen.Box box = seen.containers().get(node);
        if (box == null) {
            return strays.move(node)
                    .or(() -> Optional.of(new Step.Create(node, "there is no container")));
        }
        if (!wanted.isMadeOf(node, box)) {
            return Optional.of(new Step.Replace(node, causes.ofContainer(node)));
        }
        List<Link> links = Link.wrong(wanted, seen, node);
        if (!links.isEmpty()) {
            return Optional.of(new Step.Attach(node, links, causes.ofLinks(links)));
        }
        return switch (box.state()) {
            case "running", "restarting" -> loaded(node);
            case "paused" -> Optional.of(new Step.Resume(node, "it is paused"));
            default -> Optional.of(new Step.Start(node, "it is " + box.state()));
        };
    }

    private Optional<Step> loaded(String node) {
        Optional<Map<Loadable, String>> says = seen.loaded(node);
        List<Loadable> parts = wanted.notLoaded(node, says.orElse(Map.of()));
        // Orders have separate steps.
        List<String> differing =
                Differing.files(wanted, seen, node).stream()
                        .filter(path -> !Layout.isOrder(path))
                        .toList();
        if (!parts.isEmpty()) {
            String cause = says.isEmpty() ? Causes.SILENT : causes.ofLoaded(differing);
            return Optional.of(new Step.Reload(node, parts, cause));
        }
        return differing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Step.Write(node, differing, causes.ofFiles(differing)));
    }

    /// Whether the balancer stops serving for a moment, or serves differently afterwards.
    private static boolean interrupts(Step change) {
        return change instanceof Step.Replace
                || change instanceof Step.Reload
                || change instanceof Step.Attach;
    }

    private boolean balancerRuns(Seen.Box box) {
        return Role.BALANCER.is(box.role()) && box.running();
    }

    /// Whether virtual IPs are first there: then it has clients, whoever holds the VIP.
    private boolean isOwner(String node) {
        return seen.balancers().containsKey(node)
                && wanted.site().owners().stream().anyMatch(one -> one.name().equals(node));
    }

    private boolean isHolder(String node) {
        return seen.holders().contains(node);
    }
}
