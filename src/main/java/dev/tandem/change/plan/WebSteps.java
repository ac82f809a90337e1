package dev.tandem.change.plan;

import dev.tandem.model.Role;
import dev.tandem.model.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What is to be done with the web servers of ours. Pure.
///
/// One at a time, each out of rotation while its container is replaced; a changed nginx.conf only
/// needs a reload, which ends nothing. They come before the balancers, so that these find the new
/// ones; what the site no longer has goes after the balancers, which then no longer use it.
final class WebSteps {
    private final Wanted wanted;
    private final Seen seen;
    private final Causes causes;

    WebSteps(Wanted wanted, Seen seen) {
        this.wanted = wanted;
        this.seen = seen;
        this.causes = new Causes(seen);
    }

    /// Those of the site, in the order of the file.
    List<Step> present() {
        List<Step> steps = new ArrayList<>();
        for (Server.Own server : wanted.site().ownServers()) {
            steps.addAll(of(server.name()));
        }
        return steps;
    }

    /// Those that the site no longer has.
    List<Step> gone() {
        List<Step> steps = new ArrayList<>();
        seen.containers()
                .forEach((service, box) -> {
                    if (!wanted.stamps().containsKey(service) && !Role.BALANCER.is(box.role())) {
                        steps.add(new Step.Remove(service, box.name(), "no longer in the site"));
                    }
                });
        return steps;
    }

    private List<Step> of(String server) {
        Seen.Box box = seen.containers().get(server);
        if (box == null) {
            return List.of(new Step.Create(server, "there is no container"));
        }
        if (!box.stamp().equals(wanted.stamps().get(server))) {
            return replaced(server);
        }
        return switch (box.state()) {
            case "running", "restarting" -> loaded(server);
            case "paused" -> List.of(new Step.Resume(server, "it is paused"));
            default -> List.of(new Step.Start(server, "it is " + box.state()));
        };
    }

    /// One that gets another address is out of rotation until the balancers know that. One that is
    /// out already, though nobody asks for it, was drained by a change that was interrupted.
    private List<Step> replaced(String server) {
        List<Step> steps = new ArrayList<>();
        boolean used = seen.getsRequests(server);
        boolean isLeft = wanted.readyServers().contains(server) && seen.isOut(server);
        if (used) {
            steps.add(new Step.Drain(server, "its container is replaced next"));
        }
        steps.add(new Step.Replace(server, causes.ofContainer()));
        if ((used || isLeft) && !seen.origin().moves().moves(server)) {
            steps.add(new Step.Ready(server, "its container was replaced"));
        }
        return steps;
    }

    private List<Step> loaded(String server) {
        Map<Loadable, String> says = seen.webServers().getOrDefault(server, Map.of());
        List<String> differing = Differing.files(wanted, seen, server);
        List<Loadable> parts = wanted.notLoaded(server, says);
        if (!parts.isEmpty()) {
            String cause =
                    says.isEmpty()
                            ? "it did not report what it has loaded"
                            : causes.ofLoaded(differing);
            return List.of(new Step.Reload(server, parts, cause));
        }
        return differing.isEmpty()
                ? List.of()
                : List.of(new Step.Write(server, differing, causes.ofFiles(differing)));
    }
}
