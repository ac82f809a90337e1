package dev.tandem.render;

import dev.tandem.model.AddressRange;
import dev.tandem.model.Balancer;
import dev.tandem.model.Receiver;
import dev.tandem.model.Served;
import dev.tandem.model.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The health port in haproxy.cfg: what it tells, and to whom.
public final class HealthPage {
    /// Connections of others than the balancers: people, and what watches the site.
    private static final int MOST = 100;

    /// Where a receiver has a URL.
    private static final String NO_PLACE = "-";

    private HealthPage() {}

    /// Whether a haproxy.cfg, of this version or an earlier one, lets everybody ask there.
    public static boolean isOpen(String configuration) {
        int begin = configuration.indexOf("\nfrontend health\n");
        return begin >= 0
                && configuration
                        .substring(begin + 1)
                        .lines()
                        .skip(1)
                        .takeWhile(line -> line.startsWith(" "))
                        .noneMatch(line -> line.contains(" reject unless "));
    }

    static void render(ConfigText text, Site site, Balancer balancer) {
        user(text, site);
        text.add(
                """

                # For people: /, and HAProxy's own table: /haproxy     For a plain check: /health, /ready
                # For programs: /status.json, /site.json      For Prometheus: /metrics, /tandem/metrics
                # It only reads: no administration, no addresses of the web servers, no version.
                frontend health
                    bind *:%1$s
                """,
                site.listen().health());
        Ipv6.bind(text, site, site.listen().health(), "");
        from(text, site);
        answers(text, site);
        speaker(text, site, balancer);
    }

    private static void user(ConfigText text, Site site) {
        site.listen()
                .healthLogin()
                .ifPresent(login ->
                        text.add(
                                """

                                # Who may see the health page and /metrics; the hash is the site file's.
                                userlist health
                                    user %1$s password %2$s
                                """,
                                login.user(), login.password().crypted()));
    }

    /// The init needs an answer whatever others do here.
    private static void from(ConfigText text, Site site) {
        Ipv6.disguised(text, site);
        text.add(
                """
                    # The init asks here, and decides by the answer who holds the VIP: so what clients have
                    # leaves some connections to this port (see `act_conn` above), and others have a few here.
                    acl balancers src %1$s
                    tcp-request connection accept if balancers
                    tcp-request connection reject unless %2$s      # listen.health_from
                    tcp-request connection reject if { fe_conn gt %3$s }
                    http-request set-log-level silent if { src %4$s }      # several times a second
                """,
                Ranges.words(Ranges.ofBalancers(site)),
                Ranges.condition(text, "readers", Ipv6.ranges(site, site.healthFrom())),
                MOST,
                AddressRange.LOOPBACK);
    }

    /// Whoever asks about the whole balancer is not to hear that it is not ready because of one
    /// pool, which its peer may not have either.
    private static void pools(ConfigText text, Site site) {
        StringBuilder all = new StringBuilder();
        text.add(
                """
                    http-request return status 200 content-type text/plain string "serves" if { path /health }
                    # Ready is who serves one %1$s. Those without a %2$s are named:
                    # the init counts them.
                """,
                site.hasWebServers() ? "pool" : "service",
                site.hasWebServers() ? "web server, for HTTP or for HTTPS," : "server that is up");
        for (Served served : Served.of(site)) {
            all.append(served.name()).append(',');
            text.add(
                    """
                        http-request set-var-fmt(txn.down) "%%[var(txn.down)]%1$s," if %2$s
                    """,
                    served.name(),
                    served.backends().stream()
                            .map("{ nbsrv(%s) eq 0 }"::formatted)
                            .collect(Collectors.joining(" or ")));
        }
        text.add(
                """
                    http-request return status 503 content-type text/plain lf-string "no %2$s is up; down: %%[var(txn.down)]" if { path /ready } { var(txn.down) -m str %1$s }
                    http-request return status 200 content-type text/plain lf-string "ready; down: %%[var(txn.down)]" if { path /ready } { var(txn.down) -m found }
                    http-request return status 200 content-type text/plain string "ready" if { path /ready }
                """,
                all, site.hasWebServers() ? "web server" : "server");
    }

