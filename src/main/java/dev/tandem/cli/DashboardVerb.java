package dev.tandem.cli;

import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.web.Dashboard;
import dev.tandem.web.DashboardPages;
import dev.tandem.web.SiteData;
import dev.tandem.web.TypedCommands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;

/// `dashboard`: the balancers' page on this machine alone, with what only an operator may do.
public final class DashboardVerb extends SiteVerb<OptionalInt> {
    private static final int PORT = 8405;
    private static final int TOKEN_BYTES = 16;

    /// How long a question of a command waits; the site is locked for so long.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Console console;
    private final Path home;
    private final Function<Console, Cli> clis;

    /// @param home where this program is
    /// @param clis a command line that speaks through another console
    public DashboardVerb(Console console, Path home, Function<Console, Cli> clis) {
        this.console = console;
        this.home = home;
        this.clis = clis;
    }

    @Override
    public String name() {
        return "dashboard";
    }

    @Override
    public String summary() {
        return "Opens the site's page on this machine, with buttons for plan, apply and orders.";
    }

    @Override
    public Function<Given, OptionalInt> options(Options options) {
        Option<OptionalInt> port =
                options.number(
                        "PORT",
                        "The port on 127.0.0.1 (%d); 0: any that is free.".formatted(PORT),
                        "-p",
                        "--port");
        return port::in;
    }

    @Override
    Optional<Console> inIncidents() {
        return Optional.of(console);
    }

    @Override
    ExitCode run(OptionalInt asked, GivenSite given) {
        int port = asked.orElse(PORT);
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        Dashboard.Parts parts =
                new Dashboard.Parts(
                        new DashboardPages(home.resolve("images/balancer/page")),
                        () -> data(given.applied()),
                        commands(given.file()),
                        PATIENCE);
        try (Dashboard dashboard = Dashboard.start(port, HexFormat.of().formatHex(token), parts)) {
            console.answer(dashboard.address());
            console.remark(
                    """
                    Open it in a browser on this machine. Whoever has this address can change the site.
                    From another machine, first: ssh -L %1$d:127.0.0.1:%1$d HOST
                    Ctrl-C ends it.\
                    """
                            .formatted(dashboard.port()));
            new CountDownLatch(1).await(); // until the process is ended
        } catch (IOException e) {
            throw taken(port, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    private static Stop taken(int port, IOException e) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "port %d of 127.0.0.1 cannot be had".formatted(port),
                String.valueOf(e.getMessage()),
                "nothing was started",
                "tandem dashboard --port 0");
    }

    private TypedCommands commands(SiteFile file) {
        return (words, terminal) -> {
            List<String> typed = new ArrayList<>(words);
            if (file.named()) {
                typed.addAll(List.of("--file", file.name()));
            }
            try (PrintStream lines = lines(terminal)) {
                Console answers = new Console(lines, terminal::agrees);
                return clis.apply(answers).run(typed.toArray(String[]::new)).number();
            }
        };
    }

    private static PrintStream lines(TypedCommands.Terminal terminal) {
        OutputStream bytes =
                new OutputStream() {
                    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

                    @Override
                    public void write(int one) {
                        if (one == '\n') {
                            terminal.said(line.toString(StandardCharsets.UTF_8));
                            line.reset();
                        } else {
                            line.write(one);
                        }
                    }

                    @Override
                    public void close() {
                        if (line.size() > 0) {
                            write('\n');
                        }
                    }
                };
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static SiteData data(Site site) {
        int port = site.listen().health();
        return new SiteData(
                site.name(),
                site.balancers().stream().map(Balancer::name).toList(),
                site.namesOfServers(),
                Stream.concat(
                                site.vips().stream(),
                                site.balancers().stream().map(Balancer::lanAddress))
                        .map(address -> health(address, port))
                        .toList(),
                health(site.vip().address(), port));
    }

    private static URI health(Ip4 address, int port) {
        return URI.create("http://%s:%d/".formatted(address, port));
    }
}
