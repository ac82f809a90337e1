package dev.tandem.change.plan;

import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The same VIP in another virtual router. Balancers with the old number and the new one do not
/// hear each other, and would all hold the VIP. So all but one stay out of VRRP until every
/// Keepalived has loaded the new number. The VIP does not move; it pauses while the one that keeps
/// it loads. Pure.
final class Renumbering {
    private static final Set<Loadable> PARTS = Set.of(Loadable.KEEPALIVED, Loadable.HANDOVER);

    private static final String OUT = "it must not take the VIP while the virtual router changes";

    private final Wanted wanted;
    private final Seen seen;
    private final Map<String, Step> changes;

    /// @param changes what becomes of each balancer that is not as wanted
    Renumbering(Wanted wanted, Seen seen, Map<String, Step> changes) {
        this.wanted = wanted;
        this.seen = seen;
        this.changes = changes;
    }

    /// Whether the virtual router changes, and the VIP stays.
    static boolean isOne(Wanted wanted, Seen seen) {
        Moves moves = seen.origin().moves();
        return wanted.site().balancers().size() > 1
                && moves.vip().isEmpty()
                && moves.router().isPresent();
    }

    /// Whether it can be done while the site serves, and there is something left of it to do.
    boolean applies() {
        return isOne(wanted, seen)
                && obstacle().isEmpty()
                && changes.values().stream()
                        .anyMatch(step ->
                                step instanceof Step.Reload reload
                                        && reload.parts().contains(Loadable.KEEPALIVED));
    }

    /// Why it cannot be done while the site serves; empty when it can.
    Optional<String> obstacle() {
        return names().flatMap(name -> obstacle(name).stream())
                .findFirst()
                .or(() -> gone().map(name -> name + " leaves the site at the same time"));
    }

    private Optional<String> obstacle(String name) {
        Seen.Box box = seen.containers().get(name);
        if (box == null || !box.running() || !seen.balancers().containsKey(name)) {
            return Optional.of(name + " does not serve");
        }
        return Optional.ofNullable(changes.get(name))
                .filter(step -> !isOfNumber(step))
                .map(step -> "other changes concern " + name + ", too");
    }

    private static boolean isOfNumber(Step step) {
        return step instanceof Step.Write
                || (step instanceof Step.Reload reload && PARTS.containsAll(reload.parts()));
    }

    private Optional<String> gone() {
        return seen.balancers().keySet().stream()
                .filter(name -> !wanted.isBalancer(name))
                .findFirst();
    }

    private Stream<String> names() {
        return wanted.site().balancers().stream().map(Balancer::name);
    }

    List<Step> steps() {
        String kept = kept();
        List<String> others = names().filter(name -> !name.equals(kept)).toList().reversed();
        List<Step> steps = new ArrayList<>();
        others.stream()
                .filter(name -> duty(name) != Duty.MAINTENANCE)
                .forEach(name -> steps.add(new Step.Stand(name, Duty.MAINTENANCE, OUT)));
        Stream.concat(others.stream(), Stream.of(kept))
                .flatMap(name -> Optional.ofNullable(changes.get(name)).stream())
                .forEach(steps::add);
        steps.add(new Step.Probe(kept, "before the others take part again"));
        others.stream()
                .filter(name -> wanted.orders().duty(name) != Duty.MAINTENANCE)
                .forEach(name -> {
                    steps.add(new Step.Stand(name, wanted.orders().duty(name), "as before"));
                    steps.add(new Step.Probe(name, "before it gets traffic"));
                });
        wanted.home(Optional.of(kept))
                .ifPresent(home -> steps.add(new Step.Home(home, "as the site file has it")));
        return steps;
    }

    private Duty duty(String name) {
        Seen.OfBalancer says = seen.balancers().get(name);
        return says == null ? Duty.SERVE : says.duty();
    }

    /// The balancer that goes on with the VIP: its holder, or else the one that should have it.
    private String kept() {
        return names().filter(name -> seen.holders().contains(name) && seen.canServe(name))
                .filter(name -> wanted.orders().duty(name) != Duty.MAINTENANCE)
                .findFirst()
                .or(() -> wanted.home(Optional.empty()))
                .orElseGet(() -> names().findFirst().orElseThrow());
    }
}
