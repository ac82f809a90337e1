package dev.tandem.load;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Calls back at given times, at most one tick late. A wheel of lists: setting and cancelling an
/// alarm cost the same however many there are, and a cancelled alarm is gone at once. Nearly all
/// are cancelled, because nearly all requests end before their limit.
final class Alarms {
    private static final long TICK = 5_000_000;
    private static final int SLOTS = 1 << 10;

    private final Alarm[] wheel = new Alarm[SLOTS];
    private long ticks;
    private int pending;

    /// A pending callback, which may still be cancelled; or the head of a list of them.
    static final class Alarm {
        private final long at;
        private final LongConsumer action;
        private @Nullable Alarm before;
        private @Nullable Alarm after;

        private Alarm(long at, LongConsumer action) {
            this.at = at;
            this.action = action;
        }
    }

    /// @param now the time at which the wheel starts
    Alarms(long now) {
        ticks = Math.floorDiv(now, TICK);
        for (int i = 0; i < SLOTS; i++) {
            wheel[i] = new Alarm(0, late -> {});
        }
    }

    /// Sets an alarm.
    Alarm set(long at, LongConsumer action) {
        Alarm alarm = new Alarm(at, action);
        link(alarm, Math.max(ticks, Math.floorDiv(at, TICK)));
        pending++;
        return alarm;
    }

    private void link(Alarm alarm, long tick) {
        Alarm head = wheel[(int) (tick & SLOTS - 1)];
        Alarm first = head.after;
        alarm.before = head;
        alarm.after = first;
        head.after = alarm;
        if (first != null) {
            first.before = alarm;
        }
    }

    /// Cancels an alarm; nothing happens if it has already rung.
    void cancel(Alarm alarm) {
        Alarm before = alarm.before;
        if (before == null) {
            return;
        }
        before.after = alarm.after;
        if (alarm.after != null) {
            alarm.after.before = before;
        }
        alarm.before = null;
        alarm.after = null;
        pending--;
    }

    /// Rings all that are due.
    void ring(long now) {
        long last = Math.floorDiv(now, TICK);
        long from = Math.max(ticks, last - SLOTS + 1);
        for (long tick = from; tick <= last; tick++) {
            ticks = tick;
            ringSlot((int) (tick & SLOTS - 1), now);
        }
    }

    private void ringSlot(int slot, long now) {
        Alarm next = wheel[slot].after;
        while (next != null) {
            Alarm alarm = next;
            next = alarm.after;
            if (alarm.at <= now) {
                cancel(alarm);
                alarm.action.accept(now);
                // The callback may have changed the list anywhere.
                next = wheel[slot].after;
            }
        }
    }

    /// How long to wait before checking again whether something is due: nanoseconds.
    long patience() {
        return pending == 0 ? Long.MAX_VALUE : TICK;
    }
}
