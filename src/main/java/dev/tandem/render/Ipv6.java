package dev.tandem.render;

import dev.tandem.model.AddressRange;
import dev.tandem.model.Ip;
import dev.tandem.model.Ip6;
import dev.tandem.model.Listen;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.List;
import java.util.stream.Stream;

/// What is different when clients come over IPv6, or a server is there (decision 0056). A site that
/// has neither is rendered as if there were no IPv6.
final class Ipv6 {
    /// What a provider gives to one customer at least: a machine has as many addresses in it as it
    /// likes (RFC 8981), so they count as one client.
    private static final int ONE_CLIENT = 64;

    private Ipv6() {}

    /// Whether balancers listen on addresses of IPv6.
    static boolean isOn(Site site) {
        return site.listen().ipv6() == Listen.Ipv6.ON;
    }

    /// Whether a balancer has anything to do with IPv6.
    static boolean isSpoken(Site site) {
        Stream<String> web =
                site.allServers().stream()
                        .flatMap(one ->
                                one instanceof Server.Existing there
                                        ? Stream.of(there.host())
                                        : Stream.empty());
        Stream<String> others = site.tcpServers().stream().map(one -> one.url().host());
        return isOn(site)
                || Stream.concat(web, others)
                        .flatMap(host -> Ip.ofHost(host).stream())
                        .anyMatch(Ip6.class::isInstance);
    }

    /// The same port again. `v6only`: IPv4 has a line of its own, and an address that is written as
    /// `::ffff:192.0.2.1` would be in no list of IPv4.
    ///
    /// @param how what follows on the line; may be empty
    static void bind(ConfigText text, Site site, int port, String how) {
        if (isOn(site)) {
            text.add("    bind :::%s v6only%s\n", port, how.isEmpty() ? "" : " " + how);
        }
    }

    /// By what clients are told apart where they are counted. Of `::ffff:192.0.2.1`, as a proxy may
    /// write it, HAProxy takes the address of IPv4.
    static String client(Site site) {
        return isOn(site) ? "src,ipmask(32," + ONE_CLIENT + ")" : "src";
    }

    /// The type of a table whose keys these are.
    static String table(Site site) {
        return isOn(site) || TrustedProxies.exist(site) ? "ipv6" : "ip";
    }

    /// For connections, before anything is decided by an address.
    static void disguised(ConfigText text, Site site) {
        if (isOn(site)) {
            text.add(
                    """
                        # HAProxy takes 2002:a.b.c.d (6to4) and ::a.b.c.d for the address of IPv4 in it, so these
                        # would be in lists of IPv4. Nobody has them any more (RFC 7526; RFC 4291, 2.5.5.1).
                        tcp-request connection reject if { src 2002::/16 ::/96 }
                    """);
        }
    }

    /// A list of the site file, where `any` is everybody.
    static List<AddressRange> ranges(Site site, List<AddressRange> given) {
        return isOn(site) && given.contains(AddressRange.ANY)
                ? Stream.concat(given.stream(), Stream.of(AddressRange.ANY6)).distinct().toList()
                : given;
    }

    /// What the network of a balancer does by itself; Docker turns IPv6 off where its own network
    /// has none. Who announces itself as a router of the LAN gives the addresses.
    static String kernel(Site site) {
        return isSpoken(site)
                ? ConfigText.block(
                        """
                                                            # IPv6, which Docker turns off: an address comes
                            net.ipv6.conf.all.disable_ipv6: 0           # from the LAN's router
                            net.ipv6.conf.default.disable_ipv6: 0
                            net.ipv6.conf.all.forwarding: 0     # no way past HAProxy here either
                            net.ipv6.conf.default.accept_redirects: 0
                            net.ipv6.conf.all.accept_redirects: 0
                        """)
                : "";
    }
}
