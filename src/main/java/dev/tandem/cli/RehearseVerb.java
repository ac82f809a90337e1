package dev.tandem.cli;

import dev.tandem.health.Health;
import dev.tandem.health.Observed;
import dev.tandem.model.Renewal;
import dev.tandem.model.Stop;
import dev.tandem.observe.MadeUpSite;
import dev.tandem.observe.Observer;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.ImageSeen;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SitePlace;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// `tandem rehearse`, hidden: does what `status` does, also of a site that is made up. The launcher
/// runs it once after a build while Java records the classes that it loads (an "AOT cache"), so
/// that a real `status` finds them ready. It changes nothing, and needs neither engine nor site.
public final class RehearseVerb extends SiteVerb<NoOptions> {
    private final Console console;
    private final Preparation preparation;
    private final Observer observer;
    private final StatusVerb.Tools tools;

    /// @param tools those of `status`
    public RehearseVerb(
            Console console, Preparation preparation, Observer observer, StatusVerb.Tools tools) {
        this.console = console;
        this.preparation = preparation;
        this.observer = observer;
        this.tools = tools;
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
        tell(tools.inspection().with(target, look(target)));
        tell(tools.inspection().rehearsed(target, MadeUpSite.of(target.site(), tools.clock())));
        return ExitCode.OK;
    }

    /// Nobody reads it.
    private void tell(Observed observed) {
        Snapshot snapshot = observed.snapshot();
        Health health = Health.of(observed);
        Renewal renewal = observed.certificate().renewal();
        RunImages run = RunImages.of(snapshot, (image, _) -> seen(image), tools.clock().instant());
        console.answer(StatusText.of(health, run, renewal), Colouring.STATUS);
        console.answer(StatusJson.of(health, run, renewal));
    }

    private ImageSeen seen(String image) {
        try {
            tools.images().look(image);
        } catch (Stop e) {
            // As above: no engine.
            return new ImageSeen(image, Optional.empty(), Optional.empty());
        }
        return new ImageSeen(image, Optional.of(tools.clock().instant()), Optional.empty());
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
