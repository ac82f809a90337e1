package dev.tandem.change;

import dev.tandem.docker.Container;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.render.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where what runs differs from what the site file asks for. Pure.
public final class Drift {
    private Drift() {}

    /// A sentence for each difference; empty when all is in step.
    ///
    /// @param differing the files of the site's directory that are not as rendered
    public static List<String> find(Rendering wanted, List<String> differing, Snapshot seen) {
        List<String> drift = new ArrayList<>();
        for (String file : differing) {
            drift.add(file + " is not what tandem.yaml asks for");
        }
        wanted.services()
                .forEach((service, stamp) -> {
                    Optional<Container> container = seen.container(service);
                    if (container.isPresent() && !container.get().stamp().equals(stamp)) {
                        drift.add(service + " runs an older configuration");
                    }
                    loaded(wanted, service, seen).ifPresent(drift::add);
                });
        seen.containers().keySet().stream()
                .filter(service -> !wanted.services().containsKey(service))
                .sorted()
                .map(service -> service + " runs, but is no longer in tandem.yaml")
                .forEach(drift::add);
        return drift;
    }

    private static Optional<String> loaded(Rendering wanted, String service, Snapshot seen) {
        if (!(seen.balancers().get(service) instanceof BalancerSeen.Answered answered)) {
            return Optional.empty();
        }
        String file = Rendering.sha256(wanted.file(service + "/haproxy.cfg"));
        if (answered.loaded().haproxy().isEmpty()) {
            return Optional.of(service + " did not say which haproxy.cfg it has loaded");
        }
        return answered.loaded()
                .haproxy()
                .filter(hash -> !hash.equals(file))
                .map(hash -> service + " has another haproxy.cfg loaded");
    }
}
