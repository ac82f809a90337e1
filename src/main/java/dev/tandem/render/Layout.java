package dev.tandem.render;

import java.util.List;
import java.util.Optional;

/// Where everything lies in the directory of a site, `.tandem/SITE` beside the site file:
///
/// ```
/// compose.yaml
/// haproxy-a/haproxy.cfg, keepalived.conf, handover.nft, servers.state, duty
/// haproxy-a/routes.map, hosts.map, allowed.lst, denied.lst      where they are needed
/// haproxy-a/sticky.map                    where cookies name web servers
/// haproxy-a/error-503.html ...            see Pages
/// web-a/nginx.conf, content/index.html
/// tls/...                                 see Tls
/// .tandem.yaml, .orders ...               see Notes
/// .journal, history/7/journal, before/    the change in progress, and those that have ended
/// .lock, .next, .plan-4711                while a change is in progress or planned
/// faults, runs                            from drills
/// ```
///
/// Over several machines, what lies on each of them is in a directory of its own: `machines/m1` has
/// compose.yaml, the directories of its nodes, and of `tls` what these mount.
///
/// The one place that knows these names; it neither reads nor writes. Paths are relative to the
/// directory, with `/` between their parts.
public final class Layout {
    /// The directory of all sites, beside the site file.
    public static final String PARENT = ".tandem";

    /// Within it, the directory of the pairs that Tandem did not build.
    public static final String PAIRS = "pairs";

    /// The directories of what lies on each machine. No node of such a site has this name.
    public static final String MACHINES = "machines";

    /// What Compose runs.
    public static final String COMPOSE = "compose.yaml";

    /// HAProxy's configuration, in a balancer's directory.
    public static final String HAPROXY = "haproxy.cfg";

    /// Keepalived's.
    public static final String KEEPALIVED = "keepalived.conf";

    /// The packet filter that hands connections over.
    public static final String HANDOVER = "handover.nft";

    /// HAProxy's map of many routes, in a balancer's directory.
    public static final String ROUTES_MAP = "routes.map";

    /// And that of the names in it which stand for several.
    public static final String HOSTS_MAP = "hosts.map";

    /// Whose connections alone are taken, in a balancer's directory.
    public static final String ALLOWED_LIST = "allowed.lst";

    /// And whose are not.
    public static final String DENIED_LIST = "denied.lst";

    /// HAProxy's map of the web servers whose cookies count no more, in a balancer's directory.
    public static final String STICKY_MAP = "sticky.map";

    /// Nginx's configuration, in a web server's directory.
    public static final String NGINX = "nginx.conf";

    /// Files with this ending are not part of a site's state: they are for git.
    public static final String IGNORED_BY_GIT = ".gitignore";

    /// The changes that have ended, each in a directory with its number.
    public static final String HISTORY = "history";

    /// In the directory of a change: what it did.
    public static final String JOURNAL = "journal";

    /// In the directory of a change: the state before it.
    public static final String BEFORE = "before";

    /// Held while a change is in progress.
    public static final String LOCK = ".lock";

    /// The next state, while it is made and judged.
    public static final String NEXT = ".next";

    /// The journals of open faults.
    public static final String FAULTS = "faults";

    /// The records of drills.
    public static final String RUNS = "runs";

    private static final String SERVERS_STATE = "servers.state";
    private static final String DUTY = "duty";
    private static final String CONTENT = "content";
    private static final String PAGE = "index.html";

    private Layout() {}

    /// HAProxy's configuration.
    public static String haproxy(String balancer) {
        return in(balancer, HAPROXY);
    }

    /// Keepalived's.
    public static String keepalived(String balancer) {
        return in(balancer, KEEPALIVED);
    }

    /// The packet filter, where connections are handed over.
    public static String handover(String balancer) {
        return in(balancer, HANDOVER);
    }

    /// The lists of whose connections are taken, as far as there are any.
    public static List<String> accessLists(String balancer) {
        return List.of(in(balancer, ALLOWED_LIST), in(balancer, DENIED_LIST));
    }

    /// A file with this name in a balancer's directory.
    public static String ofBalancer(String balancer, String name) {
        return in(balancer, name);
    }

    /// What operators ask of web servers.
    public static String serversState(String balancer) {
        return in(balancer, SERVERS_STATE);
    }

