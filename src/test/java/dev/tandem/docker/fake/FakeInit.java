package dev.tandem.docker.fake;

import dev.tandem.model.Duty;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// The init of a balancer: it reads the duty whenever that file is another one, as long as no
/// signal has stopped it. What it started goes on then.
final class FakeInit {
    private Duty duty = Duty.SERVE;

    /// When a signal stopped it; empty while it runs.
    private Optional<Duration> stopped = Optional.empty();

    FakeInit copy() {
        FakeInit copy = new FakeInit();
        copy.duty = duty;
        copy.stopped = stopped;
        return copy;
    }

    void start() {
        stopped = Optional.empty();
    }

    /// SIGSTOP or SIGCONT.
    void signal(String name, Duration now) {
        stopped = name.equals("STOP") ? Optional.of(now) : Optional.empty();
    }

    /// For how long it has not run, in milliseconds; empty when it runs.
    Optional<Long> turnAge(Duration now) {
        return stopped.map(at -> now.minus(at).toMillis());
    }

    /// The duty in force.
    ///
    /// @param file what is in the file now
    Duty duty(String file) {
        if (stopped.isEmpty()) {
            file.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .findFirst()
                    .flatMap(word ->
                            Arrays.stream(Duty.values())
                                    .filter(d -> d.word().equals(word))
                                    .findFirst())
                    .ifPresent(known -> duty = known);
        }
        return duty;
    }
}
