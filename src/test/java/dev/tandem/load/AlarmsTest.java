package dev.tandem.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.load.Alarms.Alarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The wheel of alarms: none is lost, none rings early, none twice.
class AlarmsTest {
    private static final long TICK = 5_000_000;

    @Test
    void every_alarm_rings_once_and_at_most_a_tick_late() {
        Random random = new Random(3);
        Alarms alarms = new Alarms(-7);
        List<Long> rung = new ArrayList<>();
        int set = 0;
        for (long now = 0; now < 20_000 * TICK; now += TICK) {
            if (now < 15_000 * TICK && random.nextInt(4) == 0) {
                long at = now + random.nextLong(3000 * TICK);
                alarms.set(
                        at,
                        time -> {
                            assertThat(time).isBetween(at, at + TICK);
                            rung.add(at);
                        });
                set++;
            }
            alarms.ring(now);
        }

        assertThat(rung).hasSize(set).hasSizeGreaterThan(3000);
        assertThat(alarms.patience()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_cancelled_alarm_stays_silent_even_if_another_alarm_cancels_it() {
        Alarms alarms = new Alarms(0);
        List<String> rung = new ArrayList<>();
        List<Alarm> set = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            set.add(
                    alarms.set(
                            TICK,
                            now -> {
                                rung.add("one");
                                set.forEach(alarms::cancel);
                            }));
        }
        alarms.ring(3 * TICK);
        set.forEach(alarms::cancel);

        assertThat(rung).containsExactly("one");
        assertThat(alarms.patience()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void after_a_long_stall_every_due_alarm_rings_at_once() {
        Alarms alarms = new Alarms(0);
        List<Integer> rung = new ArrayList<>();
        for (int i = 1; i <= 5000; i++) {
            int number = i;
            alarms.set(i * TICK, now -> rung.add(number));
        }
        alarms.ring(4000 * TICK);

        assertThat(rung).hasSize(4000).doesNotHaveDuplicates().allMatch(one -> one <= 4000);
    }
}
