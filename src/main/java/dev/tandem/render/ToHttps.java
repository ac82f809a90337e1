package dev.tandem.render;

import dev.tandem.model.FrontDoor.RedirectHttp;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.Site;

/// How clients get to HTTPS, and stay there (`redirect_http`, `tls.hsts`). For a frontend.
final class ToHttps {
    private static final int USUAL_PORT = 443;

    private ToHttps() {}

    static void rules(ConfigText text, Site site, Scheme came) {
        switch (came) {
            case HTTP -> {
                if (site.frontDoor().redirectHttp() == RedirectHttp.ON) {
                    redirect(text, site);
                }
            }
            case HTTPS -> {
                site.tls()
                        .hsts()
                        .ifPresent(age ->
                                text.add(
                                        """
                                            # tls.hsts: so many seconds a browser asks over HTTPS alone (RFC 6797).
                                            http-after-response set-header Strict-Transport-Security max-age=%s
                                        """,
                                        age.toSeconds()));
                Quic.rules(text, site);
            }
        }
    }

    /// The name that the client asked for, without its port, which is that of plain HTTP.
    private static void redirect(ConfigText text, Site site) {
        int port = site.listen().https();
        text.add(
                """
                    # redirect_http: the same again over HTTPS; 308 keeps method and body. Not what a certificate
                    # authority looks for, which wants it here (RFC 8555, 8.3), and no request of a drill.
                    acl stays path_beg /.well-known/acme-challenge/
                    acl stays req.hdr(X-Tandem-Id) -m found
                """);
        if (!site.frontDoor().trustedProxies().isEmpty()) {
            text.add(
                    """
                        acl stays var(txn.came) -m found        # over HTTPS, to a trusted proxy
                    """);
        }
        text.add(
                """
                    http-request set-header Host %1$s if !stays !{ req.hdr(host) -m found }
                    http-request redirect code 301 location https://%%[req.hdr(host),%3$s]%2$s%%[pathq] if !stays { method GET HEAD }
                    http-request redirect code 308 location https://%%[req.hdr(host),%3$s]%2$s%%[pathq] if !stays
                """,
                site.vip().address(),
                port == USUAL_PORT ? "" : ":" + port,
                Ipv6.isOn(site) ? "host_only" : "field(1,:)");
    }
}
