package dev.tandem.render;

import dev.tandem.model.Rate;
import dev.tandem.model.Site;
import java.util.Optional;

/// What no single client may take, in haproxy.cfg (decision 0033).
///
/// What a balancer can hold follows from its container's limit of open files, which differs from
/// machine to machine. The init knows it, and hands two numbers to HAProxy in its environment; what
/// stands beside them here is for a HAProxy without an init, such as the one that judges this file.
final class PerClient {
    /// All clients together.
    private static final String ALL = "\"${TANDEM_CLIENTS-2000}\"";

    /// One of them.
    private static final String ONE = "\"${TANDEM_ONE_CLIENT-1000}\"";

    /// When a client that was told "too many requests" may try again, if no rate says so.
    private static final long SOON = 1;

    /// So many seconds after its last request, where no rate is counted.
    private static final long FORGOTTEN = 10;

    private PerClient() {}

    /// The rules of a frontend for connections. They come before TLS, and before anything is read.
    static void connections(ConfigText text, Site site) {
        Ipv6.disguised(text, site);
        text.add(
                """
                    # No client takes what the others need. One address may have half of the connections that
                    # all clients together may have: no small number, because a whole office or a CDN is one
                    # address. More are closed at once, before TLS; /metrics counts them
                    # (haproxy_frontend_denied_connections_total). The balancers ask each other here.
                    acl balancers src %1$s
                    tcp-request connection accept if balancers
                """,
                Ranges.words(Ranges.ofBalancers(site)));
        TrustedProxies.connections(text, site);
        AccessLists.connections(text, site);
        text.add(
                """
                    tcp-request connection track-sc1 %4$s table connections%1$s
                    tcp-request connection reject if { sc_conn_cur(1) gt %2$s } or { act_conn gt %3$s }
                """,
                TrustedProxies.uncounted(site), ONE, ALL, Ipv6.client(site));
        most(text, site, "connection");
        if (!site.listen().proxyProtocolFrom().isEmpty()) {
            text.add(
                    """
                        # The same for clients behind the PROXY protocol, once it has named them.
                        tcp-request session track-sc1 %3$s table connections unless balancers%1$s
                        tcp-request session reject if { sc_conn_cur(1) gt %2$s }
                    """,
                    site.frontDoor().trustedProxies().isEmpty() ? "" : " or trusted",
                    ONE,
                    Ipv6.client(site));
            most(text, site, "session");
        }
    }

    /// The same where nothing is read of a connection.
    static void counted(ConfigText text, Site site) {
        AccessLists.connections(text, site);
        text.add(
                """
                    tcp-request connection track-sc1 %3$s table connections
                    tcp-request connection reject if { sc_conn_cur(1) gt %1$s } or { act_conn gt %2$s }
                """,
                ONE, ALL, Ipv6.client(site));
        most(text, site, "connection");
    }

    private static void most(ConfigText text, Site site, String when) {
        site.limits()
                .perClient()
                .connections()
                .ifPresent(most ->
                        text.add(
                                """
                                    tcp-request %s reject if { sc_conn_cur(1) gt %s }
                                """,
                                when, most));
    }

    /// The rules of a frontend for requests: with HTTP/2 a connection may have a hundred under way,
    /// and each of them takes one to a web server.
    static void requests(ConfigText text, Site site) {
        text.add(
                """
                    # The same for requests that are under way (HTTP/2: many over one connection), each of which
                    # takes a connection to a web server (haproxy_frontend_requests_denied_total).
                    http-request track-sc2 %3$s table requests unless balancers
                    http-request deny status 429 hdr Retry-After %1$s if { sc_conn_cur(2) gt %2$s }
                """,
                SOON, ONE, Ipv6.client(site));
        site.limits()
                .perClient()
                .requests()
                .ifPresent(rate ->
                        text.add(
                                """
                                    http-request deny status 429 hdr Retry-After %1$s if { sc_http_req_rate(2) gt %2$s }
                                """,
                                rate.per().toSeconds(), rate.requests()));
    }

    /// The tables in which the rules count.
    static void tables(ConfigText text, Site site) {
        Optional<Rate> limit = site.limits().perClient().requests();
        long per = limit.map(rate -> rate.per().toSeconds()).orElse(FORGOTTEN);
        String counted = limit.map(_ -> ",http_req_rate(%ss)".formatted(per)).orElse("");
        text.add(
                """

                # No request comes to these two either: how much each client has. An entry takes some 100 bytes;
                # when all are used, who has no connection any more is forgotten first. Not shared with peers or
                # with the next worker: what is counted is what this one has.
                backend connections
                    stick-table type %3$s size 100k expire 10s store conn_cur
                backend requests
                    stick-table type %3$s size 100k expire %1$ss store conn_cur%2$s
                """,
                per, counted, Ipv6.table(site));
    }
}
