package dev.tandem.drill.journal;

import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.fault.Faults;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Grounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// A program of its own that breaks something, reports it, and waits to be ended.
final class Breaker {
    private Breaker() {}

    static OpenFaults journal(Path root) {
        Faults faults = new Faults(List.of(fault(root)));
        return new OpenFaults(
                root.resolve("faults"), faults, Duration.ofSeconds(5), Clock.systemUTC());
    }

    static Fault fault(Path root) {
        return new FileFault("file", root.resolve("broken"));
    }

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Ground ground = Grounds.customers();
        try (Injection _ = Injection.begin(fault(root), ground, journal(root), Company.ALONE)) {
            System.out.println("broken");
            System.in.read();
        }
    }
}
