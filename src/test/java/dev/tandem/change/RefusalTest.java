package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.change.carry.Force;
import dev.tandem.docker.fake.Trouble;
import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What Tandem does not do, whoever asks: it says why, and nothing is changed, not even a file.
class RefusalTest {
    @RegisterExtension static final FakeSites SITES = new FakeSites();

    private static final ServerOrder DRAINED = new ServerOrder(ServerOrder.State.DRAIN, 100);
    private static final String WEB_B = "  web-b: {address: 203.0.113.12}\n";
    private static final String ONLY_A = "  haproxy-b: {hostname: bl2, address: 203.0.113.60}\n";

    /// A refusal.
    ///
    /// @param scene what there is
    /// @param call what is asked for
    /// @param says what is told
    record Refusal(Consumer<FakeSite> scene, Consumer<FakeSite> call, String says) {
        @Override
        public String toString() {
            return says;
        }
    }

    private static Refusal apply(Consumer<FakeSite> scene, String says) {
        return new Refusal(scene, FakeSite::apply, says);
    }

    private static Refusal order(
            UnaryOperator<Orders> before, UnaryOperator<Orders> order, String says) {
        return new Refusal(
                site -> site.order(site.engine(), "before", before),
                site -> site.order(site.engine(), "order", order),
                says);
    }

    private static void mute(FakeSite site, String node) {
        site.engine().meets(Trouble.failing("exec fake-" + node + " node-state", "no answer"));
    }

    static Stream<Refusal> all() {
        return Stream.of(ofWebServers(), ofBalancers(), ofTheSite()).flatMap(List::stream);
    }

    private static List<Refusal> ofWebServers() {
        return List.of(
                order(
                        orders -> orders.with("web-b", DRAINED),
                        orders -> orders.with("web-a", DRAINED),
                        "no web server would get requests: all are drained or in maintenance"),
                order(
                        orders -> orders.with("haproxy-a", Duty.MAINTENANCE),
                        orders -> orders.with("haproxy-b", Duty.MAINTENANCE),
                        "no balancer would hold the VIP: all are in maintenance"),
                apply(
                        site -> {
                            Alteration.atTheSocket(site, "set server web/web-a state maint");
                            site.edit(WEB_B, "");
                        },
                        "no web server would get requests: none of those that remain is up"),
                apply(
                        site -> {
                            site.edit(WEB_B, "");
                            site.apply();
                            site.edit("203.0.113.11}", "203.0.113.11, content: ./other}");
                        },
                        "web-a is the only web server that is up, and would be replaced"),
                apply(
                        site -> {
                            site.edit("203.0.113.11}", "203.0.113.21}");
                            site.edit("203.0.113.12}", "203.0.113.22}");
                        },
                        "all web servers that are up would change address at once"));
    }

    private static List<Refusal> ofBalancers() {
        return List.of(
                apply(
                        site -> {
                            mute(site, "haproxy-b");
                            site.edit("hostname: bl1", "hostname: bl9");
                        },
                        "haproxy-a holds the VIP, its container is replaced, and no other"),
                apply(
                        site -> {
                            mute(site, "haproxy-b");
                            site.edit("  haproxy-a: {hostname: bl1, address: 203.0.113.50}\n", "");
                        },
                        "haproxy-a holds the VIP, its container is removed, and no other"),
                new Refusal(
                        site -> mute(site, "haproxy-b"),
                        site ->
                                site.order(
                                        site.engine(),
                                        "maintenance",
                                        o -> o.with("haproxy-a", Duty.MAINTENANCE)),
                        "no balancer would hold the VIP: none of those that remain can serve"),
                apply(site -> site.edit(ONLY_A, ""), "haproxy-a holds the VIP, its container"),
                apply(
                        site -> {
                            mute(site, "haproxy-b");
                            site.edit("{address: 198.51", "{router_id: 7, address: 198.51");
                        },
                        "vip.router_id changes, and haproxy-b does not serve"));
    }

    private static List<Refusal> ofTheSite() {
        return List.of(
                apply(
                        site -> site.edit("subnet: 203.0.113.0/24", "subnet: 203.0.113.0/25"),
                        "fake-net is bridge [203.0.113.0/24]"),
                apply(RefusalTest::heldElsewhere, "apply by somebody@bl7"),
                new Refusal(
                        site -> {},
                        site -> site.rollback(site.engine()),
                        "no change in the history has an earlier state to go back to"));
    }

    private static void heldElsewhere(FakeSite site) {
        String label = " --label dev.tandem.lock.";
        Alteration.outside(
                site,
                "docker volume create"
                        + (label + "host=bl7" + label + "verb=apply" + label + "by=somebody@bl7")
                        + " fake_tandem-lock");
    }

    @ParameterizedTest
    @MethodSource("all")
    void itSaysWhyAndNothingIsChanged(Refusal refusal) {
        FakeSite site = SITES.well();
        refusal.scene().accept(site);
        String files = site.trace();
        int begin = site.engine().log().size();

        assertThatThrownBy(() -> refusal.call().accept(site))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind())
                                    .as(stop.getMessage() + stop.seen())
                                    .isEqualTo(Stop.Kind.REFUSED);
                            assertThat(stop.seen()).contains(refusal.says());
                            assertThat(stop.state()).contains("nothing");
                        });

        assertThat(site.trace()).isEqualTo(files);
        assertThat(site.engine().log().stream().skip(begin).filter(Mortal::acts))
                .allMatch(act -> act.contains(" volume "));
    }

    @Test
    void aForcedChangeIsCarriedOut() {
        FakeSite site = SITES.well();
        site.edit(ONLY_A, "");
        site.apply(site.engine(), new Force(true, false));
        assertThat(site.steps()).isEmpty();
        assertThat(site.unserved()).isEmpty();
    }

    @Test
    void aLockWhoseOwnerIsKnownToBeGoneIsTaken() {
        FakeSite site = SITES.well();
        heldElsewhere(site);
        site.edit("balance: roundrobin", "balance: leastconn");
        site.apply(site.engine(), new Force(false, true));
        assertThat(site.steps()).isEmpty();
        assertThat(site.engine().volumeNames()).isEmpty();
    }

    @Test
    void nothingIsOrderedOfASiteThatWasNeverUp() throws IOException {
        FakeSite site = SITES.fresh();
        assertThatThrownBy(() -> site.order(site.engine(), "drain", o -> o.with("web-a", DRAINED)))
                .hasMessageContaining("was not brought up from this directory");
        assertThat(site.engine().log()).noneMatch(Mortal::acts);
    }
}
