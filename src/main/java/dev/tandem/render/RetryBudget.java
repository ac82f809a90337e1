package dev.tandem.render;

import dev.tandem.model.Pool;
import dev.tandem.model.Site;
import java.util.List;

/// Keeps retries from making an overload worse: a limit over all requests together, in haproxy.cfg
/// (decision 0011).
///
/// `retries` limits each single request. When all web servers answer 5xx because they are
/// overloaded, it turns each request into three. Unlike with one bad web server among good ones,
/// these retries do not help. So failed retries are counted, and a request that arrives after too
/// many of them is not retried.
final class RetryBudget {
    /// This many failed retries in 10 s are allowed whatever their share: the share of a few
    /// requests says little.
    private static final int FLOOR = 100;

    private static final int NO_LIMIT = 100;

    /// Of a pool.
    private static final int LONGEST_NAME = 32;

    private RetryBudget() {}

    /// The rules of a frontend that clients use. Empty when there is no limit.
    static void rules(ConfigText text, Site site) {
        List<PoolRules.Group<Integer>> groups =
                PoolRules.groups(site, RetryBudget::percent).stream()
                        .filter(group -> group.value() < NO_LIMIT)
                        .toList();
        if (groups.isEmpty()) {
            return;
        }
        head(text, groups);
        boolean areMany = PoolRules.areNeeded(site);
        for (PoolRules.Group<Integer> group : groups) {
            text.add(
                    "    http-request track-sc0 %s table %s%s\n",
                    areMany ? "var(txn.pool)" : "int(1)",
                    site.defaultPool().retryTable(),
                    group.condition().isEmpty() ? "" : " if" + group.condition());
            text.add(
                    """
                        http-request set-var(req.retries_allowed) sc_http_req_rate(0),mul(%2$s),div(100),add(%1$s) if { sc_gpc_rate(0,0) gt %1$s }%3$s
                    """,
                    FLOOR, group.value(), group.condition());
        }
        text.add(
                """
                    http-request disable-l7-retry if { sc_gpc_rate(0,0),sub(req.retries_allowed) gt 0 }
                    http-after-response sc-add-gpc(0,0) txn.conn_retries if { txn.conn_retries gt 0 } { status ge 500 }
                """);
    }

    private static void head(ConfigText text, List<PoolRules.Group<Integer>> groups) {
        String percent = groups.size() == 1 ? groups.getFirst().value() + " %" : "the pool's share";
        text.add(
                """
                    # The budget for retries. When in the last 10 s more of them did not help than %1$s plus
                    # %2$s of the requests, the web servers are in trouble together: from now on a request is
                    # tried again only if no connection is established: then nothing was sent.
                    # Up to %1$s the variable is not set, and the condition that uses it does not hold.
                """,
                FLOOR, percent);
    }

    private static int percent(Pool pool) {
        return pool.settings().hasRetryBudget() ? pool.settings().retryBudget() : NO_LIMIT;
    }

    /// The table in which the rules count.
    static void table(ConfigText text, Site site) {
        if (site.pools().stream().noneMatch(pool -> percent(pool) < NO_LIMIT)) {
            return;
        }
        boolean areMany = PoolRules.areNeeded(site);
        text.add(
                """

                # No request comes here: this only holds the table of the budget for retries, with one
                # entry for %1$s. A reload begins with an empty one.
                backend %2$s
                    stick-table type %3$s size %4$s expire 1m store http_req_rate(10s),gpc_rate(1,10s)
                """,
                areMany ? "each pool" : "all",
                site.defaultPool().retryTable(),
                areMany ? "string len " + LONGEST_NAME : "integer",
                areMany ? site.pools().size() : 1);
    }
}
