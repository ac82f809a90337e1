package dev.tandem.health;

import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.InitSeen.Listener;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Vrrp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether clients reach the listeners of a balancer: as its own init finds, and over the LAN those
/// of its peers. Pure.
final class Listening {
    private Listening() {}

    /// The listeners of one balancer that do not answer. While its HAProxy is down, that is enough
    /// to say.
    static List<Lack> lacks(Site site, Balancer balancer, Snapshot seen) {
        List<Lack> lacks = new ArrayList<>();
        if (seen.answer(balancer.name()).filter(Answered::serving).isEmpty()) {
            return lacks;
        }
        // A peer may still ask at the port of the file before this one.
        Set<String> wanted = Set.copyOf(site.listeners());
        String address = balancer.lanAddress().toString();
        for (Balancer by : site.balancers()) {
            boolean own = by.equals(balancer);
            Optional<String> at = own ? Optional.empty() : Optional.of(address);
            seen.answer(by.name()).stream()
                    .filter(answer -> own || takesPart(answer))
                    .flatMap(answer -> answer.standing().init().listeners().stream())
                    .filter(Listener::silent)
                    .filter(l -> l.peer().equals(at) && wanted.contains(l.name()))
                    .map(l -> silent(balancer, l, own ? Optional.empty() : Optional.of(by.name())))
                    .forEach(lacks::add);
        }
        return lacks;
    }

    /// One that is off the LAN itself, or whose Keepalived is, reaches nobody.
    private static boolean takesPart(Answered by) {
        return by.vrrp() == Vrrp.MASTER || by.vrrp() == Vrrp.BACKUP;
    }

    private static Lack silent(Balancer balancer, Listener listener, Optional<String> by) {
        return new Lack.ListenerSilent(balancer.name(), listener.name(), by);
    }
}
