package dev.tandem.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.BalancerSeen.Silent;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What could not be found out never counts as good.
class UnknownIsNotGoodTest {
    private static List<String> lacks(Map<String, dev.tandem.observe.BalancerSeen> balancers) {
        Snapshot seen = new Snapshot(Sample.healthy().containers(), balancers);
        return Readiness.lacks(Sample.site(), seen).stream().map(Lack::sentence).toList();
    }

    @Test
    void aServerThatABalancerDoesNotKnowIsLacking() {
        Answered all = Sample.backup();
        List<ServerSeen> few =
                all.servers().stream().filter(s -> !s.server().equals("web-b")).toList();
        Answered without =
                new Answered(
                        all.vrrp(),
                        "",
                        true,
                        false,
                        all.mac(),
                        all.arp(),
                        all.loaded(),
                        all.standing(),
                        few);
        assertThat(lacks(Map.of("haproxy-a", Sample.master(), "haproxy-b", without)))
                .singleElement()
                .asString()
                .startsWith("web-b: haproxy-b ");
    }

    @Test
    void whenNoBalancerAnswersTheHolderOfTheVipIsUnknown() {
        assertThat(
                        lacks(
                                Map.of(
                                        "haproxy-a", new Silent("no answer within 3 s"),
                                        "haproxy-b", new Silent("no answer within 3 s"))))
                .doesNotContain("vip: nobody holds it");
    }

    @Test
    void aSilentMasterIsNotCalledAStranger() {
        assertThat(
                        lacks(
                                Map.of(
                                        "haproxy-a",
                                        new Silent("no answer within 3 s"),
                                        "haproxy-b",
                                        Sample.backup())))
                .contains("haproxy-a: no answer within 3 s")
                .noneMatch(lack -> lack.contains("is no balancer"));
    }
}
