package dev.tandem.render;

import dev.tandem.model.Backend;
import dev.tandem.model.Backend.HttpReuse;
import dev.tandem.model.Backend.OutlierDetection;
import dev.tandem.model.CheckLoad;
import dev.tandem.model.Checking;
import dev.tandem.model.HaproxyBackend;
import dev.tandem.model.Nameserver;
import dev.tandem.model.Pool;
import dev.tandem.model.Server;
import dev.tandem.model.Server.Proto;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.ServerShare;
import dev.tandem.model.Site;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The backends of haproxy.cfg: `web` for what came as HTTP, `web-tls` for what came as HTTPS, and
/// for each an unchecked last resort, for when it has no web server in rotation (decision 0016).
///
/// There are two because the site's own web servers are asked over the scheme that the client used,
/// and each scheme has its own check: an Nginx whose TLS is broken leaves only `web-tls`. An
/// existing server has one scheme, the same in both.
final class HaproxyBackends {
    /// The weight of every web server, so that an order in percent of it means something.
    static final int WEIGHT = 100;

    private static final String DNS = "dns";

    private HaproxyBackends() {}

    static void render(ConfigText text, Site site, Setting setting) {
        resolvers(text, site);
        Set<String> said = new HashSet<>();
        for (Pool pool : site.pools()) {
            boolean isNamed = !pool.name().equals(Pool.UNNAMED);
            if (isNamed) {
                said.addAll(said.isEmpty() ? PoolLines.comments(text) : Set.of());
                pool(text, pool);
            }
            for (HaproxyBackend backend : pool.backends()) {
                if (isNamed) {
                    ConfigText commented = new ConfigText();
                    head(commented, site, backend, setting);
                    text.add("\n");
                    PoolLines.addBare(text, commented, said);
                } else {
                    head(text, site, backend, setting);
                }
                GivenLines.add(
                        text,
                        isNamed ? "pool." + pool.name() : "backend",
                        site.frontDoor().haproxy().of(pool));
                servers(text, site, backend);
            }
        }
    }

    private static void head(ConfigText text, Site site, HaproxyBackend backend, Setting setting) {
        switch (backend.kind()) {
            case CHECKED -> {
                checked(text, site, backend, host(site, backend.pool(), setting));
                agent(text, site, backend);
            }
            case LAST_RESORT -> lastResort(text, site, backend);
        }
    }

    private static void pool(ConfigText text, Pool pool) {
        text.add(
                """

                # The pool %s. Its lines mean what they mean in `%s`, and so do its four backends.
                """,
                pool.name(), Pool.UNNAMED);
    }

    /// What asks DNS for the web servers of a pool that have a hostname.
    private static String resolvers(Site site, Pool pool) {
        boolean usual =
                pool.settings().nameservers().equals(site.defaultPool().settings().nameservers());
        return usual ? DNS : DNS + "-" + pool.name();
    }

    private static void resolvers(ConfigText text, Site site) {
        Map<String, List<Nameserver>> all = new LinkedHashMap<>();
        for (Pool pool : site.pools()) {
            if (pool.servers().stream()
                    .anyMatch(one -> one instanceof Server.Existing there && there.hasHostname())) {
                all.put(resolvers(site, pool), pool.settings().nameservers());
            }
        }
        if (site.tcpServers().stream().anyMatch(one -> one.url().hasHostname())) {
            all.putIfAbsent(DNS, site.defaultPool().settings().nameservers());
        }
        all.forEach((name, nameservers) -> resolvers(text, name, nameservers));
    }

    private static void resolvers(ConfigText text, String name, List<Nameserver> nameservers) {
        text.add(
                """

                # For web servers that have a hostname. An address that an answer no longer has gets
                # nothing any more. While there is no answer, or an empty one, all stay where they were:
                # whether they serve is for their checks to say, not for DNS. Only a name that is gone
                # (nx) for an hour is believed to be gone.
                resolvers %s
                """,
                name);
        if (nameservers.isEmpty()) {
            text.add("    parse-resolv-conf\n");
        }
        for (int i = 0; i < nameservers.size(); i++) {
            text.add("    nameserver %s-%s %s\n", name, i + 1, nameservers.get(i));
        }
        text.add(
                """
                    accepted_payload_size 8192
                    hold valid 5s
                    hold nx 1h
                    hold other 24d
                    hold refused 24d
                    hold timeout 24d
                """);
    }

