package dev.tandem.file;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import java.util.List;
import java.util.stream.Stream;

/// The rule for a site of TCP services alone: it has no web servers, and so no listener for HTTP.
/// What is for these would have no effect, and is refused (decision 0068).
public final class TcpAlone {
    private static final List<Key> OF_HTTP =
            List.of(
                    WebKeys.BACKEND,
                    PoolKeys.POOLS,
                    PoolKeys.ROUTES,
                    WebKeys.TLS,
                    DoorKeys.REDIRECT_HTTP,
                    DoorKeys.ERRORS,
                    DoorKeys.HEADERS,
                    DoorKeys.TRUSTED_PROXIES,
                    DoorKeys.COMPRESSION,
                    DoorKeys.HTTP3);

    private static final List<Key> LISTENERS =
            List.of(
                    FrontKeys.LISTEN_HTTP,
                    FrontKeys.LISTEN_HTTPS,
                    FrontKeys.LISTEN_MORE_HTTP,
                    FrontKeys.LISTEN_MORE_HTTPS);

    private static final List<Key> LINES =
            List.of(
                    DoorKeys.HAPROXY_HTTP,
                    DoorKeys.HAPROXY_HTTPS,
                    DoorKeys.HAPROXY_BACKEND,
                    DoorKeys.HAPROXY_POOLS);

    private TcpAlone() {}

    /// The paths of all keys that such a site cannot have.
    public static List<String> paths() {
        return Stream.of(OF_HTTP, LISTENERS, LINES).flatMap(List::stream).map(Key::path).toList();
    }

    /// Whether a file is that of such a site.
    static boolean is(Fields root) {
        return !root.has(WebKeys.SERVERS) && root.has(ServiceKeys.SERVICES);
    }

    /// Refuses what needs web servers.
    static void check(Fields root, Problems problems) {
        if (!is(root)) {
            return;
        }
        refuse(root, OF_HTTP, problems);
        refuse(root, FrontKeys.LISTEN, LISTENERS, problems);
        refuse(root, DoorKeys.HAPROXY, LINES, problems);
    }

    private static void refuse(Fields root, Key section, List<Key> keys, Problems problems) {
        if (keys.stream().anyMatch(key -> root.has(section, key))) {
            refuse(root.section(section), keys, problems);
        }
    }

    private static void refuse(Fields fields, List<Key> keys, Problems problems) {
        for (Key key : keys) {
            if (fields.has(key)) {
                problems.add(
                        fields.spotOf(key),
                        key.path() + ": it is for web servers, and there are no 'servers'",
                        "remove it, or add '" + WebKeys.SERVERS.example() + "'");
            }
        }
    }
}
