package dev.tandem.house.wrong.prepare;

import dev.tandem.house.wrong.docker.Processes;
import dev.tandem.house.wrong.observe.Wrong.Looks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Breaks rules of the house on purpose: a sample for the tests of those rules.
public final class Wrong {
    private Wrong() {}

    /// Uses what is below it, which uses this.
    public record Does(Looks looks) {}

    /// Writes where whoever owns the directory decides.
    static final class Writes {
        void write(Path path) throws IOException {
            Files.writeString(path, "");
        }
    }

    /// Starts a process where one may not.
    static final class Starts {
        Process start() throws IOException {
            return new ProcessBuilder("true").start();
        }
    }

    /// The same in the old way.
    static final class Executes {
        void execute() throws IOException {
            Runtime.getRuntime().exec(new String[] {"true"});
        }
    }

    /// Chooses an engine where one is given.
    static final class Chooses {
        Processes processes() {
            return new Processes();
        }
    }

    /// A planner that looks for itself.
    static final class WrongPlanner {
        boolean plan(Path path) {
            return Files.exists(path);
        }
    }
}
