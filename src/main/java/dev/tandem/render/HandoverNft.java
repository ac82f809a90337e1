package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Site;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// handover.nft of one balancer: the packet filter that lets open connections outlive a move of the
/// VIP. For the reasons, see docs/decisions/0010-handover.md.
final class HandoverNft {
    /// How long the peer may still have connections after it was master.
    private static final Duration DRAIN = Duration.ofHours(24);

    /// What tells a beacon from the VIP's adverts, as nft writes four bytes.
    private static final String BEACON = "0x%08x".formatted(Ip4.of(Beacon.ADDRESS).bits());

    private HandoverNft() {}

    static String render(Site site, Balancer balancer) {
        Balancer peer = Beacon.peer(site, balancer);
        ConfigText text = new ConfigText();
        head(text, site, balancer, peer);
        sets(text);
        hooks(text, site.vips(), peer.lanAddress());
        beacons(text, site);
        begin(text, peer.lanAddress());
        belongs(text);
        elsewhere(text, peer.lanAddress());
        return text.toString();
    }

    private static void head(ConfigText text, Site site, Balancer balancer, Balancer peer) {
        text.add(
                """
                # handover.nft of %1$s, site %2$s: open connections outlive a move of the VIP %3$s.
                # Written by Tandem from tandem.yaml; change it there. Manual: nft(8).
                # To see it at work:  nft list table ip handover
                #
                # The VIP is always on lo, too, so a balancer that lost it keeps the sockets of its
                # clients. Whoever gets a packet for the VIP that belongs to no socket of its own
                # sends it to the other balancer, %4$s, which answers the client directly.
                #
                # The TTL says what the sender meant, and so keeps packets from going round in circles
                # (`dup` takes 1 from what is set here):
                #   1  sent on: you should have it      3  sent back: I do not have it either
                #   2  a copy: have a look at it

                # The init writes the name of the LAN's interface here: define LAN = eth0
                include "/run/tandem/lan.nft"

                # What was loaded before goes, but not what the sets know. Never `flush ruleset`: Docker's
                # DNS lives in the same packet filter.
                table ip handover
                flush table ip handover

                table ip handover {
                """,
                balancer.name(), site.name(), site.vip().address(), peer.name());
    }

    private static void sets(ConfigText text) {
        text.add(
                """
                    # Each holds the LAN's interface as long as something is true, and forgets it by itself.

                    # Our own beacon goes out, and says that we take new connections. It ends when this
                    # balancer leaves, when its HAProxy hangs, and when it is frozen as a whole.
                    set self_open {
                        type iface_index
                        flags dynamic,timeout
                        size 16
                    }
                    # The peer's beacon arrives: it carries on what it has.
                    set peer_alive {
                        type iface_index
                        flags dynamic,timeout
                        size 16
                    }
                    # The peer's beacon says that it takes new connections.
                    set peer_open {
                        type iface_index
                        flags dynamic,timeout
                        size 16
                    }
                    # The peer was master not long ago, so it may have connections. True at the start, for
                    # we do not know what was before.
                    set peer_had {
                        type iface_index
                        flags dynamic,timeout
                        size 16
                        elements = { $LAN timeout %1$s }
                    }

                    counter sent_on { }        # packets of the peer's connections
                    counter copied { }         # packets of nobody knows whose
                    counter sent_back { }      # packets of connections that nobody has
                    counter began_there { }    # new connections that we do not take
                """,
                DRAIN.toHours() + "h");
    }

    private static void hooks(ConfigText text, List<Ip4> vips, Ip4 peer) {
        text.add(
                """

                    # Before connection tracking: it must not see half of a connection.
                    chain arriving {
                        type filter hook prerouting priority raw; policy accept;
                        # VRRP comes from the peer and over no router (RFC 9568, 5.1.1.3), or not at all.
                        ip protocol 112 ip ttl != 255 drop
                        ip protocol 112 ip saddr != %2$s drop
                        ip protocol 112 goto heard
                        # The same for what the peer's init says (it finds listeners of ours silent).
                        ip saddr %2$s meta l4proto udp ip ttl != 255 drop
                        ip daddr %1$s tcp flags & (fin | syn | rst | ack) == syn goto begin
                        ip daddr %1$s meta l4proto tcp goto belongs
                        # "Packet too big" and the like: to whoever has the connection that they are about.
                        ip daddr %1$s icmp type { destination-unreachable, time-exceeded, parameter-problem } goto belongs
                    }
                    chain departing {
                        type filter hook output priority raw; policy accept;
                        # Each advert goes out twice: on a line that loses one packet in 20, three adverts
                        # in a row, and with them the VIP, would be lost every few minutes.
                        ip protocol 112 ip daddr %2$s dup to %2$s device $LAN
                        ip protocol 112 ip daddr %2$s @th,64,32 %3$s goto said
                    }
                """,
                addresses(vips), peer, BEACON);
    }

