package dev.tandem.drill.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.fault.Faults;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Grounds;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From injection to heal, with faults that fail at every point.
class InjectionTest {
    private static final Ground GROUND = Grounds.customers();

    @TempDir private Path directory;

    /// A fault that reports what is done to it, and fails where it is told to.
    private static final class Wilful implements Fault {
        final List<String> done = new ArrayList<>();
        Optional<String> obstacle = Optional.empty();
        Optional<RuntimeException> atInject = Optional.empty();
        int failingHeals;
        int failingLooks;
        int unhealedLooks;

        @Override
        public String name() {
            return "wilful";
        }

        @Override
        public String summary() {
            return "does what it wants";
        }

        @Override
        public String what(Ground ground) {
            return "breaks " + ground.site();
        }

        @Override
        public Optional<String> obstacle(Ground ground) {
            return obstacle;
        }

        @Override
        public Prediction cost(Costs costs) {
            return Costs.unknown(name(), "it is broken by a test");
        }

        @Override
        public void inject(Ground ground) {
            done.add("inject");
            atInject.ifPresent(problem -> {
                throw problem;
            });
        }

        @Override
        public void heal(Ground ground) {
            done.add("heal");
            if (failingHeals-- > 0) {
                throw new IllegalStateException("heal failed");
            }
        }

        @Override
        public Optional<String> unhealed(Ground ground) {
            done.add("look");
            if (failingLooks-- > 0) {
                throw new IllegalStateException("look failed");
            }
            return unhealedLooks-- > 0 ? Optional.of("still broken") : Optional.empty();
        }
    }

    private final Wilful fault = new Wilful();

    private OpenFaults journal() {
        Faults faults = new Faults(List.of(fault));
        return new OpenFaults(directory, faults, Duration.ofMillis(350), Clock.systemUTC());
    }

    private Injection begin() {
        return Injection.begin(fault, GROUND, journal(), Company.ALONE);
    }

    private List<OpenFaults.Entry> open() {
        return journal().entries(Grounds.NODES);
    }

    @Test
    void aFaultIsHealedAtTheEndAndOnlyOnce() {
        Injection injection = begin();
        assertThat(fault.done).containsExactly("inject");
        assertThat(open()).hasSize(1);

        injection.close();
        injection.close();

        assertThat(fault.done).containsExactly("inject", "heal", "look");
        assertThat(open()).isEmpty();
    }

    @Test
    void anImpossibleFaultIsNeitherRecordedNorInjected() {
        fault.obstacle = Optional.of("there is no web server");

        assertThatExceptionOfType(Stop.class)
                .isThrownBy(this::begin)
                .satisfies(stop -> {
                    assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
                    assertThat(stop.seen()).isEqualTo("there is no web server");
                });

        assertThat(fault.done).isEmpty();
        assertThat(open()).isEmpty();
    }

    @Test
    void anInjectionThatFailsHalfWayIsHealed() {
        fault.atInject = Optional.of(new IllegalStateException("half-way"));

        assertThatIllegalStateException().isThrownBy(this::begin).withMessage("half-way");

        assertThat(fault.done).containsExactly("inject", "heal", "look");
        assertThat(open()).isEmpty();
    }

    @Test
    void aFailedHealIsTriedAgain() {
        fault.failingHeals = 2;

        begin().close();

        assertThat(fault.done).containsExactly("inject", "heal", "heal", "heal", "look");
        assertThat(open()).isEmpty();
    }

    @Test
    void aHealThatTakesTimeIsAwaited() {
        fault.unhealedLooks = 1;
        fault.failingLooks = 1;

        begin().close();

        assertThat(fault.done).containsSubsequence("inject", "look", "look", "look");
        assertThat(open()).isEmpty();
    }

    @Test
    void aFaultThatCannotBeHealedIsReportedAndStaysInTheJournal() {
        fault.unhealedLooks = 1000;
        Injection injection = begin();

        assertThatExceptionOfType(Stop.class)
                .isThrownBy(injection::close)
                .satisfies(stop -> {
                    assertThat(stop.kind()).isEqualTo(Stop.Kind.ENVIRONMENT);
                    assertThat(stop).hasMessage("wilful could not be healed");
                    assertThat(stop.seen()).contains("still broken");
                    assertThat(stop.state()).contains("breaks tandem").contains("wilful.fault");
                    assertThat(stop.next()).isNotBlank();
                });

        assertThat(open()).hasSize(1);
        fault.unhealedLooks = 0;
        assertThat(journal().healAll(Grounds.NODES)).containsExactly("wilful");
        assertThat(open()).isEmpty();
    }

    @Test
    void aFailedHealIsReportedRatherThanTheFailedInjection() {
        fault.atInject = Optional.of(new IllegalStateException("half-way"));
        fault.failingHeals = 1000;

        assertThatExceptionOfType(Stop.class)
                .isThrownBy(this::begin)
                .satisfies(stop -> {
                    assertThat(stop.seen()).contains("heal failed");
                    assertThat(stop.getSuppressed()).hasSize(1);
                });

        assertThat(open()).hasSize(1);
    }

    @Test
    void aDrillThatFailsHealsAndKeepsItsOwnReason() {
        assertThatIllegalStateException()
                .isThrownBy(() -> {
                    try (Injection _ = begin()) {
                        throw new IllegalStateException("the load could not be made");
                    }
                })
                .withMessage("the load could not be made");

        assertThat(fault.done).containsExactly("inject", "heal", "look");
    }

    @Test
    void anInterruptedThreadStillHealsAndStaysInterrupted() {
        fault.unhealedLooks = 1;
        Injection injection = begin();

        Thread.currentThread().interrupt();
        injection.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(fault.done).containsExactly("inject", "heal", "look", "heal", "look");
    }
}
