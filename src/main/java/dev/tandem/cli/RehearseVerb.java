package dev.tandem.cli;

import dev.tandem.file.Reading;
import dev.tandem.health.Health;
import dev.tandem.health.Observed;
import dev.tandem.model.Lan;
import dev.tandem.model.Renewal;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.MadeUpSite;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.ImageSeen;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SitePlace;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// `tandem rehearse`, hidden: does what `status` does, also of a site that is made up. The launcher
/// runs it once after a build while Java records the classes that it loads (an "AOT cache"), so
/// that a real `status` finds them ready. It changes nothing, and needs neither engine nor site.
public final class RehearseVerb extends SiteVerb<NoOptions> {
    private static final Lan.Macvlan LAN =
            new Lan.Macvlan("eth0", Optional.empty(), Optional.empty());

    private static final String OVER_MACHINES =
            """
            site: rehearsed
            vip: {address: 192.0.2.150, subnet: 192.0.2.0/24}
            machines:
              m1: {ssh: root@192.0.2.11, interface: eth0}
              m2: {ssh: root@192.0.2.12, interface: eth0}
            balancers:
              haproxy-a: {machine: m1}
              haproxy-b: {machine: m2}
            servers:
              web-a: {machine: m1}
              web-b: {machine: m2}
            """;

    private final Console console;
    private final Preparation preparation;
    private final StatusVerb status;
    private final StatusVerb.Tools tools;

    /// @param tools those of `status`
    public RehearseVerb(
            Console console, Preparation preparation, StatusVerb status, StatusVerb.Tools tools) {
        this.console = console;
        this.preparation = preparation;
        this.status = status;
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
        preparation.rehearse(site.place());
        real(site.file());
        madeUp(site.place(), new Lan.Bridge());
        if (site.file().read(OVER_MACHINES) instanceof Reading.Good(Site over)) {
            SortedMap<String, Lan.Macvlan> each = new TreeMap<>();
            over.machines().forEach(one -> each.put(one.name(), LAN));
            madeUp(SitePlace.beside(site.file().base(), over), new Lan.Machines(each));
        }
        return ExitCode.OK;
    }

    private void real(SiteFile file) {
        try {
            status.run(StatusVerb.USUAL, GivenSite.orApplied(file, console));
        } catch (Stop e) {
            // No engine is available yet: the first build may come before it is installed.
            console.answer(e.toString());
        }
    }

    private void madeUp(SitePlace place, Lan lan) {
        Snapshot snapshot = MadeUpSite.of(place.site(), tools.clock());
        tell(tools.inspection().rehearsed(place, snapshot, lan));
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
}
