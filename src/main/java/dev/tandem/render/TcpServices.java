package dev.tandem.render;

import dev.tandem.model.Site;
import dev.tandem.model.TcpCheck;
import dev.tandem.model.TcpServer;
import dev.tandem.model.TcpService;
import dev.tandem.model.TcpService.Group;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The TCP services in haproxy.cfg: defaults of their own behind all that is HTTP, and for each
/// service a frontend and a backend of its name; by name, a backend for each name (decision 0044).
final class TcpServices {
    private TcpServices() {}

    static void render(ConfigText text, Site site) {
        if (site.tcpServices().isEmpty()) {
            return;
        }
        defaults(text, site);
        for (TcpService service : site.tcpServices()) {
            frontend(text, site, service);
            service.groups().forEach(group -> backend(text, site, group));
        }
    }

    /// The longest that one of them may be silent, if there is one.
    static Optional<Duration> longestIdle(Site site) {
        return site.tcpServices().stream().map(site::idle).max(Comparator.naturalOrder());
    }

    private static void defaults(ConfigText text, Site site) {
        text.add(
                """

                # TCP services: connections that are handed on without being read. From here on, for them alone.
                #
                # `balancers`: the inits ask whether these listeners answer, several times a second. No server is
                # asked for that, and no other connection comes from a balancer. What a client may have is
                # limited as in the frontends above.
                defaults
                    mode tcp
                    log global
                    %4$s
                    option dontlognull                      # no line for a connection without data
                    load-server-state-from-file global      # servers.state, see above

                    # A connection that does not come about is tried again, on another server if there is one.
                    # One that has is never made twice: who could know what was said over it?
                    retries 3
                    option redispatch 1

                    timeout connect %1$-8s                # a server is near: more is too long
                    timeout check %2$-8s                  # an answer to a check that takes longer is none
                    timeout queue 10s                       # for a server that has its `max_connections`
                    timeout client %3$-8s                 # silent on both sides for so long, unless it has its
                    timeout server %3$-8s                 # own `idle`
                """,
                HaproxyCfg.time(site.timing().connect()),
                HaproxyCfg.time(site.timing().checkLimit()),
                HaproxyCfg.longTime(site.timing().tunnel()),
                JsonLog.ofConnections(site));
        kernels(text, site);
        servers(text);
    }

    private static void servers(ConfigText text) {
        text.add(
                """

                    # Ten connections in a row that do not come about, and a server is checked at once and more
                    # often. All get the same; an order says how many percent of it one gets (servers.state).
                    default-server observe layer4 error-limit 10 on-error fastinter weight %1$s
                """,
                HaproxyBackends.WEIGHT);
    }

    private static void kernels(ConfigText text, Site site) {
        text.add(
                """

                    # Silent for hours, and still there? Only the kernel at the other end can tell, when it is
                    # asked. One of a client that is gone is given up after ten minutes.
                    option clitcpka
                    clitcpka-idle 300s
                    clitcpka-intvl 60s
                    clitcpka-cnt 5
                """);
        HaproxyCfg.askedServers(text, site.timing().gone());
    }

    private static void frontend(ConfigText text, Site site, TcpService service) {
        text.add(
                """

                frontend %1$s
                    bind *:%2$s
                """,
                service.name(), service.listen());
        Ipv6.bind(text, site, service.listen(), "");
        idle(text, "client", service);
        Ipv6.disguised(text, site);
        text.add(
                """
                    acl balancers src %s
                    tcp-request connection reject if balancers
                """,
                Ranges.words(Ranges.ofBalancers(site)));
        PerClient.counted(text, site);
        if (service.isByName()) {
            names(text, service);
        }
        if (!service.servers().isEmpty()) {
            text.add(
                    """
                        default_backend %s
                    """,
                    service.name());
        }
    }

    private static void idle(ConfigText text, String whose, TcpService service) {
        service.idle()
                .ifPresent(
                        time -> text.add("    timeout %s %s\n", whose, HaproxyCfg.longTime(time)));
    }

    private static void names(ConfigText text, TcpService service) {
        text.add(
                """
                    # The name is in the first message of TLS, in the clear; the rest stays between client and
                    # server. %s
                    tcp-request inspect-delay 5s
                    tcp-request content %s { req.ssl_hello_type 1 }
                """,
                service.servers().isEmpty()
                        ? "Who asks for another name, or for none, is disconnected."
                        : "Who asks for another name, or speaks no TLS, comes to the others.",
                service.servers().isEmpty() ? "reject unless" : "accept if");
        for (Group group : service.groups()) {
            group.asked()
                    .ifPresent(name ->
                            text.add(
                                    "    use_backend %s if { %s }\n",
                                    group.name(),
                                    name.startsWith("*") ? oneLabel(name) : exactly(name)));
        }
    }

    private static String exactly(String name) {
        return "req.ssl_sni -i " + name;
    }

    private static String oneLabel(String name) {
        return "req.ssl_sni,lower -m reg '^[^.]+" + name.substring(1).replace(".", "\\.") + "$'";
    }

    private static void backend(ConfigText text, Site site, Group group) {
        TcpService service = group.service();
        TcpCheck check = service.check();
        Duration every = check.every(site.timing());
        Duration fast =
                every.compareTo(site.timing().checkFast()) < 0 ? every : site.timing().checkFast();
        text.add(
                """

                backend %1$s
                    balance %2$s
                """,
                group.name(), service.balance().word());
        idle(text, "server", service);
        TcpChecks.questions(text, site, group);
        text.add(
                """
                    default-server check inter %1$s fastinter %2$s downinter %1$s fall %3$s rise %4$s%5$s
                """,
                HaproxyCfg.time(every),
                HaproxyCfg.time(fast),
                site.timing().fall(),
                site.timing().rise(),
                TcpChecks.way(group));
        service.proxyProtocol().ifPresent(version -> PoolLines.proxyProtocol(text, version));
        servers(text, site, group.servers());
    }

    private static void servers(ConfigText text, Site site, List<TcpServer> servers) {
        int width = servers.stream().mapToInt(one -> one.name().length()).max().orElse(0);
        for (TcpServer server : servers) {
            String name = server.name() + " ".repeat(width - server.name().length());
            String how =
                    server.url().place()
                            + (server.url().hasHostname() ? HaproxyBackends.byDns() : "")
                            + HaproxyBackends.share(server.share())
                            + (server.share().backup() ? " backup" : "");
            text.add(
                    "    server %s %s%s\n",
                    name,
                    how,
                    HaproxyBackends.patience(site.timing().gone(), site.timing().silent()));
        }
    }
}
