package dev.tandem.model;

import java.util.List;

/// Lines of HAProxy's own that the site file has for the sections of haproxy.cfg (`haproxy`).
/// Nothing is known of them, but that they open no section and repeat nothing on which a promise
/// rests.
///
/// @param global for `global`
/// @param http for the frontend of plain HTTP
/// @param https for that of HTTPS
/// @param backend for each backend with web servers
public record OwnLines(
        List<String> global, List<String> http, List<String> https, List<String> backend) {
    /// None.
    public static final OwnLines NONE = new OwnLines(List.of(), List.of(), List.of(), List.of());

    public OwnLines {
        global = List.copyOf(global);
        http = List.copyOf(http);
        https = List.copyOf(https);
        backend = List.copyOf(backend);
    }
}
