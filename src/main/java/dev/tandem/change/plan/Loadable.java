package dev.tandem.change.plan;

import dev.tandem.render.Layout;
import java.util.List;

/// A part of a node's configuration that it has loaded, and can load anew without a new container.
///
/// The node says the hash of what it has loaded; the planner compares that with the files wanted.
public enum Loadable {
    /// `haproxy.cfg`, by a reload: a new worker takes the listeners over from the old one.
    HAPROXY(Layout.HAPROXY, "haproxy"),
    /// The CAs that web servers are checked against; they come with a reload, too.
    CA("CA of the web servers", "haproxy"),
    /// `keepalived.conf`, by SIGHUP: the VIP stays where it is.
    KEEPALIVED(Layout.KEEPALIVED, "keepalived"),
    /// `handover.nft`; its sets keep what they hold.
    HANDOVER(Layout.HANDOVER, "handover"),
    /// The certificate that clients see, over HAProxy's runtime API: no reload.
    CERTIFICATE("certificate", "certificate"),
    /// `nginx.conf`, by a reload: old workers finish what they have.
    NGINX(Layout.NGINX, "nginx"),
    /// The certificate of a web server, which Nginx reads at a reload.
    SERVER_CERTIFICATE("certificate", "nginx");

    /// What a node says in the place of a hash: its machine cannot do this. `doctor` says why.
    static final String IMPOSSIBLE = "impossible";

    private final String title;
    private final String program;

    Loadable(String title, String program) {
        this.title = title;
        this.program = program;
    }

    /// What a reader knows it as.
    public String title() {
        return title;
    }

    /// What `reload` in the container is told to load it.
    public String program() {
        return program;
    }

    /// Those of a balancer, in the order in which they are loaded: a certificate before the
    /// configuration that may need it.
    public static List<Loadable> ofBalancer() {
        return List.of(CERTIFICATE, CA, HAPROXY, HANDOVER, KEEPALIVED);
    }

    /// Those of a web server of ours.
    public static List<Loadable> ofWebServer() {
        return List.of(SERVER_CERTIFICATE, NGINX);
    }
}
