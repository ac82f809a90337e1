package dev.tandem.change.carry;

import dev.tandem.change.plan.Seen;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.model.HaproxyBackend;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.text.HaproxyCsv;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// What a change asks of a node: the commands of its image (`images/`), by `docker exec`.
public final class NodeCommands {
    /// A command that looks.
    private static final Duration QUICK = Duration.ofSeconds(5);

    /// `reload` has limits of its own (30 s for a new worker, 5 s until it answers, 10 s for its
    /// checks) and says which one was missed; this one is beyond them.
    private static final Duration RELOAD = Duration.ofSeconds(60);

    private final Docker docker;
    private final Site site;

    public NodeCommands(Docker docker, Site site) {
        this.docker = docker;
        this.site = site;
    }

    /// Has a node load a part of its configuration; succeeds only when it has.
    Output reload(String node, String program) {
        return docker.exec(site.container(node), RELOAD, "reload", program);
    }

    /// Has a balancer treat a web server otherwise, in all backends.
    Output set(String balancer, String server, ServerOrder order) {
        List<String> argv = new ArrayList<>(List.of("runtime"));
        for (HaproxyBackend backend : site.backendsOf(server)) {
            String name = "set server " + backend.name() + "/" + server;
            argv.add(name + " state " + order.state().name().toLowerCase(Locale.ROOT));
            argv.add(name + " weight " + order.weight() + "%");
        }
        return docker.exec(site.container(balancer), QUICK, argv.toArray(String[]::new));
    }

    /// Takes an address off an interface of a balancer.
    Output unassign(String balancer, Seen.Added address) {
        return docker.exec(
                site.container(balancer),
                QUICK,
                "ip",
                "address",
                "del",
                address.cidr(),
                "dev",
                address.device());
    }

    /// How many requests a balancer has had, and how many failed.
    ///
    /// @return empty when it did not say
    Optional<Share> share(String balancer) {
        return Share.parse(statistics(balancer, "1"), site.frontends());
    }

    /// How many requests a balancer still has open at a web server, in all backends.
    ///
    /// @return empty when it did not say
    OptionalLong open(String balancer, String server) {
        return HaproxyCsv.parse(statistics(balancer, "4")).ofServer(server, "scur");
    }

    private String statistics(String balancer, String kind) {
        Output output =
                docker.exec(
                        site.container(balancer), QUICK, "runtime", "show stat -1 " + kind + " -1");
        return output.ok() ? output.stdout() : "";
    }
}
