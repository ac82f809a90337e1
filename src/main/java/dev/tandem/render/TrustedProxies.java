package dev.tandem.render;

import dev.tandem.model.Server.Scheme;
import dev.tandem.model.Site;
import java.util.ArrayList;
import java.util.List;

/// Who a client is when it comes over a proxy, in haproxy.cfg (decision 0045). All that follows in
/// a frontend - limits, the log, what web servers are told - goes by `src`, which is made right
/// here.
final class TrustedProxies {
    /// So many proxies, one behind the other, may be trusted.
    private static final int HOPS = 4;

    private TrustedProxies() {}

    /// For connections, before anything is counted.
    static void connections(ConfigText text, Site site) {
        if (!site.frontDoor().trustedProxies().isEmpty()) {
            Ranges.acl(text, "trusted", site.frontDoor().trustedProxies());
        }
        if (!site.listen().proxyProtocolFrom().isEmpty()) {
            text.add(
                    """
                        # These begin with the PROXY protocol, which says who their client is.
                    """);
            Ranges.acl(text, "speaking", site.listen().proxyProtocolFrom());
            text.add(
                    """
                        tcp-request connection expect-proxy layer4 if speaking
                    """);
        }
    }

    /// Whose connections are not counted: they are those of many clients.
    static String uncounted(Site site) {
        List<String> words = new ArrayList<>();
        if (!site.frontDoor().trustedProxies().isEmpty()) {
            words.add("trusted");
        }
        if (!site.listen().proxyProtocolFrom().isEmpty()) {
            words.add("speaking");
        }
        return words.isEmpty() ? "" : " unless " + String.join(" or ", words);
    }

    /// The condition that a connection is none of theirs, after a space; nothing where there are
    /// none.
    static String others(Site site) {
        return uncounted(site).replace(" unless ", " !").replace(" or ", " !");
    }

    /// For requests, before anything is counted, and before what clients say of themselves is
    /// deleted.
    static void requests(ConfigText text, Site site, Scheme came) {
        if (site.frontDoor().trustedProxies().isEmpty()) {
            return;
        }
        text.add(
                """
                    # trusted_proxies say for whom they ask; from now on that is the client (src). Of a chain of
                    # them, the last one that is none. What others say of it is deleted below.
                """);
        if (came == Scheme.HTTP) {
            text.add(
                    """
                        http-request set-var(txn.came) str(https) if trusted { req.hdr(X-Forwarded-Proto) -i https }
                    """);
        }
        for (int hop = 1; hop <= HOPS; hop++) {
            text.add("    http-request set-src req.hdr_ip(X-Forwarded-For,-%s) if trusted\n", hop);
        }
    }

    /// Whether a client's address may be none of IPv4: it is what a proxy says.
    static boolean exist(Site site) {
        return !uncounted(site).isEmpty();
    }

    /// What web servers are told of the way to the proxy, where that was another one.
    static void forwarded(ConfigText text, Site site, Scheme came) {
        if (came == Scheme.HTTP && !site.frontDoor().trustedProxies().isEmpty()) {
            text.add(
                    """
                        http-request set-header X-Forwarded-Proto https if { var(txn.came) -m found }
                        http-request set-header X-Forwarded-Port 443 if { var(txn.came) -m found }
                    """);
        }
    }
}
