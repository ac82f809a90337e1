package dev.tandem.deploy;

import dev.tandem.docker.Container;
import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.observe.Snapshot;
import dev.tandem.render.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides what `up` has to do. Pure.
///
/// Order: web servers before balancers, so that a balancer that starts finds them; balancers from
/// the last of the file to the first, so that the backup is changed before the master; what the
/// site no longer has goes last. A container is replaced when the stamp on it differs from the
/// wanted one, that is, when something that it is made of changed.
public final class UpPlanner {
    private UpPlanner() {}

    /// What is to be done so that `seen` becomes `wanted`.
    public static Plan plan(Site site, Rendering wanted, Snapshot seen) {
        List<Step> steps = new ArrayList<>();
        for (String service : order(site, wanted)) {
            String stamp = String.valueOf(wanted.services().get(service));
            step(service, stamp, seen.container(service)).ifPresent(steps::add);
        }
        seen.containers().values().stream()
                .filter(container -> !wanted.services().containsKey(container.service()))
                .sorted(java.util.Comparator.comparing(Container::service))
                .map(c -> new Step.Remove(c.service(), c.name(), "no longer in the site"))
                .forEach(steps::add);
        return new Plan(steps);
    }

    private static List<String> order(Site site, Rendering wanted) {
        List<String> services =
                new ArrayList<>(site.ownServers().stream().map(Server.Own::name).toList());
        services.addAll(site.balancers().reversed().stream().map(Balancer::name).toList());
        wanted.services().keySet().stream()
                .filter(service -> !services.contains(service))
                .forEach(services::add);
        return services;
    }

    private static Optional<Step> step(String service, String stamp, Optional<Container> seen) {
        if (seen.isEmpty()) {
            return Optional.of(new Step.Create(service, "there is no container"));
        }
        Container container = seen.get();
        if (!container.stamp().equals(stamp)) {
            return Optional.of(new Step.Replace(service, "its configuration changed"));
        }
        return switch (container.state()) {
            case "running", "restarting" -> Optional.empty();
            case "paused" -> Optional.of(new Step.Resume(service, "it is paused"));
            default -> Optional.of(new Step.Start(service, "it is " + container.state()));
        };
    }
}
