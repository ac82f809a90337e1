package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Unreachable.Why;
import dev.tandem.docker.fake.FakeEngine;
import dev.tandem.docker.fake.FakeTime;
import dev.tandem.model.Stop;
import dev.tandem.prepare.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// A question to two machines at once.
class AskingTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final List<String> BOTH = List.of("m1", "m2");
    private static final Unreachable OFF = new Unreachable("m1", Why.OFF, "it is off", "ping m1");

    private final LinkedBlockingQueue<Unreachable> told = new LinkedBlockingQueue<>();

    private Map<String, Reply<String>> ask(
            Reached m1, Duration limit, Function<String, String> question) {
        Reached other = new Reached.Direct(new FakeEngine(new FakeTime()));
        Map<String, Reached> ways = Map.of("m1", m1, "m2", other);
        try (Fleet fleet =
                new Fleet(
                        new FakeEngine(new FakeTime()),
                        machine -> Objects.requireNonNull(ways.get(machine.name())))) {
            return new Asking(fleet.of(Sample.spread()), limit, told::add).all(BOTH, question);
        }
    }

    private Reached there() {
        return new Reached.Direct(new FakeEngine(new FakeTime()));
    }

    private static Unreachable why(Map<String, Reply<String>> replies) {
        return Objects.requireNonNull(replies.get("m1")).silence().orElseThrow();
    }

    @Test
    void bothAreAskedAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        Map<String, Reply<String>> replies =
                ask(
                        there(),
                        LONG,
                        machine -> {
                            meet(both);
                            return "hello from " + machine;
                        });
        assertThat(replies.get("m1")).isEqualTo(new Reply.Said<>("hello from m1"));
        assertThat(replies.get("m2")).isEqualTo(new Reply.Said<>("hello from m2"));
        assertThat(told).isEmpty();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("one after the other", e);
        }
    }

    /// The other one answers only when it is known of the first that it is off.
    @Test
    void aSilentMachineIsToldWhileOthersAreStillAsked() {
        Map<String, Reply<String>> replies =
                ask(
                        OFF,
                        LONG,
                        _ -> {
                            try {
                                return String.valueOf(told.poll(20, TimeUnit.SECONDS));
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                                return "interrupted";
                            }
                        });
        assertThat(why(replies)).isEqualTo(OFF);
        assertThat(Objects.requireNonNull(replies.get("m2")).value())
                .isEqualTo(Optional.of(OFF.toString()));
    }

    @Test
    void whoIsLateIsSilentAndItsCommandIsEnded() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Map<String, Reply<String>> replies =
                ask(
                        there(),
                        Duration.ofMillis(300),
                        machine -> {
                            if (machine.equals("m1")) {
                                try {
                                    new CountDownLatch(1).await();
                                } catch (InterruptedException e) {
                                    interrupted.countDown();
                                }
                            }
                            return machine;
                        });
        assertThat(why(replies).why()).isEqualTo(Why.ENGINE_HANGS);
        assertThat(told).hasSize(1);
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFullDiskIsToldAsThat() {
        Map<String, Reply<String>> replies =
                ask(
                        there(),
                        LONG,
                        machine -> {
                            if (machine.equals("m1")) {
                                String seen = "write /var/lib/docker: no space left on device";
                                throw new Stop(Stop.Kind.ENVIRONMENT, "it stops", seen, "", "");
                            }
                            return machine;
                        });
        assertThat(why(replies).why()).isEqualTo(Why.DISK_FULL);
        assertThat(why(replies).next()).isEqualTo("on m1: df -h / /var/lib/docker");
    }
}
