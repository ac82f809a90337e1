package dev.tandem.deploy;

import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Vrrp;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/// What a site still lacks until it serves. Pure: asked again and again while `up` waits, and once
/// by `status` for its verdict.
///
/// A web server that is not ours does not count: nobody here can make it answer.
public final class Readiness {
    private Readiness() {}

    /// Something that is not as it should be.
    ///
    /// @param node whom it concerns: a service, or `vip`
    /// @param what in a few words
    public record Lack(String node, String what) {
        @Override
        public String toString() {
            return node + ": " + what;
        }
    }

    /// Everything that is lacking; empty when the site serves as it should.
    public static List<Lack> lacks(Site site, Snapshot seen) {
        List<Lack> lacks = new ArrayList<>();
        for (String service : site.services()) {
            lacks.addAll(lacks(site, seen, service));
        }
        lacks.addAll(vip(seen));
        return lacks;
    }

    /// What one service is lacking.
    public static List<Lack> lacks(Site site, Snapshot seen, String service) {
        if (!seen.state(service).equals("running")) {
            return List.of(new Lack(service, "its container is " + seen.state(service)));
        }
        for (Balancer balancer : site.balancers()) {
            if (balancer.name().equals(service)) {
                return balancer(service, seen.balancers().get(service));
            }
        }
        return server(site, seen, service);
    }

    private static List<Lack> balancer(
            String name, @org.jspecify.annotations.Nullable BalancerSeen seen) {
        return switch (seen) {
            case null -> List.of(new Lack(name, "it was not asked"));
            case BalancerSeen.Silent silent -> List.of(new Lack(name, silent.reason()));
            case Answered answered -> {
                if (!answered.serving()) {
                    yield List.of(new Lack(name, "its HAProxy does not answer"));
                }
                boolean takesPart =
                        answered.vrrp() == Vrrp.MASTER || answered.vrrp() == Vrrp.BACKUP;
                yield takesPart
                        ? List.of()
                        : List.of(new Lack(name, "its VRRP is " + answered.vrrp()));
            }
        };
    }

    private static List<Lack> server(Site site, Snapshot seen, String name) {
        List<Lack> lacks = new ArrayList<>();
        boolean ours = site.ownServers().stream().map(Server.Own::name).anyMatch(name::equals);
        seen.balancers()
                .forEach((balancer, view) -> {
                    if (ours && view instanceof Answered answered && answered.serving()) {
                        answered.servers().stream()
                                .filter(s -> s.server().equals(name) && !s.up())
                                .map(s -> new Lack(name, seenDown(s, balancer)))
                                .forEach(lacks::add);
                    }
                });
        lacks.sort(java.util.Comparator.comparing(Lack::what));
        return lacks;
    }

    private static String seenDown(ServerSeen server, String balancer) {
        return "%s sees it %s in %s (%s)"
                .formatted(balancer, server.status(), server.backend(), server.check());
    }

    private static List<Lack> vip(Snapshot seen) {
        SortedSet<String> holders = seen.vipHolders();
        if (holders.size() == 1) {
            return List.of();
        }
        return List.of(
                new Lack(
                        "vip",
                        holders.isEmpty()
                                ? "nobody holds it"
                                : "held by " + String.join(" and ", holders)));
    }
}
