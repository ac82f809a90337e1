package dev.tandem.render;

import dev.tandem.model.ClientLimits;
import dev.tandem.model.HaproxyBackend;
import dev.tandem.model.Rate;
import dev.tandem.model.Route;
import dev.tandem.model.Site;
import java.util.List;

/// What one client may take of a route, in haproxy.cfg: each route that limits it has a table. All
/// use one more counter than HAProxy has by itself.
final class RouteLimits {
    private static final int COUNTERS = 4;

    /// When who has too many requests under way may try again, in seconds.
    private static final long SOON = 1;

    /// So many seconds after its last request a client is forgotten, where no rate is counted.
    private static final long FORGOTTEN = 10;

    private RouteLimits() {}

    private static boolean has(Route route) {
        return !route.admission().limits().equals(ClientLimits.NONE);
    }

    /// For the section `global`.
    static void counters(ConfigText text, Site site) {
        if (site.routing().routes().stream().anyMatch(RouteLimits::has)) {
            text.add(
                    """

                        # One more than usual: sc3 counts for the routes that limit their clients.
                        tune.stick-counters %s
                    """,
                    COUNTERS);
        }
    }

    /// For a frontend.
    ///
    /// @param number that of the route, from 1
    /// @param fits the condition that a request has this route
    static void rules(ConfigText text, Site site, int number, String fits) {
        Route route = site.routing().routes().get(number - 1);
        if (!has(route)) {
            return;
        }
        ClientLimits limits = route.admission().limits();
        text.add(
                "    http-request track-sc3 %s table %s if %s !balancers\n",
                Ipv6.client(site), table(number), fits);
        limits.requests()
                .ifPresent(rate ->
                        text.add(
                                """
                                    http-request deny status 429 hdr Retry-After %1$s if %2$s { sc_http_req_rate(3) gt %3$s }
                                """,
                                rate.per().toSeconds(), fits, rate.requests()));
        limits.connections()
                .ifPresent(most ->
                        text.add(
                                """
                                    http-request deny status 429 hdr Retry-After %1$s if %2$s { sc_conn_cur(3) gt %3$s }
                                """,
                                SOON, fits, most));
    }

    private static String table(int number) {
        return HaproxyBackend.ROUTE_LIMITS + number;
    }

    /// The tables in which the rules count.
    static void tables(ConfigText text, Site site) {
        List<Route> routes = site.routing().routes();
        for (int i = 0; i < routes.size(); i++) {
            if (has(routes.get(i))) {
                table(text, site, i + 1, routes.get(i).admission().limits());
            }
        }
    }

    private static void table(ConfigText text, Site site, int number, ClientLimits limits) {
        long per = limits.requests().map(Rate::per).map(time -> time.toSeconds()).orElse(FORGOTTEN);
        String counted =
                limits.requests().map(_ -> ",http_req_rate(%ss)".formatted(per)).orElse("");
        text.add(
                """

                # What each client takes of route %1$s of tandem.yaml.
                backend %2$s
                    stick-table type %3$s size 100k expire %4$ss store conn_cur%5$s
                """,
                number, table(number), Ipv6.table(site), per, counted);
    }
}
