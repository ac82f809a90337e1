package dev.tandem.change;

import dev.tandem.change.carry.SeenReader;
import dev.tandem.change.plan.Differing;
import dev.tandem.change.plan.Loadable;
import dev.tandem.change.plan.Origin;
import dev.tandem.change.plan.Seen;
import dev.tandem.change.plan.Wanted;
import dev.tandem.change.state.SavedState;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.SitePlace;
import dev.tandem.render.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where what runs differs from what the site file asks for.
///
/// Files, containers and what is loaded are compared as a planner compares them, so that a status
/// and a plan cannot disagree about them.
public final class Drift {
    private Drift() {}

    /// A sentence for each difference; empty when all is in step.
    ///
    /// @param rendering what the site would be made of now
    /// @param snapshot a look for which the web servers were asked, too
    public static List<String> of(SitePlace target, Rendering rendering, Snapshot snapshot) {
        Wanted wanted = new SavedState(target.directory()).wanted(target.site(), rendering);
        return find(wanted, SeenReader.seen(snapshot, wanted, target.directory(), Origin.NONE));
    }

    /// The same. Pure.
    static List<String> find(Wanted wanted, Seen seen) {
        List<String> drift = new ArrayList<>();
        Differing.all(wanted, seen).stream()
                .map(file -> file + " is not what tandem.yaml asks for")
                .forEach(drift::add);
        wanted.stamps()
                .forEach((service, stamp) -> {
                    Seen.Box box = seen.containers().get(service);
                    if (box != null && !box.stamp().equals(stamp)) {
                        drift.add(service + " runs an older configuration");
                    }
                    drift.addAll(notLoaded(wanted, seen, service));
                });
        seen.containers().keySet().stream()
                .filter(service -> !wanted.stamps().containsKey(service))
                .map(service -> service + " runs, but is no longer in tandem.yaml")
                .forEach(drift::add);
        return drift;
    }

    /// A node that does not answer is not well, which is told elsewhere; what it runs is unknown.
    private static List<String> notLoaded(Wanted wanted, Seen seen, String node) {
        return seen.loaded(node).stream()
                .flatMap(says ->
                        says.isEmpty()
                                ? Stream.of(node + " did not say what it has loaded")
                                : wanted.notLoaded(node, says).stream()
                                        .map(part -> sentence(node, part, says)))
                .toList();
    }

    private static String sentence(String node, Loadable part, Map<Loadable, String> says) {
        return says.containsKey(part)
                ? node + " has another " + part.title() + " loaded"
                : node + " did not say which " + part.title() + " it has loaded";
    }
}
