package dev.tandem.model;

import java.util.List;
import java.util.Optional;

/// A pair of balancers that Tandem did not build: what a drill must know about it.
///
/// @param name its name
/// @param vip the address that the requests go to
/// @param http the port for plain HTTP
/// @param https its HTTPS; empty: none
/// @param paths what the requests ask for
/// @param balancers the names of their containers, at least one; the first is master
/// @param servers the names of the web servers' containers
public record Pair(
        String name,
        Ip4 vip,
        int http,
        Optional<Https> https,
        Paths paths,
        List<String> balancers,
        List<String> servers) {
    public Pair {
        balancers = List.copyOf(balancers);
        servers = List.copyOf(servers);
    }

    /// The HTTPS side of a pair.
    ///
    /// @param port its TCP port
    /// @param ca the file with the trusted CA certificates, relative to the pair file or absolute
    public record Https(int port, String ca) {}

    /// What the requests ask for.
    ///
    /// @param check the path of ordinary requests
    /// @param slow a path whose answer takes seconds; empty: none is known
    /// @param upload a path that accepts a POST; empty: none is known
    /// @param secret the file with what requests for these two show, relative to the pair file or
    ///   absolute; empty: they show nothing
    public record Paths(
            String check,
            Optional<String> slow,
            Optional<String> upload,
            Optional<String> secret) {}
}
