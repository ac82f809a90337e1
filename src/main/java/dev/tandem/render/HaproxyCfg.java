package dev.tandem.render;

import dev.tandem.model.Backend;
import dev.tandem.model.Balancer;
import dev.tandem.model.CheckLoad;
import dev.tandem.model.FrontDoor.Compression;
import dev.tandem.model.Frontend;
import dev.tandem.model.OwnLines;
import dev.tandem.model.Patience;
import dev.tandem.model.Pool;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.Site;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// haproxy.cfg of one balancer: three frontends, one backend for each scheme towards the web
/// servers ({@link HaproxyBackends}), the limit on retries ({@link RetryBudget}), and those on
/// clients ({@link PerClient}); then all that is no HTTP ({@link TcpServices}).
final class HaproxyCfg {
    /// How long open connections may go on after a reload.
    private static final Duration LONGEST_STOP = Duration.ofMinutes(15);

    /// How many reloads a process may survive: each keeps some 50 MB of memory occupied meanwhile.
    private static final int OLD_WORKERS = 10;

    /// So many questions fit into the time after which a kernel that is silent is gone.
    private static final int QUESTIONS = 3;

    /// The most that Linux asks before it gives up a connection by itself (MAX_TCP_KEEPCNT).
    private static final int MOST_QUESTIONS = 127;

    /// The first checks of all web servers are done in this time, or as soon as can be afforded.
    private static final Duration FIRST_CHECKS = Duration.ofSeconds(1);

    /// By then in any case: the init waits no longer for them (`SETTLE` in Balancer.pm).
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final int KILO = 1024;

    /// What rules may add to a request's headers.
    private static final int MAX_REWRITE = 1024;

    private static final int UPLOAD_WINDOW = 1024 * KILO;

    private HaproxyCfg() {}

    static String render(Site site, Balancer balancer, Setting setting) {
        ConfigText text = new ConfigText();
        global(text, site, balancer);
        syslog(text, site);
        encryption(text);
        Quic.global(text, site);
        buffers(text, site);
        firstChecks(text, site);
        RouteLimits.counters(text, site);
        GivenLines.add(text, "global", site.frontDoor().haproxy().global());
        defaults(text, site);
        UserLists.add(text, site);
        clients(text, site, balancer, setting);
        HealthPage.render(text, site, balancer);
        PerClient.tables(text, site);
        RouteLimits.tables(text, site);
        RetryBudget.table(text, site);
        HaproxyBackends.render(text, site, setting);
        TcpServices.render(text, site);
        return text.toString();
    }

    private static void global(ConfigText text, Site site, Balancer balancer) {
        text.add(
                """
                # haproxy.cfg of %1$s, site %2$s.
                # Written by Tandem from tandem.yaml; change it there. Manual: HAProxy 3.0 configuration.

                global
                    node %1$s
                    log stdout %5$sformat raw local0 info       # docker logs
                    # The init hears which web server is down, and why (notice: no requests).
                    log /run/tandem/haproxy-says format raw local0 notice
                    user haproxy
                    group haproxy
                    fd-hard-limit 100000                    # maxconn follows from the limit of open files
                    # A reload leaves what is open to the old process: a long download goes on, a WebSocket
                    # that lasts longer is cut. So that old ones do not pile up, the %3$sth reload ends one.
                    # A stop of the container has a limit of its own, in the init.
                    hard-stop-after %4$s
                    mworker-max-reloads %3$s
                    # Web servers that somebody drained or gave another weight, and at a reload also
                    # who is up: known before the first request. Not in this file, so that an order
                    # is no reload. Written by the init and by `reload`, from servers.state beside this.
                    server-state-file /run/tandem/servers.state
                    stats socket /run/haproxy/admin.sock mode 600 level admin expose-fd listeners
                    stats socket /run/haproxy/speaker.sock mode 666 level operator   # it only looks
                    stats timeout 30s
                """,
                balancer.name(),
                site.name(),
                OLD_WORKERS,
                longTime(longestStop(site)),
                JsonLog.length(site));
    }

    /// A pool of connections to a database is silent for hours, and as long does it go on.
    private static Duration longestStop(Site site) {
        return TcpServices.longestIdle(site)
                .filter(idle -> idle.compareTo(LONGEST_STOP) > 0)
                .orElse(LONGEST_STOP);
    }

    /// In the form that every program understands which takes it (RFC 3164), with the balancer's
    /// name.
    private static void syslog(ConfigText text, Site site) {
        if (site.frontDoor().syslog().isEmpty()) {
            return;
        }
        text.add(
                """

                    # The same lines for syslog. UDP: nobody waits for a program that does not take them.
                    log-send-hostname
                """);
        String length = JsonLog.isOn(site) ? JsonLog.length(site) : "len 8192 ";
        site.frontDoor().syslog().forEach(to -> text.add("    log %s %slocal0 info\n", to, length));
    }

