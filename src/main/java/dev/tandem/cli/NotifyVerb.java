package dev.tandem.cli;

import dev.tandem.docker.Beside;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.Output;
import dev.tandem.docker.SiteEngines;
import dev.tandem.model.Balancer;
import dev.tandem.model.Receiver;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.text.Table;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;

/// `tandem notify`: who is told what happens, and whether a test reaches them from every balancer.
public final class NotifyVerb extends SiteVerb<NotifyVerb.Asked> {
    /// A balancer needs ten seconds for one that never answers, and there may be ten.
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Console console;
    private final Fleet fleet;

    /// The options.
    ///
    /// @param test whether a test is sent
    public record Asked(boolean test) {}

    public NotifyVerb(Console console, Fleet fleet) {
        this.console = console;
        this.fleet = fleet;
    }

    @Override
    public String name() {
        return "notify";
    }

    @Override
    public String summary() {
        return "Shows who is told what happens; with --test, tells them that this is a test.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Boolean> test =
                options.flag("Has every balancer send a test to every receiver.", "--test");
        return given -> new Asked(test.in(given));
    }

    @Override
    ExitCode run(Asked asked, GivenSite given) {
        Site site = asked.test() ? given.applied() : given.site();
        List<Receiver> receivers = site.frontDoor().receivers();
        if (receivers.isEmpty()) {
            console.remark("Nobody is told: tandem.yaml has no notify.");
            console.remark("  next:  docs/operating/notify.md");
            return ExitCode.NO;
        }
        if (asked.test()) {
            return test(site);
        }
        Table table = new Table("RECEIVER", "FORM", "WHERE", "ABOUT");
        receivers.forEach(
                one -> table.row(one.name(), one.way().word(), where(one.way()), about(one)));
        console.answer(table.toString());
        return ExitCode.OK;
    }

    /// Without what may be a secret.
    private static String where(Receiver.Way way) {
        return switch (way) {
            case Receiver.Web(String url, _, _, _, _, _) -> {
                URI bare = URI.create(url.replace(Receiver.TOKEN, "token"));
                yield bare.getScheme() + "://" + bare.getAuthority();
            }
            case Receiver.Mail mail -> String.join(" ", mail.to()) + " by " + mail.url();
            case Receiver.Program program -> program.command();
        };
    }

    private static String about(Receiver one) {
        return one.about().stream().map(Receiver.About::toString).collect(Collectors.joining(" "));
    }

    /// What a balancer said of one receiver.
    private record Said(String balancer, String receiver, String what) {
        private boolean isGood() {
            return what.equals("told");
        }
    }

    /// All balancers at the same time.
    private ExitCode test(Site site) {
        SiteEngines engines = fleet.of(site);
        try (ExecutorService each = Beside.each()) {
            List<CompletableFuture<List<Said>>> asked =
                    site.balancers().stream()
                            .map(one ->
                                    CompletableFuture.supplyAsync(
                                            () -> said(site, engines, one), each))
                            .toList();
            List<Said> all = asked.stream().flatMap(one -> one.join().stream()).toList();
            Table table = new Table("BALANCER", "RECEIVER", "RESULT");
            all.forEach(one -> table.row(one.balancer(), one.receiver(), one.what()));
            console.answer(table.toString());
            return all.stream().allMatch(Said::isGood) ? ExitCode.OK : ExitCode.NO;
        }
    }

    private static List<Said> said(Site site, SiteEngines engines, Balancer balancer) {
        String name = balancer.name();
        Output output;
        try {
            output = engines.of(name).exec(site.container(name), LIMIT, "notifier", "--test");
        } catch (Stop e) {
            return List.of(new Said(name, "-", String.valueOf(e.getMessage())));
        }
        List<Said> said =
                output.lines().stream()
                        .map(line -> line.split(" ", 2))
                        .filter(words -> words.length == 2)
                        .map(words -> new Said(name, words[0], words[1]))
                        .toList();
        return said.isEmpty()
                ? List.of(new Said(name, "-", "it did not send: " + reason(output)))
                : said;
    }

    private static String reason(Output output) {
        return Optional.of(output.lastLines(1).strip())
                .filter(text -> !text.isEmpty())
                .orElse("tandem apply loads what tandem.yaml asks for");
    }
}
