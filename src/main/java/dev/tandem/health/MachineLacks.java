package dev.tandem.health;

import dev.tandem.model.Role;
import dev.tandem.model.Site;
import dev.tandem.observe.MachineHeard;
import dev.tandem.observe.Placement;
import dev.tandem.observe.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a site over machines lacks on top of what its nodes lack: a machine that answers, each node
/// on its own machine and on no other, and each machine's way to the LAN. Pure.
final class MachineLacks {
    private MachineLacks() {}

    static List<Lack> of(Site site, Snapshot seen) {
        List<Lack> lacks = new ArrayList<>();
        seen.placement()
                .machines()
                .forEach((machine, one) -> {
                    if (site.machines().stream().noneMatch(m -> m.name().equals(machine))) {
                        return; // the site leaves it
                    }
                    switch (one) {
                        case MachineHeard.Silent(_, String what, String next) ->
                                lacks.add(new Lack.MachineSilent(machine, what, next));
                        case MachineHeard.Answered _ ->
                                lanRoute(site, machine, seen.placement()).ifPresent(lacks::add);
                    }
                });
        for (String node : site.services()) {
            misplaced(site, node, seen.placement()).ifPresent(lacks::add);
        }
        return lacks;
    }

    private static Optional<Lack> misplaced(Site site, String node, Placement placement) {
        String wanted = site.places().getOrDefault(node, "");
        List<String> on = placement.running(node);
        return on.stream().allMatch(wanted::equals)
                ? Optional.empty()
                : Optional.of(new Lack.Misplaced(node, site.container(node), wanted, on));
    }

    private static Optional<Lack> lanRoute(Site site, String machine, Placement placement) {
        String service = Role.LAN_ROUTE.word();
        String node = service + " on " + machine;
        String state = placement.state(machine, service);
        if (!state.equals("running")) {
            return Optional.of(new Lack.NotRunning(node, state));
        }
        return placement.findsItselfUnwell(machine, service)
                ? Optional.of(new Lack.Unwell(node, site.container(service)))
                : Optional.empty();
    }
}