    /// Whose cookies count no more because of that.
    public static String stickyMap(String balancer) {
        return in(balancer, STICKY_MAP);
    }

    /// What operators ask of the balancer itself.
    public static String duty(String balancer) {
        return in(balancer, DUTY);
    }

    /// Whether a file holds operators' orders: {@link #serversState}, {@link #stickyMap} or {@link
    /// #duty}.
    public static boolean isOrder(String path) {
        return path.endsWith("/" + SERVERS_STATE)
                || path.endsWith("/" + STICKY_MAP)
                || path.endsWith("/" + DUTY);
    }

    /// Nginx's configuration.
    public static String nginx(String server) {
        return in(server, NGINX);
    }

    /// What a web server serves when the site file sets no content.
    public static String content(String server) {
        return in(server, CONTENT);
    }

    /// The page of that content.
    public static String page(String server) {
        return in(content(server), PAGE);
    }

    /// The next state for a plan that is only shown; several may exist at once.
    public static String plan(long process) {
        return ".plan-" + process;
    }

    /// The directory of a site on each of its machines.
    public static String onMachines(String site) {
        return "/var/lib/tandem/" + site;
    }

    /// The machine on which a file lies, by its place in the site's directory; empty: on none.
    public static Optional<String> machineOf(String path) {
        int end = path.indexOf('/', MACHINES.length() + 1);
        return isIn(MACHINES, path) && end > 0
                ? Optional.of(path.substring(MACHINES.length() + 1, end))
                : Optional.empty();
    }

    /// Its path there; the path of any other file is its place.
    public static String there(String path) {
        return machineOf(path)
                .map(machine -> path.substring(machine(machine).length() + 1))
                .orElse(path);
    }

    /// Whether a path is that of what Compose runs.
    public static boolean isCompose(String path) {
        return there(path).equals(COMPOSE);
    }

    /// What lies on a machine.
    public static String machine(String name) {
        return in(MACHINES, name);
    }

    /// The place in the site's directory of a file that lies on a machine.
    public static String onMachine(String machine, String path) {
        return in(machine(machine), path);
    }

    /// The same; without a machine, its path is its place.
    public static String placed(Optional<String> machine, String path) {
        return machine.map(name -> onMachine(name, path)).orElse(path);
    }

    /// Whether a path is that of a certificate, or of a key, as it lies on a machine.
    public static boolean isCertificateOnMachine(String path) {
        int name = MACHINES.length() + 1;
        int end = path.indexOf('/', name);
        return isIn(MACHINES, path) && end > 0 && Tls.has(path.substring(end + 1));
    }

    /// Whether a path lies in a directory.
    public static boolean isIn(String directory, String path) {
        return path.startsWith(directory + "/");
    }

    private static String in(String directory, String name) {
        return directory + "/" + name;
    }

    /// Certificates, in the directory {@link #TLS}. They are made, not rendered. Names here are
    /// relative to that directory; {@link #path} turns one into a path.
    ///
    /// ```
    /// ca.pem, ca.key                          the site's own CA; its key is mounted nowhere
    /// balancer/site.pem                       what clients see: certificate, intermediates, key
    /// balancer/site-<name>.pem                the same for those who ask for other names
    /// balancer/ca.pem                         what the site's own web servers are checked against
    /// balancer/ca-<server>.pem                the same for an existing web server
    /// balancer/ca-notify.<name>.pem, notify.<name>.token, .command     for one who is told
    /// balancer/ca.clients.pem, -crl.pem       what clients are checked against
    /// <web server>/server.pem, server.key     what Nginx shows to the balancers
    /// <web server>/drill.conf                 the secret that a drill's requests show it
    /// ```
    public static final class Tls {
        /// The directory.
        public static final String TLS = "tls";

        /// What the balancers mount.
        public static final String BALANCERS = "balancer";

        /// The site's own CA.
        public static final String AUTHORITY = "ca.pem";

        /// Its key.
        public static final String AUTHORITY_KEY = "ca.key";

        /// The file with the certificate that clients see, as the balancers mount it.
        public static final String SITE_FILE = "site.pem";

        /// The CAs of clients. No web server has a dot in its name.
        public static final String CLIENTS = in(BALANCERS, "ca.clients.pem");

