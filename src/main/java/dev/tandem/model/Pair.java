package dev.tandem.model;

import java.util.List;
import java.util.Optional;

/// A pair of balancers that Tandem did not build, as far as a drill must know it.
///
/// @param name what it is called
/// @param vip the address that the requests go to
/// @param http the port for plain HTTP
/// @param https how HTTPS is spoken; empty: not at all
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

    /// How HTTPS is spoken.
    ///
    /// @param port its TCP port
    /// @param ca the file with the CA certificates that are trusted, relative to the pair file or
    ///   absolute
    public record Https(int port, String ca) {}

    /// What the requests ask for.
    ///
    /// @param check ordinary ones
    /// @param slow what takes seconds; empty: nothing is known that does
    /// @param upload what takes a POST; empty: nothing is known that does
    public record Paths(String check, Optional<String> slow, Optional<String> upload) {}
}
