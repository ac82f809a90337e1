package dev.tandem.drill.journal;

import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A fault whose damage is a file: it is broken while the file exists.
record FileFault(String name, Path damage) implements Fault {
    @Override
    public String summary() {
        return "a file that should not be there";
    }

    @Override
    public String what(Ground ground) {
        return "touch " + damage.getFileName();
    }

    @Override
    public Prediction cost(Costs costs) {
        return Costs.unknown(name, "it is a file of a test");
    }

    @Override
    public void inject(Ground ground) {
        try {
            Files.writeString(damage, "broken\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void heal(Ground ground) {
        try {
            Files.deleteIfExists(damage);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        return Files.exists(damage) ? Optional.of(damage + " is there") : Optional.empty();
    }
}
