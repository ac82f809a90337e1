package dev.tandem.render;

import dev.tandem.model.ClientCertificates;
import dev.tandem.model.ClientCertificates.Verify;
import dev.tandem.model.Route;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.Site;
import java.util.List;
import java.util.Optional;

/// The certificates of clients in haproxy.cfg (decision 0054).
///
/// The listener asks for one and takes connections without (`verify optional`), whatever the file
/// says: the init and the peer ask there, and have none. Who must have one is told by rules. One
/// that is shown and not good ends the handshake.
final class MutualTls {
    /// The room in a buffer for what web servers are told.
    private static final int ROOM = 1024;

    private MutualTls() {}

    /// The end of a `bind` for HTTPS.
    static String ofBind(Site site) {
        return site.tls()
                .clients()
                .map(clients ->
                        " ca-file "
                                + mounted(Layout.Tls.CLIENTS)
                                + clients.revoked()
                                        .map(_ -> " crl-file " + mounted(Layout.Tls.CLIENTS_CRL))
                                        .orElse("")
                                + " verify optional")
                .orElse("");
    }

    private static String mounted(String file) {
        return Layout.Mounted.TLS + file.substring(Layout.Tls.BALANCERS.length());
    }

    /// How many bytes are added to a request's headers.
    static int room(Site site) {
        return site.tls().clients().isPresent() ? ROOM : 0;
    }

    /// The rules of a frontend, when it is known which route a request has.
    static void rules(ConfigText text, Site site, Scheme came) {
        Optional<ClientCertificates> clients = site.tls().clients();
        if (clients.isEmpty()) {
            return;
        }
        text.add(
                """
                    # tls.clients: web servers are told who has shown a certificate; a client cannot say it.
                    http-request del-header ^(x[-_]ssl[-_]client[-_].*|client[-_]cert([-_]chain)?)$ -m reg
                """);
        if (came == Scheme.HTTPS) {
            text.add(
                    """
                        http-request set-header X-SSL-Client-DN %%[ssl_c_s_dn(,0,rfc2253)] if { ssl_c_used }
                        http-request set-header X-SSL-Client-Serial %%[ssl_c_serial,hex] if { ssl_c_used }
                        http-request set-header X-SSL-Client-SHA256 %%[ssl_c_der,sha2(256),hex,lower] if { ssl_c_used }
                    """);
        }
        who(site, clients.get().verify()).ifPresent(who -> must(text, site, came, who));
    }

    /// The condition that a request must come with one, after a space; none when no request must.
    private static Optional<String> who(Site site, Verify usual) {
        List<Route> routes = site.routing().routes();
        StringBuilder others = new StringBuilder();
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).admission().clientCertificate().orElse(usual) != usual) {
                others.append(' ').append(i + 1);
            }
        }
        String listed = "{ var(txn.route) -m str" + others + " }";
        return switch (usual) {
            case REQUIRED -> Optional.of(others.isEmpty() ? "" : " !" + listed);
            case OPTIONAL -> others.isEmpty() ? Optional.empty() : Optional.of(" " + listed);
        };
    }

    /// Over plain HTTP nobody has shown one. A balancer's question is answered here: what a web
    /// server says is nobody's who has no certificate, whatever address it comes from.
    private static void must(ConfigText text, Site site, Scheme came, String who) {
        String certified = came == Scheme.HTTPS ? " !{ ssl_c_used }" : "";
        text.add(
                """
                    # Without one: 403, over plain HTTP, too. The balancers ask each other without, and are told
                    # whether there are web servers, not what these say.
                    http-request return status 503 if balancers%1$s%2$s %3$s
                    http-request return status 200 if balancers%1$s%2$s
                    http-request deny deny_status 403%4$s
                """,
                certified,
                who,
                Routes.without(site, came),
                (certified + who).isEmpty() ? "" : " if" + certified + who);
    }
}
