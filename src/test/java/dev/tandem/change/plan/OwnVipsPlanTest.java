package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Duty;
import org.junit.jupiter.api.Test;

/// A balancer with virtual IPs of its own has clients although another one holds the VIP.
class OwnVipsPlanTest {
    private final PlannedSite ground = new PlannedSite();

    private void apply() {
        ground.site = Edit.own(ground.site, "haproxy-b", "192.168.0.170");
        ground.applied = ground.site;
    }

    @Test
    void itIsChangedWhileAPeerHasThem() {
        apply();
        ground.stamps.put("haproxy-a", "2");
        ground.stamps.put("haproxy-b", "2");
        assertThat(ground.plan().lines().map(line -> line.replaceAll("^(\\S+ +\\S+).*", "$1")))
                .containsExactly(
                        "switchover haproxy-a",
                        "replace    haproxy-b",
                        "probe      haproxy-b",
                        "home       haproxy-a",
                        "switchover haproxy-b",
                        "watch      haproxy-b",
                        "replace    haproxy-a",
                        "probe      haproxy-a",
                        "home       haproxy-a");
        assertThat(ground.plan()).startsWith("switchover haproxy-a  haproxy-b is changed next\n");
    }

    @Test
    void withoutThemItHasNoClientsAndIsChangedAtOnce() {
        ground.stamps.put("haproxy-b", "2");
        assertThat(ground.plan()).startsWith("replace    haproxy-b");
    }

    @Test
    void withNobodyToTakeThemItIsChangedAllTheSame() {
        apply();
        ground.orders = ground.orders.with("haproxy-a", Duty.MAINTENANCE);
        ground.holders.clear();
        ground.holders.add("haproxy-b");
        ground.stamps.put("haproxy-b", "2");
        assertThat(ground.plan()).doesNotContain("switchover");
        assertThat(ground.harm())
                .containsExactly(
                        "haproxy-b holds the VIP, its container is replaced, and no other balancer"
                                + " can serve in the meantime");
    }

    @Test
    void anAddressThatIsFirstAtAnotherBalancerThanBeforeIsRefused() {
        ground.site = Edit.own(ground.site, "haproxy-b", "192.168.0.170");
        assertThat(ground.harm()).as("a new one").isEmpty();
        ground.applied = Edit.more(ground.applied, "192.168.0.170");
        assertThat(ground.harm())
                .singleElement()
                .asString()
                .startsWith("balancers.haproxy-b.vips: [] → [192.168.0.170]: until all balancers")
                .endsWith("take it out of tandem.yaml, tandem apply, put it in, tandem apply");
        ground.balancers.clear();
        assertThat(ground.harm()).as("nobody has it").isEmpty();
    }
}