    private static void encryption(ConfigText text) {
        text.add(
                """

                    # TLS 1.2 and later, forward secrecy only, as Mozilla's "intermediate" 5.8: the client chooses
                    # among them, as it knows what its processor is good at. No tickets: their key would have to
                    # be changed every day; sessions are kept here.
                    ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets prefer-client-ciphers
                    ssl-default-bind-ciphers %1$s
                    ssl-default-bind-ciphersuites %2$s
                    ssl-default-bind-curves %3$s
                    ssl-default-server-options ssl-min-ver TLSv1.2
                """,
                Encryption.CIPHERS, Encryption.SUITES, Encryption.CURVES);
    }

    private static void firstChecks(ConfigText text, Site site) {
        if (isSlow(site.timing().check())
                || isSlow(HaproxyBackends.agentEvery(site))
                || site.tcpServices().stream()
                        .anyMatch(one -> isSlow(one.check().every(site.timing())))) {
            text.add(
                    """

                        # The first checks of all web servers are spread over this time. Without it they are
                        # spread over the shortest interval of a second or more, of checks and agents alike,
                        # and shorter ones wait for it.
                        max-spread-checks %s
                    """,
                    time(firstChecks(site)));
        }
    }

    private static Duration firstChecks(Site site) {
        Duration affordable = CheckLoad.of(site.allServers()).paced(FIRST_CHECKS);
        return affordable.compareTo(SETTLED) < 0 ? affordable : SETTLED;
    }

    private static boolean isSlow(Duration interval) {
        return interval.compareTo(FIRST_CHECKS) >= 0;
    }

    private static void buffers(ConfigText text, Site site) {
        int rewrite =
                MAX_REWRITE + HeaderEdits.room(site.frontDoor().headers()) + MutualTls.room(site);
        text.add(
                """

                    # All header lines of a request must fit into a buffer, beside the room for those that are
                    # added here (maxrewrite). A request that is under way holds two of them.
                    tune.bufsize %1$s
                    tune.maxrewrite %2$s

                    # HTTP/2: so much of an upload may be under way before HAProxy has to say "more". The usual
                    # 64 kB let one upload have 64 kB for each round trip of its line: at 50 ms, 1.3 MB/s. It
                    # bounds what a client that nobody reads may have in the kernel and here, for each upload.
                    tune.h2.fe.initial-window-size %3$s
                """,
                site.listen().headerSize() * KILO + rewrite, rewrite, UPLOAD_WINDOW);
    }

    private static void defaults(ConfigText text, Site site) {
        Pool pool = site.defaultPool();
        text.add(
                """

                defaults
                    mode http
                    log global
                    %3$s
                    option dontlognull                      # no line for a connection without a request
                    load-server-state-from-file global      # servers.state, see above

                    # What fails is tried again up to %1$s times, each time on another web server. If no
                    # connection is established, that is every request; after any other failure, only
                    # the methods that the frontends name: all others are never sent twice.
                    retries %1$s
                    option redispatch 1
                    retry-on %2$s

                    # On leaving, an idle connection gets one more answer and then "Connection: close".
                    option idle-close-on-response
                """,
                pool.settings().retries(), retriedFailures(pool), JsonLog.ofRequests(site));
        timeouts(text, site, pool);
        Pages.errors(text, site);
        if (ConnectionReuse.isTheSame(site)) {
            ConnectionReuse.defaults(text, pool.settings());
        }
        slowest(site).ifPresent(patience -> askedKernels(text, patience));
    }

    private static void timeouts(ConfigText text, Site site, Pool pool) {
        text.add(
                """

                    timeout connect %1$-8s                # a web server is near: more is too long
                    timeout check %2$-8s                  # an answer to a check that takes longer is none
                    timeout client %3$s
                    timeout server %4$s
                    timeout http-request %5$s
                    timeout http-keep-alive 60s
                    timeout queue %7$s
                    timeout tunnel %6$-8s                 # WebSocket
                """,
                time(site.timing().connect()),
                time(site.timing().checkLimit()),
                longTime(site.timing().client()),
                longTime(pool.patience().server()),
                longTime(site.timing().httpRequest()),
                longTime(pool.patience().tunnel()),
                longTime(site.timing().queue()));
    }

    /// What is asked of the kernels of all web servers, if one of them is a program that may be
    /// slow: by the first pool that has one. A pool with other times says so.
    static Optional<Patience> slowest(Site site) {
        return site.pools().stream().map(Pool::patience).filter(Patience::mayBeSlow).findFirst();
    }

    /// A program that is slow says nothing, but the kernel of its machine does, when it is asked.
    static void askedKernels(ConfigText text, Patience patience) {
        text.add(
                """

                    # A web server with a `url` may be slow, so that nothing is tried again because of a
                    # slow answer. Its machine may be gone, which only its kernel can tell: it is asked
                    # on connections where nothing else is. The init ends them (see `gone` below), long
                    # before the last of these questions.
                """);
        askedServers(text, patience.gone());
    }

