package dev.tandem.model;

import java.util.List;
import java.util.Optional;

/// How requests are spread over the web servers.
///
/// @param balance the algorithm
/// @param retries how often a failed request is tried again, 0 to 10 (HAProxy's `retries`)
/// @param check the path that a web server must answer to be in rotation
/// @param retryMethods the methods besides GET and HEAD whose requests may be sent twice
/// @param retryBudget how many retries may fail, over all requests together, in percent of the
///   requests, 0 to 100; 100 means no limit
/// @param outlierDetection whether a web server that fails its clients leaves rotation for a while
/// @param httpReuse which requests may use a connection that was used before
/// @param checkHost the `Host` of that question; empty: the first name of the site's certificate
/// @param nameservers who is asked where web servers with a hostname are; none: those of the
///   balancer's system
/// @param checking how the question of `check` is asked, and which answer is good
/// @param sticky whether a client stays with the web server that it had
/// @param maintenance what clients get while all of its web servers are out of service; empty: what
///   HAProxy says
/// @param proxyProtocol how web servers are told who the client is, before its first request;
///   empty: they are not
public record Backend(
        Balance balance,
        int retries,
        String check,
        List<String> retryMethods,
        int retryBudget,
        OutlierDetection outlierDetection,
        HttpReuse httpReuse,
        Optional<String> checkHost,
        List<Nameserver> nameservers,
        Checking checking,
        Sticky sticky,
        Optional<GivenFile> maintenance,
        Optional<ProxyProtocol> proxyProtocol) {
    /// The default (decision 0011).
    public static final int USUAL_RETRY_BUDGET = 20;

    private static final int WHOLE = 100;

    public Backend {
        retryMethods = List.copyOf(retryMethods);
        nameservers = List.copyOf(nameservers);
    }

    /// A backend with the defaults: it sends only GET and HEAD twice, within the usual budget, and
    /// detects outliers.
    public Backend(Balance balance, int retries, String check) {
        this(
                balance,
                retries,
                check,
                List.of(),
                USUAL_RETRY_BUDGET,
                OutlierDetection.ON,
                HttpReuse.SAFE);
    }

    /// The same, asked for the first name of the site's certificate.
    public Backend(
            Balance balance,
            int retries,
            String check,
            List<String> retryMethods,
            int retryBudget,
            OutlierDetection outlierDetection,
            HttpReuse httpReuse) {
        this(
                balance,
                retries,
                check,
                retryMethods,
                retryBudget,
                outlierDetection,
                httpReuse,
                Optional.empty(),
                List.of(),
                Checking.USUAL,
                Sticky.NONE,
                Optional.empty(),
                Optional.empty());
    }

    /// A path that a client can ask for, with a good answer from every web server that passes its
    /// checks, as far as it is known.
    public String pathForClients() {
        return checking.isAsClientsAsk() ? check : "/";
    }

    /// Whether retries are limited over all requests together, besides the limit for each one.
    public boolean hasRetryBudget() {
        return retries > 0 && retryBudget < WHOLE;
    }

    /// Whether the share of requests that a web server fails counts, besides its checks (decision
    /// 0029).
    public enum OutlierDetection {
        ON,
        OFF
    }

    /// Which requests may use a connection to a web server that was used before. The web server may
    /// be closing it at that very moment, and then there is no answer.
    public enum HttpReuse {
        /// Those that are tried again when there is none.
        SAFE("safe"),
        ALWAYS("always"),
        NEVER("never");

        private final String word;

        HttpReuse(String word) {
            this.word = word;
        }

        /// The word for it in the site file.
        public String word() {
            return word;
        }
    }

    /// Whether a client stays with the web server that it had (decision 0051). All balancers find
    /// the same one, without a table.
    public enum Sticky {
        /// Each request may go to another one.
        NONE("none"),
        /// A cookie says which one it was.
        COOKIE("cookie"),
        /// The client's address does.
        SOURCE("source");

        private final String word;

        Sticky(String word) {
            this.word = word;
        }

        /// The word for it in the site file.
        public String word() {
            return word;
        }
    }

    /// HAProxy's algorithms that need no further argument (HAProxy 3.0 configuration manual,
    /// `balance`).
    public enum Balance {
        ROUNDROBIN("roundrobin"),
        STATIC_RR("static-rr"),
        LEASTCONN("leastconn"),
        FIRST("first"),
        SOURCE("source"),
        RANDOM("random");

        private final String word;

        Balance(String word) {
            this.word = word;
        }

        /// HAProxy's own word for it, the same in the site file.
        public String word() {
            return word;
        }
    }
}
