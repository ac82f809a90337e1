package dev.tandem.change.plan;

import dev.tandem.model.AddressRange;
import dev.tandem.model.FrontDoor.Http3;
import dev.tandem.model.Role;
import dev.tandem.model.Site;
import dev.tandem.render.Layout;
import dev.tandem.text.Seconds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What clients will notice of a plan in spite of all care: what no order of the steps can avoid.
/// Pure.
final class Gaps {
    private Gaps() {}

    static List<String> of(Wanted wanted, Seen seen, List<Step> steps) {
        Moves moves = seen.origin().moves();
        List<String> gaps = new ArrayList<>();
        moves.vip()
                .map(vip -> vip.text() + ": clients of the old address are no longer served")
                .ifPresent(gaps::add);
        moves.more().stream()
                .map(vips -> vips.text() + ": clients of an address that goes are no longer served")
                .forEach(gaps::add);
        moves.router()
                .filter(_ -> Renumbering.isOne(wanted, seen))
                .map(key -> key.text() + ": " + pause(wanted.site()))
                .ifPresent(gaps::add);
        if (wanted.site().balancers().size() > 1) {
            moves.balancers().values().stream().map(Gaps::unheard).forEach(gaps::add);
        }
        moves.ports().stream()
                .map(port -> port.text() + ": clients of the old port are refused")
                .forEach(gaps::add);
        moves.handover()
                .map(key -> key.text() + ": connections that are open when the VIP moves are reset")
                .ifPresent(gaps::add);
        moves.names()
                .filter(_ -> changes(Layout.Tls.path(Layout.Tls.AUTHORITY), wanted, seen))
                .map(key ->
                        key.text()
                                + ": the site's CA was not for them; clients refuse the site until"
                                + " they have the new tls/ca.pem")
                .ifPresent(gaps::add);
        boolean switches = steps.stream().anyMatch(step -> step instanceof Step.Switchover);
        if (switches && moves.handover().isEmpty() && !handsOver(wanted, seen)) {
            gaps.add("without a hand-over, connections that are open when the VIP moves are reset");
        }
        if (wanted.site().frontDoor().http3() == Http3.ON) {
            gaps.addAll(ofHttp3(steps));
        }
        health(wanted.site(), seen).ifPresent(gaps::add);
        return gaps;
    }

    /// What comes over TCP is handed over, and outlives a reload (decision 0066).
    private static List<String> ofHttp3(List<Step> steps) {
        List<String> gaps = new ArrayList<>();
        if (steps.stream().anyMatch(step -> step instanceof Step.Switchover)) {
            gaps.add("http3: connections over HTTP/3 that are open when the VIP moves end");
        }
        if (steps.stream().anyMatch(Gaps::reloadsHaproxy)) {
            gaps.add("http3: an answer over HTTP/3 that is under way may lose its end");
        }
        return gaps;
    }

    private static boolean reloadsHaproxy(Step step) {
        return step instanceof Step.Reload reload
                && reload.parts().stream()
                        .anyMatch(part -> part == Loadable.HAPROXY || part == Loadable.CA);
    }

    private static boolean changes(String path, Wanted wanted, Seen seen) {
        String present = seen.files().present().get(path);
        return present != null && !present.equals(wanted.files().get(path));
    }

    /// Nobody has edited that key: it is a default which sites of 0.1.0 did not have.
    private static Optional<String> health(Site site, Seen seen) {
        boolean closes =
                seen.origin() instanceof Origin.Edited
                        && !seen.files().open().isEmpty()
                        && !site.healthFrom().contains(AddressRange.ANY);
        return closes
                ? Optional.of(
                        ("listen.health_from: port %s answers only %s from now on;"
                                        + " list there who else asks")
                                .formatted(
                                        site.listen().health(),
                                        site.healthFrom().stream()
                                                .map(AddressRange::toString)
                                                .collect(Collectors.joining(", "))))
                : Optional.empty();
    }

    /// Keepalived takes the address off, and waits as if it had just come (RFC 9568, 6.1).
    private static String pause(Site site) {
        return "the VIP pauses for 3 adverts, some %s, while its holder loads this; no connection"
                        .formatted(Seconds.text(site.timing().advert().multipliedBy(3)))
                + " ends, but no balancer stands by until the others have loaded it, too";
    }

    /// Adverts are sent to known addresses: a balancer whose address changes is not heard, and
    /// hears nothing, until its peers have loaded the new address.
    private static String unheard(Difference lanAddress) {
        return lanAddress.text()
                + ": until every balancer knows it, more than one may hold the VIP,"
                + " and open connections may be reset";
    }

    /// Whether the balancers hand over connections both now and afterwards: when a third one
    /// leaves, the remaining two have not done so yet.
    private static boolean handsOver(Wanted wanted, Seen seen) {
        long now =
                seen.containers().values().stream()
                        .filter(box -> Role.BALANCER.is(box.role()))
                        .count();
        return wanted.site().handsOver() && now <= wanted.site().balancers().size();
    }
}
