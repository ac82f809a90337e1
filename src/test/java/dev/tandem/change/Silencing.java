package dev.tandem.change;

import dev.tandem.docker.Command;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.docker.Where;
import dev.tandem.docker.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/// The ways of one Tandem to its engines, one of which goes silent: from some command on, which
/// does not arrive any more, it answers nothing.
final class Silencing implements SpreadSite.Ways {
    /// Until it is known that nobody answers.
    private static final Duration KNOWN = Duration.ofSeconds(5);

    private final SpreadSite site;
    private final String machine;
    private final int last;
    private final Runnable event;
    private int acts;
    private boolean silent;

    /// @param last how many commands that do something arrive before
    /// @param event what happens then
    Silencing(SpreadSite site, String machine, int last, Runnable event) {
        this.site = site;
        this.machine = machine;
        this.last = last;
        this.event = event;
    }

    boolean isSilent() {
        return silent;
    }

    @Override
    public Runner to(FakeEngine engine) {
        return engine == site.on(machine) ? new Way(engine) : engine;
    }

    private synchronized boolean arrives(String command) {
        if (!silent && Mortal.acts(command) && acts++ == last) {
            silent = true;
            event.run();
        }
        return !silent;
    }

    /// The way to the machine.
    private final class Way implements Runner {
        private final FakeEngine engine;

        private Way(FakeEngine engine) {
            this.engine = engine;
        }

        @Override
        public Output run(Command command, Consumer<String> line) {
            if (arrives(command.toString())) {
                return engine.run(command, line);
            }
            site.pass(KNOWN);
            String why = "%s: it is off; next: ping %s%n".formatted(machine, machine);
            return new Output(Output.TIMED_OUT, "", why);
        }

        @Override
        public Following follow(Command command, Path file) {
            return engine.follow(command, file);
        }

        @Override
        public Where where() {
            return engine.where();
        }
    }
}
