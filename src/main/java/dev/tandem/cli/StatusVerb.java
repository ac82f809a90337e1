package dev.tandem.cli;

import dev.tandem.change.Inspection;
import dev.tandem.docker.Await;
import dev.tandem.health.Health;
import dev.tandem.prepare.SitePlace;
import java.time.Duration;
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

    /// The options.
    public record Asked(Form form, Often often) {}

    private final Console console;
    private final Inspection inspection;
    private final Await await;

    public StatusVerb(Console console, Inspection inspection, LeftFaults left, Await await) {
        super(left);
        this.console = console;
        this.inspection = inspection;
        this.await = await;
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
        return given ->
                new Asked(
                        json.in(given) ? Form.JSON : Form.TEXT,
                        watch.in(given) ? Often.AGAIN_AND_AGAIN : Often.ONCE);
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
        if (asked.often() == Often.ONCE) {
            return show(site.place(), asked.form());
        }
        await.until(
                WATCHED_FOR,
                () -> {
                    console.refresh();
                    show(site.place(), asked.form());
                    return Optional.empty();
                });
        return ExitCode.OK;
    }

    private Health look(SitePlace place) {
        Optional<String> other = Owner.me().other(place.base());
        if (other.isEmpty()) {
            return Health.of(inspection.look(place));
        }
        console.remark(
                "this site belongs to %s: what follows is from the engine alone; files, orders and"
                                .formatted(other.get())
                        + " certificates were not looked at");
        Health health = Health.of(inspection.fromOutside(place));
        return new Health(health.picture(), health.lacks(), List.of());
    }

    private ExitCode show(SitePlace place, Form form) {
        Health health = look(place);
        console.answer(form == Form.JSON ? StatusJson.of(health) : StatusText.of(health));
        return health.good() ? ExitCode.OK : ExitCode.NO;
    }
}
