package dev.tandem.render;

import dev.tandem.model.FrontDoor.Http3;
import dev.tandem.model.Frontend;
import dev.tandem.model.Ip4;
import dev.tandem.model.Site;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Collectors;

/// HTTP/3 (`http3`): QUIC on the ports of HTTPS, at the VIP alone.
///
/// A connection over UDP cannot be handed over. What can be done is that its client learns it at
/// once: the balancer that has the VIP now answers a packet of a connection that it does not know
/// with a stateless reset (RFC 9000, section 10.3), whose token both balancers can calculate, and
/// from the VIP, which only a socket that is bound to it can do.
final class Quic {
    /// For how long a client may remember that there is HTTP/3 (RFC 7838).
    private static final Duration REMEMBERED = Duration.ofMinutes(15);

    private Quic() {}

    private static boolean isOn(Site site) {
        return site.frontDoor().http3() == Http3.ON && site.hasWebServers();
    }

    static void global(ConfigText text, Site site) {
        if (isOn(site)) {
            text.add(
                    """

                        # http3: QUIC without 0-RTT, which this OpenSSL cannot do. The secret is the same on all
                        # balancers, from the site's key (the init): by it one tells the clients of the other
                        # that their connections are gone.
                        limited-quic
                        cluster-secret "${TANDEM_CLUSTER_SECRET-none}"
                        # A connection on which nothing moves ends after this, also while a web server is at work
                        # on the answer: so as long as that may take.
                        tune.quic.frontend.max-idle-timeout %s
                    """,
                    HaproxyCfg.longTime(slowestAnswer(site)));
        }
    }

    private static Duration slowestAnswer(Site site) {
        return site.pools().stream()
                .map(pool -> pool.patience().server())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /// @param crt what is shown
    static void bind(ConfigText text, Site site, Frontend frontend, String crt) {
        if (!isOn(site)) {
            return;
        }
        text.add(
                """
                    # http3: at the VIP, also while the peer has it.
                """);
        for (Ip4 vip : site.vips()) {
            text.add("%s\n", at(site, vip, frontend.port(), crt));
            frontend.more().forEach(port -> text.add("%s\n", at(site, vip, port, crt)));
        }
    }

    /// For what came over TLS.
    static void rules(ConfigText text, Site site) {
        if (isOn(site)) {
            text.add(
                    """
                        # http3: so a client learns of it; not where a balancer is called directly.
                        http-after-response set-header Alt-Svc 'h3=":%s"; ma=%s' if { dst %s }
                    """,
                    site.listen().https(),
                    REMEMBERED.toSeconds(),
                    site.vips().stream().map(Ip4::toString).collect(Collectors.joining(" ")));
        }
    }

    private static String at(Site site, Ip4 vip, int port, String crt) {
        return "    bind quic4@%s:%s transparent %s alpn h3%s"
                .formatted(vip, port, crt, MutualTls.ofBind(site));
    }
}
