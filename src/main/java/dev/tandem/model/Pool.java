package dev.tandem.model;

import dev.tandem.model.HaproxyBackend.Kind;
import dev.tandem.model.Server.Scheme;
import java.util.List;
import java.util.stream.Stream;

/// Web servers that share requests, and how these are spread over them.
///
/// It is HAProxy's in more than one backend: see {@link HaproxyBackend}. Their names, and all
/// others that haproxy.cfg derives from a pool, come from here.
///
/// @param name its own
/// @param servers at least one
/// @param settings how requests are spread over them
public record Pool(String name, List<Server> servers, Backend settings) {
    /// The pool of a site that does not name any.
    static final String UNNAMED = "web";

    public Pool {
        servers = List.copyOf(servers);
    }

    /// Whether it has a web server of this name.
    public boolean has(String server) {
        return servers.stream().anyMatch(one -> one.name().equals(server));
    }

    /// Where a request goes that came in this way, as long as a web server passes its checks there.
    public HaproxyBackend checked(Scheme came) {
        return new HaproxyBackend(this, Kind.CHECKED, came);
    }

    /// Where it goes when none does.
    public HaproxyBackend lastResort(Scheme came) {
        return new HaproxyBackend(this, Kind.LAST_RESORT, came);
    }

    /// All of HAProxy's backends for this pool, in the order of haproxy.cfg: first what has checks.
    public List<HaproxyBackend> backends() {
        return Stream.of(Kind.values())
                .flatMap(kind ->
                        Stream.of(Scheme.values())
                                .map(came -> new HaproxyBackend(this, kind, came)))
                .toList();
    }

    /// The table in which HAProxy counts retries that did not help. It is a backend, too, but one
    /// without web servers, to which no request goes.
    public String retryTable() {
        return called("retries");
    }

    /// What there is once for each pool: the plain word for the pool without a name of its own.
    String called(String word) {
        return name.equals(UNNAMED) ? word : word + "-" + name;
    }
}
