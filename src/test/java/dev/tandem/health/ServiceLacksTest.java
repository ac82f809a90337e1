package dev.tandem.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.model.TcpCheck;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What TCP services lack.
class ServiceLacksTest {
    private static final TcpCheck MASTER =
            new TcpCheck(
                    TcpCheck.Protocol.REDIS,
                    Optional.of("master"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    private static Snapshot seen(String first, String second) {
        return new Snapshot(
                Sample.healthy().containers(),
                Map.of(
                        "haproxy-a", with(Sample.master(), first, second),
                        "haproxy-b", with(Sample.backup(), first, second)));
    }

    private static Answered with(Answered one, String first, String second) {
        List<ServerSeen> servers = new ArrayList<>(one.servers());
        servers.add(new ServerSeen("db", "db-1", first, "L7RSP"));
        servers.add(new ServerSeen("db", "db-2", second, "L7RSP"));
        return Sample.seeing(one, servers);
    }

    private static List<String> lacks(TcpCheck check, Orders orders, Snapshot seen) {
        Site site = Sample.offering(Sample.site(), Sample.service("db", 5432, check));
        return Readiness.lacks(site, orders, seen).stream().map(Lack::sentence).toList();
    }

    @Test
    void aServerThatFailsItsCheckIsALackUnlessSomebodyDrainedIt() {
        assertThat(lacks(TcpCheck.CONNECTION, Orders.NONE, seen("UP", "UP"))).isEmpty();
        assertThat(lacks(TcpCheck.CONNECTION, Orders.NONE, seen("UP", "DOWN")))
                .hasSize(2)
                .allMatch(lack -> lack.startsWith("db-2"));
        Orders drained = Orders.NONE.with("db-2", new ServerOrder(ServerOrder.State.DRAIN, 100));
        assertThat(lacks(TcpCheck.CONNECTION, drained, seen("UP", "DOWN"))).isEmpty();
    }

    @Test
    void whereAMasterIsAskedForOneServerIsEnoughAndNoneIsNot() {
        assertThat(lacks(MASTER, Orders.NONE, seen("UP", "DOWN"))).isEmpty();
        assertThat(lacks(MASTER, Orders.NONE, seen("DOWN", "DOWN"))).hasSize(4);
    }

    /// `up` and `apply` cannot make it answer.
    @Test
    void nobodyWaitsForAServerOfAService() {
        Site site = Sample.offering(Sample.site(), Sample.service("db", 5432, MASTER));
        assertThat(Readiness.lacksOfOurs(site, Orders.NONE, seen("DOWN", "DOWN"))).isEmpty();
    }
}
