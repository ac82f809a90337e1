package dev.tandem.health;

import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.Role;
import dev.tandem.model.Server;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Vrrp;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// What a site still lacks until it serves. Pure: asked again and again while `up` waits, and once
/// by `status` for its verdict.
///
/// A web server that is not ours counts for `status`, but `up` does not wait for it: nobody here
/// can make it answer.
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

    /// The service that gives a host its way to a VIP on macvlan.
    public static final String LAN_ROUTE = Role.LAN_ROUTE.word();

    /// Everything that is lacking; empty when the site serves as it should. What operators have
    /// asked for is as it should be.
    public static List<Lack> lacks(Site site, Orders orders, Snapshot seen) {
        List<Lack> lacks = lacksOfOurs(site, orders, seen);
        for (Server server : site.servers()) {
            if (server instanceof Server.Existing existing) {
                lacks.addAll(server(seen, existing.name(), orders));
            }
        }
        return lacks;
    }

    /// The same where nobody has asked for anything.
    public static List<Lack> lacks(Site site, Snapshot seen) {
        return lacks(site, Orders.NONE, seen);
    }

    /// What is lacking of the nodes that run in containers of the site, and of the VIP.
    public static List<Lack> lacksOfOurs(Site site, Orders orders, Snapshot seen) {
        List<Lack> lacks = new ArrayList<>();
        for (String service : site.services()) {
            lacks.addAll(lacks(site, orders, seen, service));
        }
        if (seen.container(LAN_ROUTE).isPresent()) {
            lacks.addAll(lacks(site, orders, seen, LAN_ROUTE));
        }
        lacks.addAll(vip(seen));
        return lacks;
    }

    /// The same where nobody has asked for anything.
    public static List<Lack> lacksOfOurs(Site site, Snapshot seen) {
        return lacksOfOurs(site, Orders.NONE, seen);
    }

    /// What one service is lacking.
    public static List<Lack> lacks(Site site, Orders orders, Snapshot seen, String service) {
        if (!seen.state(service).equals("running")) {
            return List.of(new Lack(service, "its container is " + seen.state(service)));
        }
        for (Balancer balancer : site.balancers()) {
            if (balancer.name().equals(service)) {
                return balancer(service, seen.balancers().get(service), orders.duty(service));
            }
        }
        return service.equals(LAN_ROUTE) ? List.of() : server(seen, service, orders);
    }

    private static List<Lack> balancer(String name, @Nullable BalancerSeen seen, Duty duty) {
        return switch (seen) {
            case null -> List.of(new Lack(name, "it was not asked"));
            case BalancerSeen.Silent silent -> List.of(new Lack(name, silent.reason()));
            case Answered answered -> {
                if (!answered.serving()) {
                    yield List.of(new Lack(name, "its HAProxy does not answer"));
                }
                boolean takesPart =
                        answered.vrrp() == Vrrp.MASTER
                                || answered.vrrp() == Vrrp.BACKUP
                                || duty == Duty.MAINTENANCE;
                yield takesPart
                        ? List.of()
                        : List.of(new Lack(name, "its VRRP is " + answered.vrrp()));
            }
        };
    }

    private static List<Lack> server(Snapshot seen, String name, Orders orders) {
        if (orders.server(name).state() != ServerOrder.State.READY) {
            return List.of();
        }
        List<Lack> lacks = new ArrayList<>();
        for (String balancer : seen.balancers().keySet()) {
            seen.answer(balancer)
                    .filter(Answered::serving)
                    .ifPresent(answered -> lacks.addAll(seenBy(balancer, answered, name)));
        }
        lacks.sort(java.util.Comparator.comparing(Lack::what));
        return lacks;
    }

    private static List<Lack> seenBy(String balancer, Answered answered, String name) {
        List<ServerSeen> views =
                answered.servers().stream().filter(s -> s.server().equals(name)).toList();
        if (views.isEmpty()) {
            return List.of(new Lack(name, balancer + " does not know it"));
        }
        return views.stream()
                .filter(view -> !view.up())
                .map(view -> new Lack(name, seenDown(view, balancer)))
                .toList();
    }

    private static String seenDown(ServerSeen server, String balancer) {
        return "%s sees it %s in %s (%s)"
                .formatted(balancer, server.status(), server.backend(), server.check());
    }

    private static List<Lack> vip(Snapshot seen) {
        if (seen.answers().isEmpty()) {
            return List.of(new Lack("vip", "unknown who holds it: no balancer answered"));
        }
        SortedSet<String> holders = seen.vipHolders();
        if (holders.size() == 1) {
            return master(holders.first(), seen);
        }
        return List.of(
                new Lack(
                        "vip",
                        holders.isEmpty()
                                ? "nobody holds it"
                                : "held by " + String.join(" and ", holders)));
    }

    /// Who holds the VIP must know that he does: the two are seen a moment apart.
    private static List<Lack> master(String holder, Snapshot seen) {
        return seen.answer(holder)
                .map(answered -> master(holder, answered.vrrp()))
                .orElseGet(() -> stranger(holder, seen));
    }

    private static List<Lack> master(String holder, Vrrp vrrp) {
        return vrrp == Vrrp.MASTER
                ? List.of()
                : List.of(new Lack("vip", holder + " holds it as " + vrrp));
    }

    private static List<Lack> stranger(String holder, Snapshot seen) {
        boolean somebodySilent = seen.answers().size() < seen.balancers().size();
        return List.of(
                new Lack(
                        "vip",
                        "answered by "
                                + holder
                                + (somebodySilent
                                        ? ", which may be the balancer that does not answer"
                                        : ", which is no balancer")));
    }
}
