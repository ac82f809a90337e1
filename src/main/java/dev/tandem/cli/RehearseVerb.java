package dev.tandem.cli;

import dev.tandem.change.Inspection;
import dev.tandem.health.Health;
import dev.tandem.health.Observed;
import dev.tandem.model.Renewal;
import dev.tandem.model.Stop;
import dev.tandem.observe.Observer;
import dev.tandem.observe.Rehearsal;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.ImageSeen;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SitePlace;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// `tandem rehearse`, hidden: does what `status` does and discards the result. The launcher runs it
/// once after a build while Java records the classes that it loads (an "AOT cache"), so that a real
/// `status` finds them ready. It changes nothing, and needs neither an engine nor a site.
public final class RehearseVerb extends SiteVerb<NoOptions> {
    private final Preparation preparation;
    private final Observer observer;
    private final Inspection inspection;
    private final Images images;
    private final InstantSource clock;

    /// @param clock what ages are counted from
    public RehearseVerb(
            Preparation preparation,
            Observer observer,
            Inspection inspection,
            Images images,
            InstantSource clock) {
        this.preparation = preparation;
        this.observer = observer;
        this.inspection = inspection;
        this.images = images;
        this.clock = clock;
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
        int characters = told(target, look(target)) + told(target, Rehearsal.of(target.site()));
        return characters > 0 ? ExitCode.OK : ExitCode.NO;
    }

    /// How much a status says.
    private int told(SitePlace target, Snapshot snapshot) {
        Observed observed = inspection.with(target, snapshot);
        Health health = Health.of(observed);
        Renewal renewal = observed.certificate().renewal();
        RunImages run = RunImages.of(snapshot, (image, _) -> seen(image), clock.instant());
        return StatusText.of(health, run, renewal).length()
                + StatusJson.of(health, run, renewal).length();
    }

    private ImageSeen seen(String image) {
        try {
            images.look(image);
        } catch (Stop e) {
            // As above: no engine.
            return new ImageSeen(image, Optional.empty(), Optional.empty());
        }
        return new ImageSeen(image, Optional.of(clock.instant()), Optional.empty());
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
