package dev.tandem.model;

import java.util.Optional;

/// An IP address, of either version.
public sealed interface Ip permits Ip4, Ip6 {
    /// How many bits it has.
    int size();

    /// The same with all bits behind the first `prefix` set to zero.
    ///
    /// @param prefix from 0 to {@link #size()}
    Ip first(int prefix);

    /// Reads an address of either version; empty when it is neither.
    static Optional<Ip> parse(String text) {
        Optional<Ip> four = Ip4.parse(text).map(Ip.class::cast);
        return four.isPresent() ? four : Ip6.parse(text).map(Ip.class::cast);
    }

    /// The address that the host of a URL is (RFC 3986, 3.2.2: one of IPv6 stands in brackets);
    /// empty when it is a name.
    static Optional<Ip> ofHost(String host) {
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        return isBracketed
                ? Ip6.parse(host.substring(1, host.length() - 1)).map(Ip.class::cast)
                : Ip4.parse(host).map(Ip.class::cast);
    }
}
