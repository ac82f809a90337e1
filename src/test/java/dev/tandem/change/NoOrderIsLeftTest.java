package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.change.carry.Force;
import dev.tandem.docker.Command;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.docker.fake.Trouble;
import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A balancer whose init does not run cannot follow an order, and reads it when it runs again. An
/// order that has failed is not there any more then.
class NoOrderIsLeftTest {
    @RegisterExtension static final FakeSites SITES = new FakeSites();

    private static final String BACK = "the change was taken back: the site runs as before it";

    private FakeSite site;

    @BeforeEach
    void up() {
        site = SITES.well();
    }

    /// What somebody does beside Tandem, before each of its commands.
    private record Beside(Runner engine, Runnable deed) implements Runner {
        @Override
        public Output run(Command command, Consumer<String> line) {
            deed.run();
            return engine.run(command, line);
        }

        @Override
        public Following follow(Command command, Path file) {
            return engine.follow(command, file);
        }
    }

    private void signal(String signal, String balancer) {
        List<String> argv = List.of("docker", "kill", "-s", signal, "fake-" + balancer);
        site.engine().run(Command.of(Duration.ofSeconds(5), argv));
    }

    private boolean isTold(String balancer, Duty duty) {
        return site.directory().read(balancer + "/duty").lines().toList().contains(duty.word());
    }

    private Stop stopOf(ThrowingCallable call) {
        Stop[] stopped = new Stop[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(Stop.class, stop -> stopped[0] = stop);
        assertThat(stopped[0].kind()).isEqualTo(Stop.Kind.ENVIRONMENT);
        return stopped[0];
    }

    /// The inits go on; nobody has asked for anything.
    private void goesOnAsBefore(String... balancers) {
        assertThat(site.orders()).isEqualTo(Orders.NONE);
        for (String balancer : balancers) {
            signal("CONT", balancer);
        }
        site.pass(Duration.ofSeconds(2));
        assertThat(site.holders()).containsExactly("haproxy-a");
        assertThat(site.unserved()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Duty.class,
            names = {"YIELD", "MAINTENANCE"})
    void anOrderThatItCannotFollowIsNotGiven(Duty duty) {
        signal("STOP", "haproxy-a");
        site.pass(Duration.ofSeconds(5));
        String trace = site.trace();

        Stop stop =
                stopOf(() -> site.order(site.engine(), "order", o -> o.with("haproxy-a", duty)));

        assertThat(stop).hasMessage("haproxy-a cannot follow an order now");
        assertThat(stop.seen()).isEqualTo("haproxy-a: its init has not run for 10 s");
        assertThat(stop.state()).isEqualTo("nothing was changed");
        assertThat(stop.next()).startsWith("docker kill -s CONT fake-haproxy-a");
        assertThat(site.trace()).isEqualTo(trace);
        goesOnAsBefore("haproxy-a");
    }

    @Test
    void aChangeThatMovesTheVipIsNotBegunEither() {
        signal("STOP", "haproxy-a");
        site.pass(Duration.ofSeconds(5));
        site.edit("balance: roundrobin", "balance: leastconn");
        String trace = site.trace();

        assertThat(stopOf(() -> site.apply())).hasMessage("haproxy-a cannot follow an order now");

        assertThat(site.trace()).isEqualTo(trace);
        goesOnAsBefore("haproxy-a");
    }

    @Test
    void anInitThatIsOnlyLateIsWaitedFor() {
        signal("STOP", "haproxy-a");
        site.pass(Duration.ofSeconds(2));
        int[] commands = {0};
        Runnable later =
                () -> {
                    if (commands[0]++ == 20) {
                        signal("CONT", "haproxy-a");
                    }
                };

        site.order(
                new Beside(site.engine(), later),
                "switchover",
                orders -> orders.with("haproxy-a", Duty.YIELD));

        assertThat(site.holders()).containsExactly("haproxy-b");
    }

    /// It is stopped after the plan was made.
    @Test
    void anOrderThatItDidNotFollowIsTakenBackAndTheMessageSaysWhatWasSeen() {
        site.onPlan(_ -> signal("STOP", "haproxy-a"));

        Stop stop =
                stopOf(() ->
                        site.order(
                                site.engine(),
                                "switchover",
                                orders -> orders.with("haproxy-a", Duty.YIELD)));

        assertThat(stop.seen()).contains("haproxy-a: its init has not run for ");
        assertThat(stop.state())
                .startsWith(BACK + ", which is not well:\n")
                .contains("haproxy-a: its init has not run for ");
        goesOnAsBefore("haproxy-a");
    }

    /// The way back waits for haproxy-b first.
    @Test
    void noOrderIsLeftWhenTheWayBackFailsToo() {
        Runnable whenBothAreTold =
                () -> {
                    if (isTold("haproxy-a", Duty.YIELD)) {
                        signal("STOP", "haproxy-a");
                        signal("STOP", "haproxy-b");
                    }
                };

        Stop stop =
                stopOf(() ->
                        site.order(
                                new Beside(site.engine(), whenBothAreTold),
                                "order",
                                orders ->
                                        orders.with("haproxy-a", Duty.YIELD)
                                                .with("haproxy-b", Duty.MAINTENANCE)));

        assertThat(stop.seen()).contains("on the way back: ");
        assertThat(isTold("haproxy-a", Duty.SERVE)).isTrue();
        goesOnAsBefore("haproxy-a", "haproxy-b");
    }

    /// A change of the site has a balancer yield while it is changed.
    @Test
    void noneOfAChangeOfTheSiteIsLeftWhenTheWayBackFailsToo() {
        site.edit("balance: roundrobin", "balance: leastconn");
        boolean[] told = {false};
        Runnable whenItIsTold =
                () -> {
                    if (!told[0] && isTold("haproxy-a", Duty.YIELD)) {
                        told[0] = true;
                        signal("STOP", "haproxy-a");
                        site.engine().meets(Trouble.failing("haproxy-b reload", "it does not"));
                    }
                };

        Stop stop = stopOf(() -> site.apply(new Beside(site.engine(), whenItIsTold), Force.NONE));

        assertThat(told[0]).isTrue();
        assertThat(stop.seen()).contains("on the way back: ");
        assertThat(isTold("haproxy-a", Duty.SERVE)).isTrue();
        goesOnAsBefore("haproxy-a");
    }
}
