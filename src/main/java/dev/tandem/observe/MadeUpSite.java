package dev.tandem.observe;

import dev.tandem.docker.Container;
import dev.tandem.model.Balancer;
import dev.tandem.model.Role;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A made-up snapshot of a site in which everything runs, read as a real one is. It is judged by
/// nobody: Java records which classes that takes.
public final class MadeUpSite {
    private static final String ANSWER =
            """
            turn_age=20
            vrrp=VRRP
            since=2026-11-29T12:00:00.000Z
            haproxy_down=0
            duty=serve
            loaded=1a
            loaded_handover=2b
            listener=http:80 ok
            disk=/run 1
            share=web/web-a 60 10 0 0 0 0
            workers=1
            program=haproxy runs 12
            address=eth0 192.0.2.1/24
            mac=02:42:ac:14:00:32
            vip=HELD
            arp=02:42:ac:14:00:32

            # pxname,svname,status,check_status,check_code,uweight,last_agt
            web,web-a,UP,L7OK,200,100,
            also,web-a,UP,* L7OK,,100,"a, b"
            """;

    private MadeUpSite() {}

    /// A snapshot.
    public static Snapshot of(Site site) {
        Map<String, Container> containers = new LinkedHashMap<>();
        Map<String, BalancerSeen> balancers = new LinkedHashMap<>();
        Map<String, OwnServerSeen> servers = new LinkedHashMap<>();
        String vrrp = "MASTER";
        for (Balancer balancer : site.balancers()) {
            String here = balancers.isEmpty() ? "here" : "elsewhere";
            balancers.put(
                    balancer.name(),
                    NodeState.parse(
                            ANSWER.replace("VRRP", vrrp).replace("HELD", here),
                            Set.copyOf(site.namesOfChecked()),
                            Map.of()));
            containers.put(balancer.name(), container(site, balancer.name(), Role.BALANCER));
            vrrp = "BACKUP";
        }
        for (Server.Own server : site.ownServers()) {
            servers.put(server.name(), OwnServerSeen.parse("loaded=1a\nloaded_certificate=2b\n"));
            containers.put(server.name(), container(site, server.name(), Role.WEB));
        }
        return new Snapshot(containers, balancers, servers, Optional.of(Map.of()), Map.of());
    }

    private static Container container(Site site, String node, Role role) {
        return new Container(
                site.container(node),
                node,
                "running",
                "Up 5 seconds (healthy)",
                "tandem/" + role.word() + ":1",
                site.name(),
                "/",
                role.word(),
                "1a");
    }
}