    /// One, or a set of nft.
    private static String addresses(List<Ip4> vips) {
        return vips.size() == 1
                ? vips.getFirst().toString()
                : vips.stream().map(Ip4::toString).collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static void beacons(ConfigText text, Site site) {
        text.add(
                """

                    # VRRP: @th,16,8 is the priority, where 0 means "I am gone", and @th,64,32 the address. That
                    # of a beacon is 127.0.77.1, whatever its number: while a site gets other numbers, one
                    # balancer has the new ones and its peer the old ones.
                    chain heard {
                        # Only a little later: a Keepalived that is started again says so too, and
                        # the init says at once that it is not true.
                        @th,64,32 %1$s @th,16,8 0 update @peer_alive { iif timeout %5$s }
                        @th,64,32 %1$s @th,16,8 > 0 update @peer_alive { iif timeout %2$s }
                        @th,64,32 %1$s @th,16,8 < %3$s delete @peer_open { iif }
                        @th,64,32 %1$s @th,16,8 >= %3$s update @peer_open { iif timeout %2$s }
                        # The VIP's own adverts: the peer is master.
                        @th,64,32 != %1$s @th,16,8 > 0 update @peer_had { iif timeout %4$s }
                    }
                    chain said {
                        @th,16,8 < %3$s delete @self_open { oif }
                        @th,16,8 >= %3$s update @self_open { oif timeout %2$s }
                    }
                """,
                BEACON,
                Beacon.silence(site.timing()).toMillis() + "ms",
                Beacon.OPEN,
                DRAIN.toHours() + "h",
                Beacon.FAREWELL.toMillis() + "ms");
    }

    private static void begin(ConfigText text, Ip4 peer) {
        text.add(
                """

                    # A client begins a connection.
                    chain begin {
                        # The peer does not take it: ours, whatever comes.
                        ip ttl 1 return
                        # We take new ones, and something listens (`socket` ends the rule where nothing does).
                        iif @self_open socket transparent 0 return
                        # Nobody else to ask: our HAProxy's answer, or a reset.
                        iif != @peer_open return
                        # From now on the peer has connections.
                        update @peer_had { iif timeout %2$s } ip ttl set 2 counter name began_there dup to %1$s device $LAN drop
                    }
                """,
                peer, DRAIN.toHours() + "h");
    }

    private static void belongs(ConfigText text) {
        text.add(
                """

                    # Every other packet for the VIP: whose is it? HAProxy listens on *:port, so `wildcard`
                    # tells its listener (1) from a connection (0).
                    chain belongs {
                        # A connection of our own.
                        socket wildcard 0 return
                        # The peer does not have it either: a reset, or a SYN cookie of ours.
                        ip ttl 3 return
                        # Nothing but the listener.
                        socket wildcard 1 goto elsewhere
                        # Half-open, or closed not long ago (TIME_WAIT): `wildcard` ends the rule for these.
                        socket transparent 0 goto perhaps
                        # Nothing at all.
                        goto elsewhere
                    }
                """);
    }

    private static void elsewhere(ConfigText text, Ip4 peer) {
        text.add(
                """

                    # We remember a connection with these ports, but the client may have begun another one
                    # with the peer since. Both get the packet; who does not know it keeps quiet.
                    chain perhaps {
                        ip ttl { 1, 2 } return
                        iif != @peer_alive return
                        iif != @peer_had return
                        ip ttl set 3 counter name copied dup to %1$s device $LAN return
                    }
                    chain elsewhere {
                        # A copy that is not for us.
                        ip ttl 2 drop
                        # A dead peer: the client gets its reset from us, at once.
                        iif != @peer_alive return
                        # Neither of us has it: back to where it came in, which resets it.
                        ip ttl 1 ip ttl set 4 counter name sent_back dup to %1$s device $LAN drop
                        iif != @peer_had return
                        ip ttl set 2 counter name sent_on dup to %1$s device $LAN drop
                    }
                }
                """,
                peer);
    }
}
