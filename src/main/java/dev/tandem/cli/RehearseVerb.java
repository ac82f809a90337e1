package dev.tandem.cli;

import dev.tandem.change.Inspection;
import dev.tandem.health.Health;
import dev.tandem.model.Stop;
import dev.tandem.observe.Observer;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SitePlace;
import java.util.Map;
import java.util.function.Function;

/// `tandem rehearse`, hidden: does what `status` does and discards the result. The launcher runs it
/// once after a build while Java records the classes that it loads (an "AOT cache"), so that a real
/// `status` finds them ready. It changes nothing, and needs neither an engine nor a site.
public final class RehearseVerb extends SiteVerb<NoOptions> {
    private final Preparation preparation;
    private final Observer observer;
    private final Inspection inspection;

    public RehearseVerb(Preparation preparation, Observer observer, Inspection inspection) {
        this.preparation = preparation;
        this.observer = observer;
        this.inspection = inspection;
    }

    @Override
    public String name() {
        return "rehearse";
    }

    @Override
    public String summary() {
        return "Warms the launcher's cache.";
    }

    @Override
    public boolean hidden() {
        return true;
    }

    @Override
    public Function<Given, NoOptions> options(Options options) {
        return NoOptions.READING;
    }

    @Override
    boolean needsState(NoOptions asked) {
        return false;
    }

    @Override
    ExitCode run(NoOptions asked, GivenSite site) {
        SitePlace target = site.place();
        preparation.rehearse(target);
        Health health = Health.of(inspection.with(target, look(target)));
        int characters =
                StatusText.of(health, RunImages.NONE).length()
                        + StatusJson.of(health, RunImages.NONE).length();
        return characters > 0 ? ExitCode.OK : ExitCode.NO;
    }

    private Snapshot look(SitePlace target) {
        try {
            return observer.lookAtAll(target.site());
        } catch (Stop e) {
            // No engine is available yet: the first build may come before it is installed.
            return new Snapshot(Map.of(), Map.of());
        }
    }
}
