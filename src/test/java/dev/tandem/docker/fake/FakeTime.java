package dev.tandem.docker.fake;

import dev.tandem.docker.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/// Time that passes only when somebody waits, or when a command takes a while.
public final class FakeTime {
    private static final Instant BEGIN = Instant.parse("2026-11-28T12:00:00Z");

    private final AtomicLong passed = new AtomicLong();

    /// How long it has been going on.
    public Duration passed() {
        return Duration.ofNanos(passed.get());
    }

    /// It is as late as it was when this much had passed.
    public void back(Duration then) {
        passed.set(then.toNanos());
    }

    /// Lets some pass.
    public void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    /// A wait that takes no real time.
    public Await await() {
        return new Await(passed::get, this::pass);
    }

    /// The clock on the wall.
    public Clock clock() {
        return new Wall();
    }

    /// The clock on the wall, which only a pause moves.
    private final class Wall extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return BEGIN.plus(passed());
        }
    }
}
