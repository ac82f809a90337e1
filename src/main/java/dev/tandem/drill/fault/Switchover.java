package dev.tandem.drill.fault;

import dev.tandem.docker.Output;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.Optional;

/// A planned change of the master: it asks to leave, and its peer takes the VIP. Healed by
/// withdrawing the request, which is the failback.
record Switchover() implements Fault {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String FILE = "/run/tandem/leaving";

    @Override
    public String name() {
        return "switchover";
    }

    @Override
    public String summary() {
        return "the master hands over the VIP as planned; the heal is the failback";
    }

    @Override
    public Prediction cost(Costs costs) {
        return costs.handedOver(name());
    }

    @Override
    public String what(Ground ground) {
        return "write 1 into " + FILE + " of " + ground.master().container();
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        String container = ground.master().container();
        if (ground.peers().isEmpty()) {
            return Optional.of(container + " has no peer that could take over");
        }
        return read(ground).equals("0")
                ? Optional.empty()
                : Optional.of(container + " has no " + FILE + " with 0 in it");
    }

    @Override
    public void inject(Ground ground) {
        write(ground, "1");
    }

    @Override
    public void heal(Ground ground) {
        if (read(ground).equals("1")) {
            write(ground, "0");
        }
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        String value = read(ground);
        return value.equals("0")
                ? Optional.empty()
                : Optional.of(FILE + " of " + ground.master().container() + " says " + value);
    }

    private static String read(Ground ground) {
        Output output = ground.nodes().exec(ground.master().container(), LIMIT, "cat", FILE);
        return output.ok() ? output.stdout().strip() : "nothing: " + output.lastLines(1);
    }

    private static void write(Ground ground, String value) {
        String container = ground.master().container();
        String script = "echo " + value + " > " + FILE;
        Output output = ground.nodes().exec(container, LIMIT, "sh", "-c", script);
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    FILE + " of " + container + " could not be written",
                    output.lastLines(3),
                    "it is as it was",
                    "docker logs " + container);
        }
    }
}
