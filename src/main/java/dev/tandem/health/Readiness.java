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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a site still lacks until it serves. Pure: evaluated repeatedly while `up` waits, and once
/// by `status` for its verdict.
///
/// An existing web server counts for `status`, but `up` does not wait for it: Tandem cannot make it
/// answer.
public final class Readiness {
    private Readiness() {}

    /// Everything that is lacking; empty when the site serves as it should. Whatever operators have
    /// asked for is as it should be.
    public static List<Lack> lacks(Site site, Orders orders, Snapshot seen) {
        List<Lack> lacks = lacksOfOurs(site, orders, seen);
        for (Server server : site.allServers()) {
            if (server instanceof Server.Existing existing) {
                lacks.addAll(server(seen, existing.name(), orders));
            }
        }
        lacks.addAll(ServiceLacks.of(site, orders, seen));
        return lacks;
    }

    /// The same without orders.
    public static List<Lack> lacks(Site site, Snapshot seen) {
        return lacks(site, Orders.NONE, seen);
    }

    /// What is lacking in the nodes that run in the site's own containers, and in the VIP.
    public static List<Lack> lacksOfOurs(Site site, Orders orders, Snapshot seen) {
        List<Lack> lacks = new ArrayList<>();
        for (String service : site.services()) {
            lacks.addAll(lacks(site, orders, seen, service));
        }
        if (!site.hasMachines() && seen.container(Role.LAN_ROUTE.word()).isPresent()) {
            lacks.addAll(lacks(site, orders, seen, Role.LAN_ROUTE.word()));
        }
        lacks.addAll(vip(site, seen));
        return lacks;
    }

    /// The same without orders.
    public static List<Lack> lacksOfOurs(Site site, Snapshot seen) {
        return lacksOfOurs(site, Orders.NONE, seen);
    }

    /// What one service is lacking.
    public static List<Lack> lacks(Site site, Orders orders, Snapshot seen, String service) {
        Optional<String> machine = seen.placement().machine(service);
        if (machine.isPresent() && seen.placement().silence(service).isPresent()) {
            return List.of(new Lack.OnSilentMachine(service, machine.get()));
        }
        if (!seen.state(service).equals("running")) {
            return List.of(new Lack.NotRunning(service, seen.state(service)));
        }
        for (Balancer balancer : site.balancers()) {
            if (balancer.name().equals(service)) {
                List<Lack> lacks = new ArrayList<>();
                lacks.addAll(
                        balancer(
                                service,
                                site.container(service),
                                seen.balancers().get(service),
                                orders.duty(service)));
                lacks.addAll(Listening.lacks(site, balancer, seen));
                return lacks;
            }
        }
        return service.equals(Role.LAN_ROUTE.word()) ? List.of() : server(seen, service, orders);
    }

    private static List<Lack> balancer(
            String name, String container, @Nullable BalancerSeen seen, Duty duty) {
        return switch (seen) {
            case null -> List.of(new Lack.NotAsked(name));
            case BalancerSeen.Silent silent -> List.of(new Lack.Unanswered(name, silent.reason()));
            case Answered answered -> {
                Optional<Duration> stopped = answered.standing().init().stoppedFor();
                if (stopped.isPresent()) {
                    yield List.of(new Lack.InitStopped(name, container, stopped.get()));
                }
                if (!answered.serving()) {
                    yield List.of(new Lack.HaproxyDown(name));
                }
                boolean takesPart =
                        answered.vrrp() == Vrrp.MASTER
                                || answered.vrrp() == Vrrp.BACKUP
                                || duty == Duty.MAINTENANCE;
                yield takesPart ? List.of() : List.of(new Lack.OutOfVrrp(name, answered.vrrp()));
            }
        };
    }

    /// What one server is lacking, as the balancers see it.
    static List<Lack> server(Snapshot seen, String name, Orders orders) {
        if (orders.server(name).state() != ServerOrder.State.READY) {
            return List.of();
        }
        List<Lack> lacks = new ArrayList<>();
        for (String balancer : seen.balancers().keySet()) {
            seen.answer(balancer)
                    .filter(Answered::serving)
                    .ifPresent(answered -> lacks.addAll(seenBy(balancer, answered, name)));
        }
        lacks.sort(Comparator.comparing(Lack::what));
        return lacks;
    }

    private static List<Lack> seenBy(String balancer, Answered answered, String name) {
        List<ServerSeen> views =
                answered.servers().stream().filter(s -> s.server().equals(name)).toList();
        if (views.isEmpty()) {
            return List.of(new Lack.UnknownTo(name, balancer));
        }
        return views.stream()
                .filter(view -> !view.whole())
                .<Lack>map(view -> new Lack.SeenDown(name, balancer, view))
                .toList();
    }

    private static List<Lack> vip(Site site, Snapshot seen) {
        if (seen.answers().isEmpty()) {
            return List.of(new Lack.HolderUnknown());
        }
        List<String> holders = List.copyOf(seen.vipHolders());
        return switch (holders.size()) {
            case 0 -> List.of(new Lack.HeldByNobody());
            case 1 -> {
                List<Lack> lacks = new ArrayList<>(holder(holders.getFirst(), seen));
                lacks.addAll(further(site, holders.getFirst(), seen));
                lacks.addAll(own(site, seen));
                yield lacks;
            }
            default -> List.of(new Lack.HeldByMany(holders));
        };
    }

    /// Further addresses that are not where the VIP is.
    private static List<Lack> further(Site site, String holder, Snapshot seen) {
        return site.vip().more().stream()
                .map(one -> new Lack.HeldElsewhere(one, seen.with(one), holder))
                .filter(one -> !one.holders().equals(List.of(holder)))
                .<Lack>map(one -> one)
                .toList();
    }

    /// Virtual IPs of balancers' own that nobody has, or several. At which balancer they are is no
    /// matter: that one serves.
    private static List<Lack> own(Site site, Snapshot seen) {
        return site.owners().stream()
                .flatMap(owner ->
                        owner.vips().stream()
                                .map(one -> new Lack.NotAtOwner(one, seen.with(one), owner.name())))
                .filter(one -> one.holders().size() != 1)
                .<Lack>map(one -> one)
                .toList();
    }

    /// The holder of the VIP must know that it holds it: the two are observed a moment apart.
    private static List<Lack> holder(String holder, Snapshot seen) {
        Optional<Vrrp> vrrp = seen.answer(holder).map(Answered::vrrp);
        if (vrrp.isEmpty()) {
            return List.of(new Lack.HeldByStranger(holder, silent(seen)));
        }
        return vrrp.get() == Vrrp.MASTER ? List.of() : List.of(new Lack.HeldAs(holder, vrrp.get()));
    }

    private static List<String> silent(Snapshot seen) {
        return seen.balancers().keySet().stream()
                .filter(name -> seen.answer(name).isEmpty())
                .sorted()
                .toList();
    }
}
