package dev.tandem.change.carry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.plan.Blind;
import dev.tandem.health.Lack;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.Loaded;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What a wait takes for good: never what is unknown.
class WaitsTest {
    private static final BalancerSeen SILENT = new BalancerSeen.Silent("no answer within 3 s");

    private static Optional<String> busy(OptionalLong a, OptionalLong b) {
        return Waits.busy(
                "web-a",
                List.of("haproxy-a", "haproxy-b"),
                balancer -> balancer.equals("haproxy-a") ? a : b);
    }

    private static OptionalLong open(long requests) {
        return OptionalLong.of(requests);
    }

    @Test
    void aWebServerWithoutAnOpenRequestIsIdle() {
        assertThat(busy(open(0), open(0))).isEmpty();
    }

    @Test
    void theRequestsOfAllBalancersCount() {
        assertThat(busy(open(2), open(1))).hasValue("requests still open at web-a: 3");
    }

    @Test
    void aCountThatIsUnknownIsNotNone() {
        assertThat(busy(open(0), OptionalLong.empty()))
                .hasValue("haproxy-b does not say how many requests are open at web-a");
    }

    @Test
    void noChangeWaitsForAWebServerThatIsOutBecauseItFailsItsClients() {
        ServerSeen outlier = new ServerSeen("web", "web-a", "DOWN (agent)", "9 of 20 failed");
        ServerSeen down = new ServerSeen("web", "web-a", "DOWN", "L4CON");

        assertThat(Waits.isWaitedFor(new Lack.SeenDown("web-a", "haproxy-a", outlier))).isFalse();
        assertThat(Waits.isWaitedFor(new Lack.SeenDown("web-a", "haproxy-a", down))).isTrue();
    }

    private static List<Lack> unchecked(BalancerSeen a, BalancerSeen b) {
        return unchecked(a, b, Blind.NONE);
    }

    private static List<Lack> unchecked(BalancerSeen a, BalancerSeen b, Blind blind) {
        Map<String, BalancerSeen> balancers = Map.of("haproxy-a", a, "haproxy-b", b);
        Snapshot snapshot = new Snapshot(Sample.healthy().containers(), balancers);
        return Waits.unchecked(Waits.sighted(snapshot, blind), "web-a");
    }

    @Test
    void aWebServerThatNoBalancerSpeaksOfHasNotPassedItsChecks() {
        assertThat(unchecked(SILENT, SILENT))
                .singleElement()
                .extracting(Lack::sentence)
                .isEqualTo("web-a: haproxy-a and haproxy-b did not say how they see it");
    }

    @Test
    void oneBalancerThatAnswersIsEnough() {
        assertThat(unchecked(SILENT, Sample.backup())).isEmpty();
    }

    private static Answered loaded(String haproxy, Answered says) {
        return new Answered(
                says.vrrp(),
                says.since(),
                says.serving(),
                says.holdsVip(),
                says.mac(),
                says.arp(),
                new Loaded(
                        Optional.of(haproxy),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                says.standing(),
                says.servers());
    }

    /// haproxy-b looks for a page that is not there, until it has loaded another configuration.
    @Test
    void aBalancerThatIsBlindIsAskedAgainWhenItHasLoadedAnotherConfiguration() {
        Blind blind = new Blind(Map.of("haproxy-b", "tried"));
        Answered down =
                Sample.seeing(
                        Sample.backup(),
                        one -> new ServerSeen(one.backend(), one.server(), "DOWN", "L7STS 404"));
        Answered good = loaded("before", Sample.master());
        assertThat(unchecked(good, loaded("tried", down), blind)).isEmpty();
        assertThat(unchecked(good, loaded("before", down), blind)).hasSize(2);
        assertThat(unchecked(loaded("tried", down), good, blind))
                .as("another one with the same configuration")
                .hasSize(2);
    }

    @Test
    void whoseBalancersDoNotRunIsNotWaitedFor() {
        Map<String, BalancerSeen> silent = Map.of("haproxy-a", SILENT, "haproxy-b", SILENT);
        assertThat(Waits.unchecked(new Snapshot(Map.of(), silent), "web-a")).isEmpty();
    }
}
