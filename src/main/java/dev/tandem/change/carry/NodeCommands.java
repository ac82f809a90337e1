package dev.tandem.change.carry;

import dev.tandem.change.plan.Seen;
import dev.tandem.docker.Output;
import dev.tandem.docker.SiteEngines;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.render.Layout;
import dev.tandem.text.HaproxyCsv;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The commands that a change runs in a node: those of its image (`images/`), by `docker exec`.
public final class NodeCommands {
    /// For a command that only looks.
    private static final Duration QUICK = Duration.ofSeconds(5);

    /// `reload` has time limits of its own (30 s for a new worker, 5 s until it answers, 10 s for
    /// its checks) and reports which one was exceeded; this limit is longer than all of them
    /// together.
    private static final Duration RELOAD = Duration.ofSeconds(60);

    private static final String STICKY_MAP = Layout.Mounted.CONFIGURATION + "/" + Layout.STICKY_MAP;

    private final SiteEngines engines;
    private final Site site;

    public NodeCommands(SiteEngines engines, Site site) {
        this.engines = engines;
        this.site = site;
    }

    /// Makes a node load a part of its configuration; succeeds only when it has done so.
    Output reload(String node, String program) {
        return engines.at(node).exec(site.container(node), RELOAD, "reload", program);
    }

    /// Sets the state and weight of a web server at a balancer, in all backends.
    Output set(String balancer, String server, ServerOrder order) {
        String maps = hasCookie(site, server) ? answer(balancer, "show map") : "";
        List<String> argv = new ArrayList<>(List.of("runtime"));
        argv.addAll(commands(site, server, order, maps));
        return engines.at(balancer)
                .exec(site.container(balancer), QUICK, argv.toArray(String[]::new));
    }

    /// One that is taken back has its cookies first: whoever shows one would otherwise get another
    /// web server while this one answers the others already.
    ///
    /// @param maps what HAProxy says to `show map`: an order may come before the reload that brings
    ///   the map of cookies that count no more
    static List<String> commands(Site site, String server, ServerOrder order, String maps) {
        List<String> states = new ArrayList<>();
        for (String backend : site.backendsOf(server)) {
            for (String slot : site.slotsOf(server)) {
                String name = "set server " + backend + "/" + slot;
                states.add(name + " state " + order.state().name().toLowerCase(Locale.ROOT));
                states.add(name + " weight " + order.weight() + "%");
            }
        }
        boolean isLeft = order.state() != ServerOrder.State.READY;
        List<String> cookies = new ArrayList<>();
        if (hasCookie(site, server) && maps.contains("(" + STICKY_MAP + ")")) {
            for (String slot : site.slotsOf(server)) {
                cookies.add("set map " + STICKY_MAP + " " + slot + (isLeft ? " 1" : " 0"));
            }
        }
        List<String> commands = new ArrayList<>(isLeft ? states : cookies);
        commands.addAll(isLeft ? cookies : states);
        return commands;
    }

    private static boolean hasCookie(Site site, String server) {
        return site.pools().stream().anyMatch(pool -> pool.hasCookie() && pool.has(server));
    }

    /// Which certificate a balancer shows to clients.
    Output certificate(String balancer) {
        String file = Layout.Mounted.TLS + "/" + Layout.Tls.SITE_FILE;
        return engines.at(balancer)
                .exec(site.container(balancer), QUICK, "runtime", "show ssl cert " + file);
    }

    /// Removes an address from an interface of a balancer.
    Output unassign(String balancer, Seen.Added address) {
        return engines.at(balancer)
                .exec(
                        site.container(balancer),
                        QUICK,
                        "ip",
                        "address",
                        "del",
                        address.cidr(),
                        "dev",
                        address.device());
    }

    /// How many requests a balancer has received, and how many failed.
    ///
    /// @return empty when not reported
    Optional<FailedShare> share(String balancer) {
        return FailedShare.parse(statistics(balancer, "1"), site.frontends());
    }

    /// How many requests a balancer still has open at a web server, in all backends.
    ///
    /// @return empty when not reported
    OptionalLong open(String balancer, String server) {
        return HaproxyCsv.parse(statistics(balancer, "4"))
                .ofServers(Set.copyOf(site.slotsOf(server)), "scur");
    }

    private String statistics(String balancer, String kind) {
        return answer(balancer, "show stat -1 " + kind + " -1");
    }

    /// Nothing when HAProxy gave none.
    private String answer(String balancer, String question) {
        Output output =
                engines.at(balancer).exec(site.container(balancer), QUICK, "runtime", question);
        return output.ok() ? output.stdout() : "";
    }
}