    private static void checked(ConfigText text, Site site, HaproxyBackend backend, String host) {
        Backend settings = backend.pool().settings();
        Checking how = settings.checking();
        text.add(
                """

                backend %1$s
                    balance %2$s

                    # In rotation is who answers this with %10$s.
                    option httpchk
                    http-check send meth %11$s uri %3$s ver HTTP/1.1 hdr Host %4$s hdr User-Agent tandem-check
                    http-check expect status %12$s
                    default-server check%13$s inter %5$s fastinter %6$s downinter %5$s fall %7$s rise %8$s

                    # Ten errors in a row to clients, and it is asked at once and more often.
                    default-server observe layer7 error-limit 10 on-error fastinter

                    # All the same; an order says how many percent of it one gets (servers.state).
                    default-server weight %9$s
                """,
                backend.name(),
                StickyLines.balance(backend.pool()),
                settings.check(),
                host,
                HaproxyCfg.time(site.timing().check()),
                HaproxyCfg.time(site.timing().checkFast()),
                site.timing().fall(),
                site.timing().rise(),
                WEIGHT,
                isUsual(how) ? "2xx or 3xx" : "one of these",
                how.method(),
                String.join(",", how.expect()),
                how.port().map(port -> " port " + port).orElse(""));
        StickyLines.add(text, site, backend);
        PoolLines.add(text, site, backend.pool());
    }

    private static boolean isUsual(Checking how) {
        return how.expect().equals(Checking.USUAL.expect());
    }

    /// HAProxy asks `outliers`, which counts what each web server fails its clients.
    private static void agent(ConfigText text, Site site, HaproxyBackend backend) {
        if (detectsOutliers(backend)) {
            text.add(
                    """

                        # Out for a while: one that passes its check, and fails many more requests than the others.
                        # The agent is `outliers` in this container; when it does not answer, nothing changes.
                        default-server agent-check agent-addr 127.0.0.1 agent-port %s agent-inter %s
                    """,
                    site.listen().agent(), HaproxyCfg.time(agentEvery(site)));
        }
        text.add("\n");
    }

    /// How often the agent is asked about each web server.
    static Duration agentEvery(Site site) {
        return CheckLoad.agent(
                site.backends().stream()
                        .filter(HaproxyBackends::detectsOutliers)
                        .mapToInt(backend -> slots(backend.pool()))
                        .sum());
    }

    private static int slots(Pool pool) {
        return pool.servers().stream().mapToInt(server -> server.slots().size()).sum();
    }

    /// With one web server there is nothing to compare it with.
    private static boolean detectsOutliers(HaproxyBackend backend) {
        return backend.kind() == HaproxyBackend.Kind.CHECKED
                && backend.pool().settings().outlierDetection() == OutlierDetection.ON
                && slots(backend.pool()) > 1;
    }

    private static void lastResort(ConfigText text, Site site, HaproxyBackend backend) {
        text.add(
                """

                # When no web server of `%1$s` passes its checks. They can be late on a machine that has too
                # much to do, and requests would still be answered: so all are asked, without a check, until
                # one is in rotation again. Who was drained or is in maintenance is not.
                backend %2$s
                    balance %3$s
                    default-server weight %4$s
                """,
                backend.pool().checked(backend.came()).name(),
                backend.name(),
                StickyLines.balance(backend.pool()),
                WEIGHT);
        StickyLines.add(text, site, backend);
        PoolLines.add(text, site, backend.pool());
        Pages.maintenance(text, backend);
        text.add("\n");
    }

    private static void servers(ConfigText text, Site site, HaproxyBackend backend) {
        List<Server> servers = backend.pool().servers();
        int width =
                servers.stream()
                        .flatMap(server -> server.slots().stream())
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
        String resolvers = resolvers(site, backend.pool());
        for (Server server : servers) {
            if (server instanceof Server.Existing there && there.isTakenOnTrust()) {
                text.add("    # Its certificate is not verified (verify: none).\n");
            }
            for (String slot : server.slots()) {
                String how =
                        address(server, backend.came(), resolvers)
                                + spoken(server, backend)
                                + share(server.share(), backend)
                                + StickyLines.of(slot, backend)
                                + question(slot, backend)
                                + patience(server, backend.pool());
                text.add("    server %s %s\n", slot + " ".repeat(width - slot.length()), how);
            }
        }
    }

    /// HTTP/2 to it, and in its checks, unless these are asked elsewhere. It has no `Connection:
    /// close`, so where a request must not meet a connection that is closing, each has its own.
    private static String spoken(Server server, HaproxyBackend backend) {
        if (!(server instanceof Server.Existing there) || there.proto() == Proto.H1) {
            return "";
        }
        Backend settings = backend.pool().settings();
        boolean isAskedElsewhere = settings.checking().port().isPresent();
        String shared = settings.httpReuse() == HttpReuse.ALWAYS ? "" : " max-reuse 0";
        String checked =
                switch (there.scheme()) {
                    case HTTP -> isAskedElsewhere ? " check-proto h1" : "";
                    case HTTPS -> isAskedElsewhere ? "" : " check-alpn h2";
                };
        String asked = there.scheme() == Scheme.HTTP ? " proto h2" : " alpn h2";
        return asked + (backend.isChecked() ? checked : "") + shared;
    }

