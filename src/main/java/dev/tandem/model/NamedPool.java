package dev.tandem.model;

import java.util.List;

/// A pool of web servers that the site file names, besides the one that it does not: see {@link
/// Pool}.
///
/// @param name its name; it is the beginning of HAProxy's names for it
/// @param settings how requests are spread over its web servers
/// @param timing what it sets of the site's times
/// @param servers at least one
public record NamedPool(String name, Backend settings, PoolTiming timing, List<Server> servers) {
    public NamedPool {
        servers = List.copyOf(servers);
    }
}
