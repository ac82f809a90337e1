package dev.tandem.drill;

import dev.tandem.deploy.Readiness;
import dev.tandem.docker.Nodes;
import dev.tandem.load.ClassPlan;
import dev.tandem.load.Target;
import dev.tandem.model.Site;
import dev.tandem.observe.Observer;
import dev.tandem.observe.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A site of ours: of it everything is known.
public final class OwnSite implements Subject {
    private final Site site;
    private final Path tls;
    private final Observer observer;
    private final Ground ground;

    /// @param tls the directory of the site's certificates
    /// @throws dev.tandem.model.Stop when one of its containers does not exist
    public OwnSite(Site site, Path tls, Observer observer, Nodes nodes) {
        this.site = site;
        this.tls = tls;
        this.observer = observer;
        this.ground = Ground.of(site, nodes);
    }

    @Override
    public String name() {
        return site.name();
    }

    @Override
    public String vip() {
        return site.vip().address().toString();
    }

    @Override
    public Ground ground() {
        return ground;
    }

    @Override
    public Target target() {
        return DrillTarget.of(site, tls);
    }

    @Override
    public List<ClassPlan> classes() {
        return DrillTarget.classes(site);
    }

    @Override
    public List<String> lacks() {
        Snapshot seen = observer.look(site);
        List<String> lacks = new ArrayList<>();
        Readiness.lacksOfOurs(site, seen).forEach(lack -> lacks.add(lack.toString()));
        String master = ground.master().name();
        if (lacks.isEmpty() && !seen.vipHolders().contains(master)) {
            lacks.add("vip: held by %s, not yet by %s again".formatted(holders(seen), master));
        }
        return lacks;
    }

    private static String holders(Snapshot seen) {
        return String.join(" and ", seen.vipHolders());
    }

    @Override
    public Prediction prediction(String fault) {
        return Predictions.of(site).forFault(fault);
    }

    @Override
    public String look() {
        return "tandem status";
    }
}