    /// The last resort asks all alike: a backup that passes no check is no worse than the others.
    private static String share(ServerShare share, HaproxyBackend backend) {
        return share(share) + (share.backup() && backend.isChecked() ? " backup" : "");
    }

    /// Its weight, and how many requests or connections it has at most.
    static String share(ServerShare share) {
        String weight = share.weight() == WEIGHT ? "" : " weight " + share.weight();
        return weight + share.maxConnections().map(number -> " maxconn " + number).orElse("");
    }

    private static String question(String slot, HaproxyBackend backend) {
        return detectsOutliers(backend)
                ? " agent-send %s/%s\\n".formatted(backend.name(), slot)
                : "";
    }

    /// For the init, which reads it (Silence.pm).
    private static String patience(Server server, Pool pool) {
        return switch (server) {
            case Server.Own ignored -> "";
            case Server.Existing ignored ->
                    patience(pool.patience().gone(), pool.patience().silent());
        };
    }

    /// The same for a server that is not ours.
    static String patience(Duration gone, Duration silent) {
        return "  # url: gone %s, silent %s"
                .formatted(HaproxyCfg.time(gone), HaproxyCfg.time(silent));
    }

    /// The scheme towards a server for a request that arrived over this one.
    static Scheme scheme(Server server, Scheme scheme) {
        return switch (server) {
            case Server.Own ignored -> scheme;
            case Server.Existing there -> there.scheme();
        };
    }

    /// The matching port.
    static int port(Server server, Scheme scheme) {
        return switch (server) {
            case Server.Own ignored -> scheme == Scheme.HTTP ? 80 : 443;
            case Server.Existing there -> there.port();
        };
    }

    private static String address(Server server, Scheme scheme, String resolvers) {
        return switch (server) {
            case Server.Own own -> {
                String address = own.address() + ":" + port(own, scheme);
                yield scheme == Scheme.HTTP
                        ? address
                        : address + tls(own.name(), mounted(Layout.Tls.AUTHORITY));
            }
            case Server.Existing there -> existing(there, resolvers);
        };
    }

    private static String existing(Server.Existing there, String resolvers) {
        String address = there.host() + ":" + there.port();
        if (there.scheme() == Scheme.HTTPS) {
            address += there.isTakenOnTrust() ? onTrust(there) : verified(there);
        }
        if (!there.hasHostname()) {
            return address;
        }
        return address + byDns(resolvers, there.replicas() > 1);
    }

    /// A name that cannot be resolved at the start must not keep HAProxy from starting. Of several
    /// addresses libc would give the first one to all.
    private static String byDns(String resolvers, boolean isOneOfSeveral) {
        return " resolvers %s resolve-prefer ipv4 init-addr %s"
                .formatted(resolvers, isOneOfSeveral ? "last,none" : "last,libc,none");
    }

    /// The same for a server of a TCP service.
    static String byDns() {
        return byDns(DNS, false);
    }

    private static String verified(Server.Existing there) {
        String ca = mounted(Layout.Tls.authorityFile(there.name()));
        String name = there.certificateName().orElse(there.host());
        return tls(name, there.ca().isPresent() ? ca : "@system-ca");
    }

    /// Any certificate will do: the site file says so.
    private static String onTrust(Server.Existing there) {
        return " ssl verify none"
                + there.certificateName()
                        .map(name -> " sni str(%s) check-sni %s".formatted(name, name))
                        .orElse("");
    }

    private static String mounted(String file) {
        return Layout.Mounted.TLS + "/" + file;
    }

    /// TLS to a web server: its certificate must be signed by the CA and carry its name.
    private static String tls(String name, String ca) {
        return " ssl verify required ca-file %s verifyhost %s sni str(%s) check-sni %s"
                .formatted(ca, name, name, name);
    }

    /// What clients ask for, as far as it is known: a web server with several sites may have
    /// nothing for an address.
    private static String host(Site site, Pool pool, Setting setting) {
        return pool.settings()
                .checkHost()
                .or(() -> Routes.hostOf(site, pool))
                .or(() ->
                        site.tls().names().stream()
                                .filter(name -> !name.startsWith("*"))
                                .findFirst())
                .or(setting::certificateName)
                .orElse(site.vip().address().toString());
    }
}
