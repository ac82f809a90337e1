package dev.tandem.health;

import dev.tandem.change.plan.Differing;
import dev.tandem.change.plan.Link;
import dev.tandem.change.plan.Loadable;
import dev.tandem.change.plan.Seen;
import dev.tandem.change.plan.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A difference between what runs and what the site file asks for.
///
/// Files, containers and loaded configuration are compared as the planner compares them, so that a
/// status and a plan cannot disagree.
public sealed interface Drift {
    /// A file in the site's directory was changed, is missing, or is no longer part of the site.
    record OfFile(String path) implements Drift {}

    /// A container was made from an earlier state of the site.
    record Older(String service) implements Drift {}

    /// A container is not attached to a network as it should be.
    record Detached(String service, Link link) implements Drift {}

    /// The engine would not start a container again.
    ///
    /// @param policy its restart policy, in Docker's word
    record StaysDown(String service, String policy) implements Drift {}

    /// A container is running that the site file no longer names.
    record LeftOver(String service) implements Drift {}

    /// A node has loaded another version of a part of its configuration.
    record LoadedOther(String node, Loadable part) implements Drift {}

    /// A node did not report which version of a part it has loaded.
    record Unsaid(String node, Loadable part) implements Drift {}

    /// A node answers, but reports nothing about what it has loaded.
    record Mute(String node) implements Drift {}

    /// Containers are running, but what they should be made from is not known here.
    record NotFromHere() implements Drift {}

    /// A change that has not ended: it is in progress, or was interrupted.
    ///
    /// @param title the change, in a few words
    record OpenChange(String title) implements Drift {}

    /// The difference in words.
    default String sentence() {
        return switch (this) {
            case OfFile(String path) -> path + " is not what tandem.yaml asks for";
            case Older(String service) -> service + " runs an older configuration";
            case Detached(String service, Link link) -> service + " " + link.words();
            case StaysDown(String service, String policy) ->
                    "%s has the restart policy %s, not %s: Docker may not start it again"
                            .formatted(service, policy, Wanted.RESTART);
            case LeftOver(String service) -> service + " runs, but is no longer in tandem.yaml";
            case LoadedOther(String node, Loadable part) ->
                    node + " has another " + part.title() + " loaded";
            case Unsaid(String node, Loadable part) ->
                    node + " did not report which " + part.title() + " it has loaded";
            case Mute(String node) -> node + " did not report what it has loaded";
            case NotFromHere _ -> "unknown: this site was not brought up from this directory";
            case OpenChange(String title) -> "a change is under way, or there was " + title;
        };
    }

    /// All differences; empty when everything is in step.
    static List<Drift> between(Wanted wanted, Seen seen) {
        List<Drift> drift = new ArrayList<>();
        Differing.all(wanted, seen).forEach(path -> drift.add(new OfFile(path)));
        wanted.stamps()
                .keySet()
                .forEach(service -> {
                    Seen.Box box = seen.containers().get(service);
                    if (box != null && !wanted.isMadeOf(service, box)) {
                        drift.add(new Older(service));
                    }
                    if (box != null) {
                        wanted.otherRestart(service, box)
                                .ifPresent(word -> drift.add(new StaysDown(service, word)));
                    }
                    Link.wrong(wanted, seen, service)
                            .forEach(link -> drift.add(new Detached(service, link)));
                    drift.addAll(notLoaded(wanted, seen, service));
                });
        seen.containers().keySet().stream()
                .filter(service -> !wanted.stamps().containsKey(service))
                .forEach(service -> drift.add(new LeftOver(service)));
        return drift;
    }

    /// A node that does not answer is not well, which is reported elsewhere; what it runs is
    /// unknown.
    private static List<Drift> notLoaded(Wanted wanted, Seen seen, String node) {
        return seen.loaded(node).stream()
                .flatMap(says ->
                        says.isEmpty()
                                ? Stream.of(new Mute(node))
                                : wanted.notLoaded(node, says).stream()
                                        .map(part -> of(node, part, says)))
                .toList();
    }

    private static Drift of(String node, Loadable part, Map<Loadable, String> says) {
        return says.containsKey(part) ? new LoadedOther(node, part) : new Unsaid(node, part);
    }
}
