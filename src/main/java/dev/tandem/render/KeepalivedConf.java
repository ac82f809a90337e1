package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import dev.tandem.text.Seconds;

/// keepalived.conf of one balancer: the VRRP instance `vip` over the LAN, and `beacon` where
/// connections are handed over.
final class KeepalivedConf {
    private KeepalivedConf() {}

    static String render(Site site, Balancer balancer) {
        ConfigText text = new ConfigText();
        global(text, site, balancer);
        handicaps(text, site, Priorities.of(site));
        instance(text, site, balancer);
        site.owners().forEach(owner -> own(text, site, balancer, owner));
        if (site.handsOver()) {
            beaconFiles(text);
            beacon(text, site, balancer);
        }
        return text.toString();
    }

    private static void global(ConfigText text, Site site, Balancer balancer) {
        text.add(
                """
                # keepalived.conf of %1$s, site %2$s: who holds the VIP %3$s.
                # Written by Tandem from tandem.yaml; change it there. Manual: keepalived.conf(5).

                # The init finds the interface that holds %4$s and writes its name here as $LAN:
                # the order in which Docker attaches networks decides what it is called.
                include /run/tandem/lan.conf
                # Another $MARK at each reading: what Keepalived says of itself then proves that it has
                # read this file.
                include /run/tandem/mark.conf

                global_defs {
                    router_id %1$s-${MARK}
                    vrrp_version 3                  # adverts of less than a second
                    script_user root                # no scripts: the init does the asking
                    enable_script_security
                    vrrp_notify_fifo /run/tandem/vrrp.fifo   # every change of state, for the init

                    # Tell the LAN who holds the VIP: at once, again after a second, and from time to
                    # time, so that a client that missed it finds its way without waiting.
                    vrrp_garp_master_repeat 3
                    vrrp_garp_master_delay 1
                    vrrp_garp_master_refresh 10
                    # After a split brain the one that gives way says so, and the one that stays tells
                    # the LAN again: some may have heard the other one last.
                    vrrp_higher_prio_send_advert true
                    vrrp_garp_lower_prio_repeat 3

                    # Ahead of everything else on a busy machine: adverts that come late look like a
                    # dead master.
                    vrrp_priority -20
                    max_auto_priority 20
                }
                """,
                balancer.name(), site.name(), site.vip().address(), balancer.lanAddress());
    }

    private static void handicaps(ConfigText text, Site site, Priorities priorities) {
        String server = site.hasWebServers() ? "web server" : "server";
        String down =
                priorities.pools() == 1
                        ? "1: below every balancer that sees a " + server
                        : "times the %s without a %s, up to %s"
                                .formatted(
                                        site.hasWebServers() ? "pools" : "services",
                                        server,
                                        priorities.pools());
        text.add(
                """

                # What the init says about this balancer, 0 or 1 each. Seen through inotify: no script
                # is started, nothing is polled.
                track_file haproxy_down {
                    file /run/tandem/haproxy_down
                    weight 0                        # 1: FAULT, the VIP leaves at once
                }
                track_file maintenance {
                    file /run/tandem/maintenance
                    weight 0                        # 1: FAULT, asked for by hand
                }
                track_file leaving {
                    file /run/tandem/leaving
                    weight %1$-4s                     # 1: below every balancer that stays
                }
                track_file servers_down {
                    file /run/tandem/servers_down
                    weight %2$-4s                     # %4$s
                }
                track_file listener_down {
                    file /run/tandem/listener_down
                    weight %3$-4s                     # 1: below every balancer that clients reach
                }
                """,
                priorities.leaving(), priorities.serversDown(), priorities.listenerDown(), down);
        holds(text, priorities);
    }

    private static void holds(ConfigText text, Priorities priorities) {
        if (priorities.holds() > 0) {
            text.add(
                    """
                    track_file holds {
                        file /run/tandem/holds
                        weight %1$-4s                     # 1: it has the VIP, and keeps it (vip.return)
                    }
                    """,
                    priorities.holds());
        }
    }

    private static void instance(ConfigText text, Site site, Balancer balancer) {
        int place = site.balancers().indexOf(balancer);
        text.add(
                """

                vrrp_instance vip {
                    # Nobody starts as MASTER: the highest priority that can serve wins.
                    state BACKUP
                    interface $LAN
                    virtual_router_id %s
                    priority %s
                    advert_int %s                  # a dead master is replaced after 3 of these
                """,
                site.vip().routerId(),
                Priorities.of(site).priority(place),
                Seconds.bare(site.timing().advert()));
        peers(text, site, balancer);
        text.add(
                """

                    virtual_ipaddress {
                        %s/32 dev $LAN
                    }
                """,
                site.vip().address());
        further(text, site);
        tracked(text, site);
    }

