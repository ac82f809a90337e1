package dev.tandem.change.plan;

import dev.tandem.render.Layout;
import java.util.List;

/// A part of a node's configuration that it can reload without a new container.
///
/// The node reports the hash of what it has loaded; the planner compares that with the wanted
/// files.
public enum Loadable {
    /// `haproxy.cfg`, by a reload: a new worker takes the listeners over from the old one.
    HAPROXY(Layout.HAPROXY, "haproxy"),
    /// The CAs against which web servers and clients are checked, and what these CAs have revoked;
    /// they are loaded by a reload, too.
    CA("set of CAs", "haproxy"),
    /// `keepalived.conf`, by SIGHUP: the VIP stays where it is.
    KEEPALIVED(Layout.KEEPALIVED, "keepalived"),
    /// `handover.nft`; its sets keep their contents.
    HANDOVER(Layout.HANDOVER, "handover"),
    /// The certificate that clients see, over HAProxy's runtime API, without a reload.
    CERTIFICATE("certificate", "certificate"),
    /// The lists of whose connections are taken, in the same way.
    ACCESS("access list", "access"),
    /// `nginx.conf`, by a reload: old workers finish their requests.
    NGINX(Layout.NGINX, "nginx"),
    /// The certificate of a web server, which Nginx reads at a reload.
    SERVER_CERTIFICATE("certificate", "nginx"),
    /// The secret by which a web server recognises drills; Nginx reads it at a reload, too.
    DRILL_SECRET("secret for drills", "nginx");

    /// What a node reports instead of a hash when its machine does not support this. `doctor` says
    /// why.
    static final String IMPOSSIBLE = "impossible";

    private final String title;
    private final String program;

    Loadable(String title, String program) {
        this.title = title;
        this.program = program;
    }

    /// The name that readers know.
    public String title() {
        return title;
    }

    /// The argument with which `reload` in the container loads it.
    public String program() {
        return program;
    }

    /// The parts of a balancer, in the order in which they are loaded: a certificate before the
    /// configuration that may need it.
    public static List<Loadable> ofBalancer() {
        return List.of(CERTIFICATE, ACCESS, CA, HAPROXY, HANDOVER, KEEPALIVED);
    }

    /// The parts of one of the site's own web servers.
    public static List<Loadable> ofWebServer() {
        return List.of(SERVER_CERTIFICATE, DRILL_SECRET, NGINX);
    }
}
