package dev.tandem.cli;

import dev.tandem.change.Inspection;
import dev.tandem.docker.Await;
import dev.tandem.docker.Fleet;
import dev.tandem.health.Health;
import dev.tandem.health.Observed;
import dev.tandem.model.Renewal;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.prepare.ImageSeen;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.SitePlace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `tandem status`: who is master, who holds the VIP, each web server as each balancer sees it, and
/// whether what runs is what the file asks for.
public final class StatusVerb extends SiteVerb<StatusVerb.Asked> {
    private static final Duration WATCHED_FOR = Duration.ofDays(1);

    /// The form of the answer.
    public enum Form {
        TEXT,
        JSON
    }

    /// Whether there is one answer, or many.
    public enum Often {
        ONCE,
        AGAIN_AND_AGAIN
    }

    /// How the images are looked at.
    public enum Look {
        /// How old they are.
        AGE,
        /// Apt is asked as well, for seconds.
        UPDATES
    }

    /// The options.
    public record Asked(Form form, Often often, Look look) {}

    /// Without any option.
    static final Asked USUAL = new Asked(Form.TEXT, Often.ONCE, Look.AGE);

    /// What the verb works with.
    ///
    /// @param clock what ages are counted from
    /// @param fleet the machines of a site
    public record Tools(
            Inspection inspection, Images images, Await await, InstantSource clock, Fleet fleet) {}

    /// A judgement, and what it was made of.
    private record Seen(Health health, RunImages images, Renewal renewal) {}

    private final Console console;
    private final Tools tools;

    public StatusVerb(Console console, Tools tools, LeftFaults left) {
        super(left);
        this.console = console;
        this.tools = tools;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String summary() {
        return "Shows who is master, holds the VIP and serves. Exit code 1 unless all is well.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Boolean> json = Json.option(options);
        Option<Boolean> watch = options.flag("Refreshes until interrupted.", "--watch");
        Option<Boolean> updates =
                options.flag(
                        "Asks apt which security updates the images lack: takes seconds.",
                        "--updates");
        return given ->
                new Asked(
                        json.in(given) ? Form.JSON : Form.TEXT,
                        watch.in(given) ? Often.AGAIN_AND_AGAIN : Often.ONCE,
                        updates.in(given) ? Look.UPDATES : Look.AGE);
    }

    @Override
    Optional<Console> inIncidents() {
        return Optional.of(console);
    }

    @Override
    boolean isForEverybody() {
        return true;
    }

    @Override
    ExitCode run(Asked asked, GivenSite site) {
        if (site.site().hasMachines() && asked.look() == Look.UPDATES) {
            console.remark("--updates: not looked up over machines yet; ages alone are shown");
        }
        if (asked.often() == Often.ONCE) {
            return show(site.place(), asked);
        }
        tools.await()
                .until(
                        WATCHED_FOR,
                        () -> {
                            console.refresh();
                            show(site.place(), asked);
                            return Optional.empty();
                        });
        return ExitCode.OK;
    }

    private Seen look(SitePlace place, Look look) {
        Optional<String> other = Owner.me().other(place.base());
        if (other.isEmpty()) {
            Observed observed = tools.inspection().look(place);
            Renewal renewal = observed.certificate().renewal();
            return new Seen(Health.of(observed), images(observed, look), renewal);
        }
        console.remark(
                "this site belongs to %s: what follows is from the engine alone; files, orders and"
                                .formatted(other.get())
                        + " certificates were not looked at");
        Observed observed = tools.inspection().fromOutside(place);
        Health health = Health.of(observed);
        return new Seen(
                new Health(health.picture(), health.lacks(), List.of()),
                images(observed, look),
                Renewal.NONE);
    }

    private RunImages images(Observed observed, Look look) {
        return RunImages.of(
                observed.snapshot(),
                (image, node) ->
                        observed.site().hasMachines()
                                ? overMachines(observed.site(), image, node)
                                : look == Look.AGE
                                        ? tools.images().look(image)
                                        : tools.images().examine(image),
                tools.clock().instant());
    }

    /// Its machine may have fallen silent since it was looked at: then its age is unknown.
    private ImageSeen overMachines(Site site, String image, String node) {
        Optional<Instant> made;
        try {
            made = tools.fleet().of(site).of(node).images().made(image);
        } catch (Stop e) {
            made = Optional.empty();
        }
        return new ImageSeen(image, made, Optional.empty());
    }

    private ExitCode show(SitePlace place, Asked asked) {
        Seen seen = look(place, asked.look());
        Health health = seen.health();
        switch (asked.form()) {
            case JSON -> console.answer(StatusJson.of(health, seen.images(), seen.renewal()));
            case TEXT ->
                    console.answer(
                            StatusText.of(health, seen.images(), seen.renewal()), Colouring.STATUS);
        }
        return health.good() ? ExitCode.OK : ExitCode.NO;
    }
}
