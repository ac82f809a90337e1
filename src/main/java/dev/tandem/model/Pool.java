package dev.tandem.model;

import dev.tandem.model.HaproxyBackend.Kind;
import dev.tandem.model.Server.Scheme;
import java.util.List;
import java.util.stream.Stream;

/// Web servers that share requests, and how requests are spread over them.
///
/// HAProxy has several backends for one pool: see {@link HaproxyBackend}. Their names, and all
/// others that haproxy.cfg derives from a pool, come from here.
///
/// @param name its name
/// @param servers at least one
/// @param settings how requests are spread over them
/// @param patience how long they may take
public record Pool(String name, List<Server> servers, Backend settings, Patience patience) {
    /// The pool that the site file does not name.
    public static final String UNNAMED = "web";

    /// HAProxy's manual has it in its examples.
    private static final String COOKIE = "SRV";

    static final String RETRIES = "retries";

    public Pool {
        servers = List.copyOf(servers);
    }

    /// Whether it has a web server of this name.
    public boolean has(String server) {
        return servers.stream().anyMatch(one -> one.name().equals(server));
    }

    /// Where a request that arrived over this scheme goes while a web server passes its checks.
    public HaproxyBackend checked(Scheme came) {
        return new HaproxyBackend(this, Kind.CHECKED, came);
    }

    /// Where such a request goes when no web server passes its checks.
    public HaproxyBackend lastResort(Scheme came) {
        return new HaproxyBackend(this, Kind.LAST_RESORT, came);
    }

    /// All of HAProxy's backends for this pool, in the order of haproxy.cfg: checked ones first.
    public List<HaproxyBackend> backends() {
        return Stream.of(Kind.values())
                .flatMap(kind ->
                        Stream.of(Scheme.values())
                                .map(came -> new HaproxyBackend(this, kind, came)))
                .toList();
    }

    /// The table in which HAProxy counts failed retries. It is a backend, too, but without web
    /// servers, and no request goes to it.
    public String retryTable() {
        return called(name, RETRIES);
    }

    /// Whether a cookie says which of its web servers a client has.
    public boolean hasCookie() {
        return settings.sticky() == Backend.Sticky.COOKIE;
    }

    /// The name of that cookie, another one for each pool: several may answer for one host.
    public String cookie() {
        return called(name, COOKIE);
    }

    /// The name of something that exists once per pool: the plain word for the pool without a name.
    static String called(String name, String word) {
        return name.equals(UNNAMED) ? word : word + "-" + name;
    }
}
