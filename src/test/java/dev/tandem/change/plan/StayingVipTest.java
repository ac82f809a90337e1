package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.Return;
import org.junit.jupiter.api.Test;

/// Plans for a site whose VIP stays where it is (`vip.return: never`).
class StayingVipTest {
    private final PlannedSite ground = new PlannedSite();

    @Test
    void aVipThatStaysIsLeftWhereTheLastStepPutIt() {
        ground.site = Edit.returns(ground.site, Return.NEVER);
        ground.changes("haproxy-a", "keepalived.conf", Loadable.KEEPALIVED);
        ground.changes("haproxy-b", "keepalived.conf", Loadable.KEEPALIVED);
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        reload     haproxy-b  keepalived.conf: vip.return: always → never
                        probe      haproxy-b  before it gets traffic
                        switchover haproxy-b  haproxy-a is changed next
                        watch      haproxy-b  with what was changed
                        reload     haproxy-a  keepalived.conf: vip.return: always → never
                        probe      haproxy-a  before it gets traffic
                        home       haproxy-b  as the site file has it\
                        """);
    }

    /// A duty that is taken back moves it no more; one of its holder does.
    @Test
    void aVipThatStaysMovesOnlyWhenItsHolderStandsBack() {
        ground.site = Edit.returns(ground.site, Return.NEVER);
        ground.holders.clear();
        ground.holders.add("haproxy-b");
        ground.answers("haproxy-a", Duty.MAINTENANCE);
        assertThat(ground.plan())
                .endsWith("home       haproxy-b  it has the VIP (vip.return: never)");
        ground.orders = Orders.NONE.with("haproxy-b", Duty.YIELD);
        assertThat(ground.plan()).endsWith("home       haproxy-a  the first that serves");
    }
}
