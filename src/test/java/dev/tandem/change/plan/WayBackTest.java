package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Duty;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Plans that take a change back: what is wanted is the state before, what is seen is the site as
/// the change has left it.
class WayBackTest {
    private static final ServerOrder DRAIN = new ServerOrder(ServerOrder.State.DRAIN, 100);

    private final PlannedSite ground = new PlannedSite();

    private String back(Site tried) {
        Seen seen = ground.seen(Origin.takenBack(tried, ground.site));
        return Planner.plan(ground.wanted(), seen).toString();
    }

    /// A balancer that has loaded, and has on disk, what was tried.
    private void hasTheNewConfiguration(String balancer) {
        String file = balancer + "/haproxy.cfg";
        ground.present.put(file, "tried");
        ground.written.put(file, "tried");
        ground.hasLoaded(balancer, Loadable.HAPROXY, "tried");
    }

    private void seesNobodyUp(String balancer) {
        for (String server : List.of("web-a", "web-b")) {
            ground.treats(balancer, server, ServerOrder.READY, Seen.Use.DOWN);
        }
    }

    /// web-b got another address and all web servers a check that none of them passes. It stopped
    /// at haproxy-b, which asks for that page at that address until it is reloaded.
    @Test
    void aWebServerThatMovedIsWaitedForWhenTheBalancersKnowItsAddressAgain() {
        Site tried = Edit.check(Edit.address(ground.site, "web-b", "172.20.0.9"), "/no-such-page");
        ground.stamps.put("web-b", "as before");
        ground.treats("haproxy-a", "web-b", DRAIN, Seen.Use.OUT);
        hasTheNewConfiguration("haproxy-b");
        seesNobodyUp("haproxy-b");
        assertThat(back(tried))
                .isEqualTo(
                        """
                        replace    web-b      as before the change
                        reload     haproxy-b  haproxy.cfg: as before the change
                        probe      haproxy-b  before it gets traffic
                        set        haproxy-a  web-b ready: as before the change\
                        """);
    }

    /// The same with another directory of pages instead of another address: haproxy-a knows where
    /// web-b is, and says when it is back; haproxy-b cannot.
    @Test
    void aBalancerThatFindsAllDownWithWhatWasTriedIsBlindUntilItIsReloaded() {
        ground.stamps.put("web-b", "as before");
        hasTheNewConfiguration("haproxy-b");
        seesNobodyUp("haproxy-b");
        assertThat(back(Edit.check(ground.site, "/no-such-page")))
                .isEqualTo(
                        """
                        drain      web-b      its container is replaced next
                        replace    web-b      as before the change
                        ready      web-b      its container was replaced
                        reload     haproxy-b  haproxy.cfg: as before the change
                        probe      haproxy-b  before it gets traffic\
                        """);
        Blind blind = Blind.of(ground.wanted(), ground.seen());
        assertThat(blind.loaded()).containsExactly(Map.entry("haproxy-b", "tried"));
    }

    @Test
    void aBalancerThatLoadedWhatIsWantedOrSeesOneUpIsNotBlind() {
        seesNobodyUp("haproxy-a");
        hasTheNewConfiguration("haproxy-b");
        ground.treats("haproxy-b", "web-a", ServerOrder.READY, Seen.Use.DOWN);
        assertThat(Blind.of(ground.wanted(), ground.seen())).isEqualTo(Blind.NONE);
        ground.treats("haproxy-b", "web-b", DRAIN, Seen.Use.OUT);
        assertThat(Blind.of(ground.wanted(), ground.seen()).loaded()).containsKey("haproxy-b");
        ground.treats("haproxy-b", "web-a", DRAIN, Seen.Use.OUT);
        assertThat(Blind.of(ground.wanted(), ground.seen()))
                .as("all are drained: that is no failed check")
                .isEqualTo(Blind.NONE);
    }

    @Test
    void whatTheChangeHasDrainedOrMovedIsNotSaidToBeChangedOutside() {
        ground.treats("haproxy-a", "web-b", DRAIN, Seen.Use.OUT);
        ground.answers("haproxy-b", Duty.YIELD);
        ground.present.put("haproxy-b/duty", "yielding");
        assertThat(back(ground.site))
                .isEqualTo(
                        """
                        set        haproxy-a  web-b ready: as before the change
                        duty       haproxy-b  serve: as before the change
                        home       haproxy-a  the first that serves\
                        """);
    }
}