    private static void pool(ConfigText text, Site site) {
        String servers =
                site.checkedBackends().stream()
                        .map(backend -> " { nbsrv(%s) ge 1 }".formatted(backend.name()))
                        .collect(Collectors.joining());
        text.add(
                """
                    http-request return status 200 content-type text/plain string "serves" if { path /health }
                    http-request return status 200 content-type text/plain string "ready" if { path /ready }%1$s
                    http-request return status 503 content-type text/plain string "no web server is up" if { path /ready }
                """,
                servers);
    }

    private static void answers(ConfigText text, Site site) {
        if (PoolRules.areNeeded(site) || !site.hasWebServers()) {
            pools(text, site);
        } else {
            pool(text, site);
        }
        if (site.listen().healthLogin().isPresent()) {
            text.add(
                    """
                        http-request auth realm tandem unless { http_auth(health) } || { path /status.json /news } balancers
                    """);
        }
        text.add(
                """
                    http-request set-query %%[query]&metrics=-haproxy_process_build_info if { path /metrics }
                    http-request use-service prometheus-exporter if { path /metrics }
                    http-request redirect prefix /haproxy if { path_beg /; }         # its table was at / once
                    stats enable
                    stats uri /haproxy
                    stats refresh 5s
                    stats show-node
                    stats hide-version
                    http-request deny if { path /news } !balancers         # what they tell each other
                    # A page that is open asks every second: only what fails stands in the log.
                    http-request set-var(txn.live) bool(true) if { path /status.json /site.json /news }
                    http-response set-log-level silent if { var(txn.live) -m bool } { status 200 }
                    default_backend tandem_speaker
                """);
    }

    /// The names of proxies that users name have no `_`.
    private static void speaker(ConfigText text, Site site, Balancer balancer) {
        text.add(
                """

                # What this balancer tells of itself: the page and status.json, by `speaker` in this container.
                # When it does not answer, nothing else changes.
                backend tandem_speaker
                    timeout connect 500ms
                    timeout server 2s
                    retries 0
                    http-request set-header X-Tandem-Node "%1$s %2$s %3$s"
                    http-request set-header X-Tandem-Balancers "%4$s"
                    http-request set-header X-Tandem-From %%[src]
                    server speaker unix@/run/tandem/speaker.sock maxconn 50
                """,
                site.name(),
                balancer.name(),
                site.container(balancer.name()),
                site.balancers().stream()
                        .map(HealthPage::addresses)
                        .collect(Collectors.joining(" ")));
        receivers(text, site);
    }

    private static void receivers(ConfigText text, Site site) {
        if (site.frontDoor().receivers().isEmpty()) {
            return;
        }
        text.add(
                """
                    # Whom `notifier` in this container tells what happens (notify); HAProxy reads none of it.
                """);
        for (Receiver one : site.frontDoor().receivers()) {
            text.add("    # notify %s\n", String.join(" ", words(one)));
        }
    }

    /// A token, a CA and a program are files beside the certificates.
    private static List<String> words(Receiver one) {
        String place = one.way() instanceof Receiver.Program ? NO_PLACE : one.way().place();
        List<String> words = new ArrayList<>(List.of(one.name(), one.way().word(), place));
        words.add(
                one.about().stream()
                        .map(Receiver.About::toString)
                        .collect(Collectors.joining(",", "about=", "")));
        switch (one.way()) {
            case Receiver.Web web -> web.chat().ifPresent(chat -> words.add("chat=" + chat));
            case Receiver.Mail mail -> {
                words.add("from=" + mail.from());
                words.add("to=" + String.join(",", mail.to()));
            }
            case Receiver.Program _ -> {}
        }
        one.way().secret().ifPresent(_ -> words.add("token"));
        one.way().authority().ifPresent(_ -> words.add("ca"));
        if (one.way() instanceof Receiver.Web web) {
            web.proxy().ifPresent(proxy -> words.add("proxy=" + proxy));
        }
        return words;
    }

    /// First that on the LAN, where the others ask it.
    private static String addresses(Balancer balancer) {
        return Stream.of(balancer.lanAddress(), balancer.address())
                .distinct()
                .map(Object::toString)
                .collect(Collectors.joining(",", balancer.name() + "=", ""));
    }
}