        /// Their revocation lists.
        public static final String CLIENTS_CRL = in(BALANCERS, "ca.clients-crl.pem");

        /// Whether a name, relative to this directory, is that of one of these two.
        public static boolean isOfClients(String name) {
            return name.equals(CLIENTS) || name.equals(CLIENTS_CRL);
        }

        /// The certificate that clients see, with its key.
        public static final String SITE = in(BALANCERS, SITE_FILE);

        /// The file with one of several certificates, as the balancers mount it.
        public static String namedFile(String name) {
            return "site-" + name + ".pem";
        }

        /// The same, relative to this directory.
        public static String named(String name) {
            return in(BALANCERS, namedFile(name));
        }

        /// Whether a name, relative to this directory, is that of such a file.
        public static boolean isNamed(String name) {
            return name.startsWith(in(BALANCERS, "site-"));
        }

        /// Whether a path is that of a certificate that clients see.
        public static boolean isSeenByClients(String path) {
            return path.equals(path(SITE)) || path.startsWith(path(in(BALANCERS, "site-")));
        }

        /// The certificate of a web server, as the server mounts it.
        public static final String SERVER_FILE = "server.pem";

        /// Its key.
        public static final String SERVER_KEY_FILE = "server.key";

        /// The file with which a web server recognises drills, as the server mounts it.
        public static final String DRILL_FILE = "drill.conf";

        /// The same as Nginx includes it: it may be missing.
        public static final String DRILL_INCLUDE = "drill.con[f]";

        /// What the balancers check the site's own web servers against.
        public static final String BALANCERS_AUTHORITY = in(BALANCERS, AUTHORITY);

        private Tls() {}

        /// The path of a file with this name.
        public static String path(String name) {
            return in(TLS, name);
        }

        /// Whether a path lies in the directory.
        public static boolean has(String path) {
            return isIn(TLS, path);
        }

        /// The file with which one of the site's own web servers recognises drills.
        public static String drill(String server) {
            return in(server, DRILL_FILE);
        }

        /// Whether a path is that of such a file.
        public static boolean isDrill(String path) {
            return has(path) && path.endsWith("/" + DRILL_FILE);
        }

        /// Whether a path is that of a file directly in the directory.
        public static boolean isAtTop(String path) {
            return has(path) && path.indexOf('/', TLS.length() + 1) < 0;
        }

        /// The file with the CA of an existing web server, as the balancers mount it.
        public static String authorityFile(String server) {
            return "ca-" + server + ".pem";
        }

        /// What a receiver of notices is called among web servers, of which none has a dot.
        public static String receiver(String name) {
            return "notify." + name;
        }

        /// What proves to a receiver that it may be told, relative to this directory.
        public static String token(String receiver) {
            return in(BALANCERS, receiver(receiver) + ".token");
        }

        /// The program that tells a receiver of notices, relative to this directory.
        public static String command(String receiver) {
            return in(BALANCERS, receiver(receiver) + ".command");
        }

        /// Whether a path is that of one of these two, or of a copy on a machine.
        public static boolean isOfReceiver(String path) {
            return path.endsWith(".token") || path.endsWith(".command");
        }

        /// The same, relative to this directory.
        public static String authority(String server) {
            return in(BALANCERS, authorityFile(server));
        }

        /// Whether a path is that of a CA against which the balancers check a web server.
        public static boolean isBalancersAuthority(String path) {
            return path.startsWith(path(in(BALANCERS, "ca")));
        }

        /// The certificate of one of the site's own web servers.
        public static String server(String server) {
            return in(server, SERVER_FILE);
        }

        /// Its key.
        public static String serverKey(String server) {
            return in(server, SERVER_KEY_FILE);
        }
    }

    /// Where a container sees its files: its directory, its part of the certificates, and what a
    /// web server serves. The programs in `images/` know these paths, too.
    public static final class Mounted {
        /// The node's directory.
        public static final String CONFIGURATION = "/etc/tandem";

        /// Its part of {@link Tls}.
        public static final String TLS = "/etc/tandem-tls";

        /// What Nginx serves.
        public static final String CONTENT = "/srv/content";

        private Mounted() {}
    }
}