    /// VIPs that are first at one balancer.
    private static void own(ConfigText text, Site site, Balancer balancer, Balancer owner) {
        OwnVips own = OwnVips.of(site, owner);
        int place = site.balancers().indexOf(balancer);
        text.add(
                """

                vrrp_instance vips-%1$s {
                    # balancers.%1$s.vips: there as long as it can serve, or else at the next one.
                    state BACKUP
                    interface $LAN
                    virtual_router_id %2$s
                    priority %3$s
                    advert_int %4$s
                """,
                owner.name(),
                own.routerId(),
                Priorities.of(site).priority(place, site.balancers().indexOf(owner)),
                Seconds.bare(site.timing().advert()));
        peers(text, site, balancer);
        text.add(
                """

                    # Adverts must list an address, and a balancer drops one that lists another than its
                    # own. So they list this one, which is never used, whatever VIPs there are.
                    virtual_ipaddress {
                        %s/32 dev lo scope host
                    }
                    virtual_ipaddress_excluded {
                """,
                own.address());
        owner.vips().forEach(one -> text.add("        %s/32 dev $LAN\n", one));
        text.add("    }\n");
        tracked(text, site);
    }

    private static void tracked(ConfigText text, Site site) {
        text.add(
                """
                    track_file {
                        haproxy_down
                        maintenance
                        leaving
                        servers_down
                        listener_down
                """);
        if (Priorities.of(site).holds() > 0) {
            text.add("        holds\n");
        }
        text.add(
                """
                    }
                }
                """);
    }

    /// Not in the adverts: Keepalived drops one that has other addresses than it expects, and while
    /// addresses are added or removed the balancers do not have the same ones.
    private static void further(ConfigText text, Site site) {
        if (site.vip().more().isEmpty()) {
            return;
        }
        text.add(
                """
                    # vip.more: they go where the VIP goes. Adverts do not list them, so one balancer may
                    # have another list than its peer for a while.
                    virtual_ipaddress_excluded {
                """);
        site.vip().more().forEach(one -> text.add("        %s/32 dev $LAN\n", one));
        text.add("    }\n");
    }

    private static void beaconFiles(ConfigText text) {
        text.add(
                """

                # Says to the peer, whoever holds the VIP, that this balancer carries on the connections
                # that it has, and by its priority whether it takes new ones. handover.nft reads it.
                track_file beacon_down {
                    file /run/tandem/beacon_down
                    weight 0                        # 1: "I am gone"
                }
                # As servers_down, but at once: a peer that sees a web server has the new connections
                # before it is known whether it is to have the VIP.
                track_file servers_unseen {
                    file /run/tandem/servers_unseen
                    weight %s
                }
                """,
                Beacon.NOT_OPEN);
    }

    private static void beacon(ConfigText text, Site site, Balancer balancer) {
        Beacon beacon = Beacon.of(site, balancer);
        String interval = Seconds.bare(Beacon.INTERVAL);
        text.add(
                """

                vrrp_instance beacon {
                    # Nobody else has this virtual router, so there is nobody to wait for.
                    state MASTER
                    interface $LAN
                    virtual_router_id %1$s
                    priority %2$s                    # %3$s and more: it takes new connections
                    advert_int %4$s
                """,
                beacon.routerId(), Beacon.PRIORITY, Beacon.OPEN, interval);
        peers(text, site, balancer);
        text.add(
                """

                    # An instance must have an address. This one is never used.
                    virtual_ipaddress {
                        %1$s/32 dev lo scope host
                    }
                    track_file {
                        beacon_down
                        leaving weight %2$s
                        servers_unseen
                        listener_down weight %2$s
                    }
                }
                """,
                Beacon.ADDRESS, Beacon.NOT_OPEN);
    }

    private static void peers(ConfigText text, Site site, Balancer balancer) {
        boolean alone = site.balancers().size() == 1;
        text.add(
                """

                    # Unicast: multicast is unreliable on Docker's bridges and absent in clouds. Adverts
                    # of others are not believed, nor what came over a router.%2$s
                    check_unicast_src
                    unicast_src_ip %1$s
                    unicast_peer {
                """,
                balancer.lanAddress(), alone ? " Alone: they go to itself." : "");
        if (alone) {
            text.add("        %-15s min_ttl 255\n", site.vip().address());
        }
        for (Balancer peer : site.balancers()) {
            if (!peer.equals(balancer)) {
                text.add(
                        "        %-15s min_ttl 255             # %s\n",
                        peer.lanAddress(), peer.name());
            }
        }
        text.add("    }\n");
    }
}
