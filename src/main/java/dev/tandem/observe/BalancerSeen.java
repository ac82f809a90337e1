package dev.tandem.observe;

import dev.tandem.model.ServerShare;
import java.util.List;
import java.util.Map;

/// What one balancer reports about itself, at one moment.
public sealed interface BalancerSeen {

    /// It answered.
    ///
    /// @param vrrp its role
    /// @param since when it took that role, as it wrote it; empty text when not reported
    /// @param serving whether its HAProxy answers
    /// @param holdsVip whether the VIP is on its interface
    /// @param mac its MAC address on the LAN; empty text when not reported
    /// @param arp the MAC addresses that answered its ARP request for the VIP; never its own
    /// @param loaded which files its programs run
    /// @param standing its duty, its processes, its addresses
    /// @param servers the web servers as it sees them
    record Answered(
            Vrrp vrrp,
            String since,
            boolean serving,
            boolean holdsVip,
            String mac,
            List<String> arp,
            Loaded loaded,
            Standing standing,
            List<ServerSeen> servers)
            implements BalancerSeen {
        public Answered {
            arp = List.copyOf(arp);
            servers = List.copyOf(servers);
        }

        /// The same, where the weights of some web servers are HAProxy's: what part that is of
        /// their own ones.
        Answered weighted(Map<String, ServerShare> shares) {
            return new Answered(
                    vrrp,
                    since,
                    serving,
                    holdsVip,
                    mac,
                    arp,
                    loaded,
                    standing,
                    servers.stream()
                            .map(one ->
                                    shares.containsKey(one.server())
                                            ? one.weighted(shares.get(one.server()))
                                            : one)
                            .toList());
        }
    }

    /// It is not running, or it did not answer.
    ///
    /// @param reason the reason, in a few words
    record Silent(String reason) implements BalancerSeen {}
}