    /// The questions themselves.
    ///
    /// @param gone how long a kernel may be silent
    static void askedServers(ConfigText text, Duration gone) {
        text.add(
                """
                    option srvtcpka
                    srvtcpka-idle %1$ss
                    srvtcpka-intvl %1$ss
                    srvtcpka-cnt %2$s
                """,
                Math.max(1, gone.toSeconds() / QUESTIONS), MOST_QUESTIONS);
    }

    /// A program that is slow must not be asked a second time because of that. An Nginx that owes
    /// an answer for a minute does not serve.
    static String retriedFailures(Pool pool) {
        String timeout = pool.patience().mayBeSlow() ? "" : " response-timeout";
        return "conn-failure empty-response junk-response" + timeout + " 500 502 503 504";
    }

    private static void clients(ConfigText text, Site site, Balancer balancer, Setting setting) {
        for (Frontend frontend : site.frontends()) {
            Ports.bind(text, site, frontend);
            PerClient.connections(text, site);
            AcmeChallenge.rule(text, setting, frontend.scheme());
            marks(text, site, balancer, frontend.scheme());
            farewell(text, site, frontend.scheme());
            forwarded(text, frontend.scheme());
            TrustedProxies.forwarded(text, site, frontend.scheme());
            HeaderEdits.rules(text, site.frontDoor().headers());
            compression(text, site);
            GivenLines.add(text, frontend.name(), ofFrontend(site, frontend.scheme()));
            Routes.backends(text, site, frontend.scheme());
            backends(text, site.defaultPool(), frontend.scheme());
        }
    }

    private static void compression(ConfigText text, Site site) {
        if (site.frontDoor().compression() == Compression.ON) {
            text.add(
                    """
                        # compression: what a web server has not compressed itself.
                        compression algo gzip
                        compression type text/html text/plain text/css text/xml text/javascript application/javascript application/json application/xml image/svg+xml
                    """);
        }
    }

    private static List<String> ofFrontend(Site site, Scheme came) {
        OwnLines lines = site.frontDoor().haproxy();
        return switch (came) {
            case HTTP -> lines.http();
            case HTTPS -> lines.https();
        };
    }

    private static void forwarded(ConfigText text, Scheme came) {
        text.add(
                """
                    http-request set-header X-Forwarded-For %%[src]
                    http-request set-header X-Forwarded-Proto %s
                    http-request set-header X-Forwarded-Port %%[dst_port]
                """,
                came == Scheme.HTTP ? "http" : "https");
    }

    private static void backends(ConfigText text, Pool pool, Scheme came) {
        text.add(
                """
                    use_backend %1$s if { nbsrv(%2$s) eq 0 }      # see there
                    default_backend %2$s
                """,
                pool.lastResort(came).name(), pool.checked(came).name());
    }

    /// Lets a drill trace each request: its id in the log, the balancer's name in the answer. Both
    /// come before all other rules, so that no answer of a later rule lacks them.
    private static void marks(ConfigText text, Site site, Balancer balancer, Scheme came) {
        text.add(
                """
                    # A request's id, in the log line between { }: a drill finds its requests again. Without
                    # one: {}. The answer says who gave it; after-response: HAProxy's own errors say it too,
                    # but for 400 and 408, to what is no request: no rule is asked about that.
                    http-request capture req.hdr(X-Tandem-Id) len 48
                    http-after-response set-header X-Balancer %s
                """,
                balancer.name());
        TrustedProxies.requests(text, site, came);
        JsonLog.rules(text, site);
        AccessLists.requests(text, site);
        PerClient.requests(text, site);
        ForeignWords.rules(text);
        ToHttps.rules(text, site, came);
        Routes.rules(text, site, came);
        PoolRules.groups(site, pool -> String.join(" ", retried(pool.settings())))
                .forEach(group ->
                        text.add(
                                "    http-request disable-l7-retry%s\n",
                                group.unless("{ method " + group.value() + " }")));
        ConnectionReuse.rules(text, site);
        RetryBudget.rules(text, site);
    }

    /// A client that is told that there is no web server must ask again over a new connection,
    /// which the peer takes; otherwise it keeps asking the one balancer that sees none.
    private static void farewell(ConfigText text, Site site, Scheme came) {
        if (site.balancers().size() > 1) {
            text.add(
                    """
                        # This balancer sees no web server: its peer, which takes new connections, may see one.
                        http-after-response set-header Connection close if { status 503 } %s
                    """,
                    Routes.without(site, came));
        }
    }

    private static List<String> retried(Backend backend) {
        return Stream.concat(Stream.of("GET", "HEAD"), backend.retryMethods().stream()).toList();
    }

    /// A duration of seconds and more in HAProxy's notation.
    static String longTime(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.toMillisPart() > 0) {
            return time(duration);
        }
        if (seconds % 3600 == 0) {
            return duration.toHours() + "h";
        }
        return seconds % 60 == 0 && seconds > 60 ? duration.toMinutes() + "m" : seconds + "s";
    }

    /// A duration in HAProxy's notation.
    static String time(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
