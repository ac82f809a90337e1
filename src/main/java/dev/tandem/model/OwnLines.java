package dev.tandem.model;

import java.util.List;

/// Lines of HAProxy's own that the site file has for the sections of haproxy.cfg (`haproxy`).
/// Nothing is known of them, but that they open no section and repeat nothing on which a promise
/// rests.
///
/// @param global for `global`
/// @param http for the frontend of plain HTTP
/// @param https for that of HTTPS
/// @param backend for the backends of the pool that has no name
/// @param pool for those of the other pools
public record OwnLines(
        List<String> global,
        List<String> http,
        List<String> https,
        List<String> backend,
        List<OfPool> pool) {
    /// None.
    public static final OwnLines NONE =
            new OwnLines(List.of(), List.of(), List.of(), List.of(), List.of());

    public OwnLines {
        global = List.copyOf(global);
        http = List.copyOf(http);
        https = List.copyOf(https);
        backend = List.copyOf(backend);
        pool = List.copyOf(pool);
    }

    /// Lines for the backends of one pool.
    ///
    /// @param name of the pool
    public record OfPool(String name, List<String> lines) {
        public OfPool {
            lines = List.copyOf(lines);
        }
    }

    /// Those for the backends of a pool.
    public List<String> of(Pool of) {
        return of.name().equals(Pool.UNNAMED)
                ? backend
                : pool.stream()
                        .filter(one -> one.name().equals(of.name()))
                        .flatMap(one -> one.lines().stream())
                        .toList();
    }
}
