package dev.tandem.change.plan;

import dev.tandem.model.Role;
import dev.tandem.model.Server;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The steps for the site's own web servers. Pure.
///
/// They are changed one at a time, each out of rotation while its container is replaced; a changed
/// nginx.conf only needs a reload, which interrupts nothing. They come before the balancers, so
/// that these find the new ones; web servers that the site no longer has leave after the balancers,
/// which then no longer use them.
final class WebSteps {
    private final Wanted wanted;
    private final Seen seen;
    private final Causes causes;
    private final Strays strays;

    WebSteps(Wanted wanted, Seen seen) {
        this.wanted = wanted;
        this.seen = seen;
        this.causes = new Causes(wanted, seen);
        this.strays = new Strays(wanted, seen);
    }

    /// Steps for the web servers of the site, in the order of the file. Where a change that failed
    /// has left one of them without requests, that one comes first: a balancer may have no other
    /// one than the one that would be next.
    List<Step> present() {
        List<String> names =
                wanted.site().ownServers().stream()
                        .map(Server.Own::name)
                        .sorted(
                                Comparator.comparing(
                                        name -> seen.isOnlyOne(name, wanted.poolOf(name))))
                        .toList();
        List<Step> changes = names.stream().flatMap(name -> of(name).stream()).toList();
        if (changes.stream().noneMatch(step -> step instanceof Step.Drain)) {
            return changes;
        }
        List<Step> steps = new ArrayList<>();
        names.stream()
                .filter(this::isLeft)
                .filter(name -> changes.stream().noneMatch(step -> step.node().equals(name)))
                .forEach(name ->
                        steps.add(new Step.Ready(name, "another one gives up its requests next")));
        steps.addAll(changes);
        return steps;
    }

    /// Whether it is out of rotation without an order: an interrupted change has drained it.
    private boolean isLeft(String server) {
        return wanted.readyServers().contains(server) && seen.isOut(server);
    }

    /// Steps for web servers that the site no longer has.
    List<Step> gone() {
        List<Step> steps = new ArrayList<>();
        seen.containers()
                .forEach((service, box) -> {
                    if (!wanted.stamps().containsKey(service)
                            && !Role.BALANCER.is(box.role())
                            && !strays.has(service)) {
                        steps.add(new Step.Remove(service, box.name(), "no longer in the site"));
                    }
                });
        return steps;
    }

    private List<Step> of(String server) {
        Seen.Box box = seen.containers().get(server);
        if (box == null) {
            return strays.move(server)
                    .map(step -> aside(server, step, "it moves next", "it has moved"))
                    .orElse(List.of(new Step.Create(server, "there is no container")));
        }
        if (!wanted.isMadeOf(server, box)) {
            return aside(
                    server,
                    new Step.Replace(server, causes.ofContainer(server)),
                    "its container is replaced next",
                    "its container was replaced");
        }
        List<Link> links = Link.wrong(wanted, seen, server);
        if (!links.isEmpty()) {
            return aside(
                    server,
                    new Step.Attach(server, links, causes.ofLinks(links)),
                    "it is attached next",
                    "it was attached");
        }
        return switch (box.state()) {
            case "running", "restarting" -> loaded(server);
            case "paused" -> List.of(new Step.Resume(server, "it is paused"));
            default -> List.of(new Step.Start(server, "it is " + box.state()));
        };
    }

    /// A step for which a web server should have no requests. One that gets another address is out
    /// of rotation until the balancers know it.
    private List<Step> aside(String server, Step step, String before, String after) {
        List<Step> steps = new ArrayList<>();
        boolean used = seen.getsRequests(server);
        if (used) {
            steps.add(new Step.Drain(server, before));
        }
        steps.add(step);
        if ((used || isLeft(server)) && !seen.origin().moves().moves(server)) {
            steps.add(new Step.Ready(server, after));
        }
        return steps;
    }

    private List<Step> loaded(String server) {
        Map<Loadable, String> says = seen.webServers().getOrDefault(server, Map.of());
        List<String> differing = Differing.files(wanted, seen, server);
        List<Loadable> parts = wanted.notLoaded(server, says);
        if (!parts.isEmpty()) {
            String cause = says.isEmpty() ? Causes.SILENT : causes.ofLoaded(differing);
            return List.of(new Step.Reload(server, parts, cause));
        }
        return differing.isEmpty()
                ? List.of()
                : List.of(new Step.Write(server, differing, causes.ofFiles(differing)));
    }
}
