package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What a plan says that clients will notice.
class GapsTest {
    private final PlannedSite ground = new PlannedSite();

    private List<String> gaps() {
        return Planner.plan(ground.wanted(), ground.seen()).gaps();
    }

    @Test
    void anotherAddressOfABalancerOnTheLanIsSaid() {
        String key = "balancers.haproxy-b.lan_address: 192.168.0.152 → 192.168.0.162";
        ground.site = Edit.lanAddress(ground.site, "haproxy-b", "192.168.0.162");
        ground.stamps.put("haproxy-b", "2");
        assertThat(gaps())
                .containsExactly(
                        key
                                + ": until every balancer knows it, more than one may hold the VIP,"
                                + " and open connections may be reset");
    }

    /// One of 0.1.0 is for all names, and stays: then there is no other ca.pem.
    @Test
    void aNameForWhichTheCaWasNotIsSaidToCutClientsOff() {
        ground.applied = Edit.names(ground.site, "a.example");
        ground.site = Edit.names(ground.site, "a.example", "b.example");
        assertThat(gaps()).isEmpty();
        ground.present.put("tls/ca.pem", "1");
        ground.files.put("tls/ca.pem", "2");
        assertThat(gaps())
                .containsExactly(
                        "tls.names: [a.example] → [a.example, b.example]: the site's CA was not for"
                                + " them; clients refuse the site until they have the new"
                                + " tls/ca.pem");
        ground.site = Edit.names(ground.site, "a.example", "www.a.example");
        assertThat(gaps()).isEmpty();
    }

    @Test
    void aGapOfAnotherKeyDoesNotHideThatConnectionsAreNotHandedOver() {
        ground.runs("haproxy-c", "balancer");
        ground.site = Edit.ports(ground.site, 8080, 443);
        for (String node : List.of("haproxy-a", "haproxy-b")) {
            ground.changes(node, "keepalived.conf", Loadable.KEEPALIVED);
        }
        assertThat(gaps())
                .containsExactly(
                        "listen.http: 80 → 8080: clients of the old port are refused",
                        "without a hand-over,"
                                + " connections that are open when the VIP moves are reset");
    }

    @Test
    void thatTheHealthPageNoLongerAnswersEverybodyIsSaid() {
        ground.changes("haproxy-a", "haproxy.cfg", Loadable.HAPROXY);
        assertThat(gaps()).isEmpty();
        ground.open.add("haproxy-a/haproxy.cfg");
        assertThat(gaps())
                .containsExactly(
                        "listen.health_from: port 8404 answers only 192.168.0.0/24, 172.20.0.0/24"
                                + " from now on; list there who else asks");
        Seen back = ground.seen(Origin.takenBack(ground.site, ground.site));
        assertThat(Planner.plan(ground.wanted(), back).gaps()).as("on the way back").isEmpty();
    }

    @Test
    void whatAReloadOrAMoveCostsClientsOfHttp3IsSaid() {
        String move = "http3: connections over HTTP/3 that are open when the VIP moves end";
        String reload = "http3: an answer over HTTP/3 that is under way may lose its end";
        ground.changes("haproxy-b", "haproxy.cfg", Loadable.HAPROXY);
        assertThat(gaps()).as("over TCP, nothing").isEmpty();
        ground.site = Edit.http3(ground.site);
        assertThat(gaps()).contains(reload);
        ground.stamps.put("haproxy-a", "2");
        assertThat(gaps()).contains(move);
    }
}
