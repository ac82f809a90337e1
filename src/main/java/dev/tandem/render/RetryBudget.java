package dev.tandem.render;

import dev.tandem.model.Pool;

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

    private RetryBudget() {}

    /// The rules of a frontend that clients use. Empty when there is no limit.
    static void rules(ConfigText text, Pool pool) {
        if (!pool.settings().hasRetryBudget()) {
            return;
        }
        text.add(
                """
                    # The budget for retries. When in the last 10 s more of them did not help than %1$s plus
                    # %2$s %% of the requests, the web servers are in trouble together: from now on a request is
                    # tried again only if no connection is established: then nothing was sent.
                    # Up to %1$s the variable is not set, and the condition that uses it does not hold.
                    http-request track-sc0 int(1) table %3$s
                    http-request set-var(req.retries_allowed) sc_http_req_rate(0),mul(%2$s),div(100),add(%1$s) if { sc_gpc_rate(0,0) gt %1$s }
                    http-request disable-l7-retry if { sc_gpc_rate(0,0),sub(req.retries_allowed) gt 0 }
                    http-after-response sc-add-gpc(0,0) txn.conn_retries if { txn.conn_retries gt 0 } { status ge 500 }
                """,
                FLOOR, pool.settings().retryBudget(), pool.retryTable());
    }

    /// The table in which the rules count.
    static void table(ConfigText text, Pool pool) {
        if (!pool.settings().hasRetryBudget()) {
            return;
        }
        text.add(
                """

                # No request comes here: this only holds the table of the budget for retries, with one
                # entry for all. A reload begins with an empty one.
                backend %s
                    stick-table type integer size 1 expire 1m store http_req_rate(10s),gpc_rate(1,10s)
                """,
                pool.retryTable());
    }
}
