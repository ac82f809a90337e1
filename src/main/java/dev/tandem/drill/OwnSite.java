package dev.tandem.drill;

import dev.tandem.docker.Nodes;
import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.health.Lack;
import dev.tandem.health.Readiness;
import dev.tandem.load.ClassPlan;
import dev.tandem.load.Pass;
import dev.tandem.load.Target;
import dev.tandem.model.Return;
import dev.tandem.model.Site;
import dev.tandem.observe.Observer;
import dev.tandem.observe.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// A site that Tandem built: everything about it is known.
public final class OwnSite implements Subject {
    /// What a client of the site needs to be served, and to be let in where only drills are.
    private record Access(Path tls, Pass pass) {}

    private final Site site;
    private final Access access;
    private final Observer observer;
    private Ground ground;
    private boolean looked;
    private final Supplier<Site> now;
    private final List<ClassPlan> classes;

    /// @param tls the directory of the site's certificates
    /// @param pass what its web servers answer the paths for drills to
    /// @param now the site as its file describes it now: an operator's change may rewrite it
    /// @throws dev.tandem.model.Stop if one of its containers does not exist
    public OwnSite(
            Site site, Path tls, Pass pass, Observer observer, Nodes nodes, Supplier<Site> now) {
        this(
                site,
                new Access(tls, pass),
                observer,
                Ground.of(site, nodes),
                now,
                DrillTarget.classes(site));
    }

    private OwnSite(
            Site site,
            Access access,
            Observer observer,
            Ground ground,
            Supplier<Site> now,
            List<ClassPlan> classes) {
        this.site = site;
        this.access = access;
        this.observer = observer;
        this.ground = ground;
        this.now = now;
        this.classes = List.copyOf(classes);
    }

    /// The same site with other ways to ask it.
    public OwnSite asked(List<ClassPlan> other) {
        return new OwnSite(site, access, observer, ground, now, other);
    }

    @Override
    public String name() {
        return site.name();
    }

    @Override
    public String vip() {
        return site.vip().address().toString();
    }

    /// Where the VIP stays, its holder at the last look is the master, and not the first in the
    /// file.
    @Override
    public Ground ground() {
        if (!looked) {
            boolean stays = site.vip().returns() == Return.NEVER;
            seen(stays ? observer.look(site).vipHolders() : Set.of());
        }
        return ground;
    }

    private void seen(Set<String> holders) {
        looked = true;
        if (site.vip().returns() == Return.NEVER && holders.size() == 1) {
            ground = ground.heldBy(holders.iterator().next());
        }
    }

    @Override
    public Target target() {
        return DrillTarget.of(site, access.tls, access.pass);
    }

    @Override
    public List<ClassPlan> classes() {
        return classes;
    }

    @Override
    public List<String> lacks() {
        Snapshot seen = observer.look(site);
        List<String> lacks = new ArrayList<>();
        Readiness.lacksOfOurs(site, seen).forEach(lack -> lacks.add(lack.sentence()));
        if (lacks.isEmpty()) {
            seen(seen.vipHolders());
        }
        String master = ground.master().name();
        if (lacks.isEmpty() && !seen.vipHolders().contains(master)) {
            lacks.add("vip: held by %s, not yet by %s again".formatted(holders(seen), master));
        }
        return lacks;
    }

    @Override
    public Ground groundNow() {
        return Ground.existing(now.get(), ground.nodes()).orElse(ground);
    }

    /// What the file names now must serve. If the change was refused, the file may name what was
    /// never made: that is not a loss.
    @Override
    public List<String> lacksAfterChange(Ground before) {
        Site wanted = now.get();
        Snapshot seen = observer.look(wanted);
        return Readiness.lacksOfOurs(wanted, seen).stream()
                .filter(lack -> !isNeverMade(lack.node(), wanted, before, seen))
                .map(Lack::sentence)
                .toList();
    }

    private static boolean isNeverMade(String node, Site wanted, Ground before, Snapshot seen) {
        return wanted.services().contains(node)
                && seen.container(node).isEmpty()
                && !before.has(node);
    }

    private static String holders(Snapshot seen) {
        return String.join(" and ", seen.vipHolders());
    }

    @Override
    public Prediction prediction(Fault fault) {
        return fault.cost(Costs.of(site));
    }

    @Override
    public String look() {
        return "tandem status";
    }
}
