package dev.tandem.observe;

import dev.tandem.docker.Fleet;
import dev.tandem.docker.MadeUpEngine;
import dev.tandem.docker.Page;
import dev.tandem.docker.Reached;
import dev.tandem.docker.Runner;
import dev.tandem.docker.Tunnel;
import dev.tandem.model.Balancer;
import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import java.time.InstantSource;
import java.util.List;

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
            web=web-a loaded=1a loaded_certificate=2b

            # pxname,svname,status,check_status,check_code,uweight,last_agt
            web,web-a,UP,L7OK,200,100,
            also,web-a,UP,* L7OK,,100,"a, b"
            """;

    /// It ends at once, and lets nobody in.
    private static final List<String> NO_SSH = List.of("true");

    private MadeUpSite() {}

    /// A snapshot. Machines are made up as well; that one cannot be reached by ssh is found out.
    ///
    /// @param clock what its balancers say is of now
    public static Snapshot of(Site site, InstantSource clock) {
        String first = site.balancers().getFirst().name();
        Runner own = engine(site, first, clock);
        try (Fleet fleet = new Fleet(own, machine -> reached(site, machine, clock))) {
            return new Observer(fleet, clock).lookAtAll(site);
        }
    }

    private static Reached reached(Site site, Machine machine, InstantSource clock) {
        Fleet.remote(machine).ifPresent(there -> Tunnel.open(there, NO_SSH));
        String service =
                site.services().stream()
                        .filter(node -> machine.name().equals(site.places().get(node)))
                        .findFirst()
                        .orElseThrow();
        return new Reached.Direct(engine(site, service, clock));
    }

    private static Runner engine(Site site, String service, InstantSource clock) {
        return MadeUpEngine.of(site.name(), service, page -> answer(site, page, clock));
    }

    /// The first balancer holds the VIP.
    private static String answer(Site site, Page page, InstantSource clock) {
        Balancer asked =
                site.balancers().stream()
                        .filter(one -> one.address().equals(page.address()))
                        .findFirst()
                        .orElseThrow();
        boolean isFirst = asked.equals(site.balancers().getFirst());
        String head =
                "site=%s\nnode=%s\ncontainer=%s\ntime=%s\n"
                        .formatted(
                                site.name(),
                                asked.name(),
                                site.container(asked.name()),
                                clock.instant());
        return head
                + ANSWER.replace("VRRP", isFirst ? "MASTER" : "BACKUP")
                        .replace("HELD", isFirst ? "here" : "elsewhere");
    }
}
