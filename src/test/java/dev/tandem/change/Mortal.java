package dev.tandem.change;

import dev.tandem.docker.Command;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.docker.Where;
import dev.tandem.docker.fake.FakeEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The way of one Tandem to its engine, which may be killed on it.
///
/// Its moments are those between which something becomes another: the engine was told to do
/// something, the journal says that a step has begun or is done, or a file changed that a node
/// reads by itself. Killed at a moment, it does nothing any more: what unwinding Java writes
/// afterwards is not on the disk of the site, and nothing reaches the engine.
final class Mortal implements Runner {
    /// Never.
    static final int IMMORTAL = -1;

    private static final Pattern ACTS =
            Pattern.compile(
                    "^docker (compose|stop|start|rm|unpause|run|volume (create|rm)|"
                            + "network (connect|disconnect)|cp)|"
                            + "exec \\S+ (reload|runtime set|ip address|"
                            + "sh -c set -e; cd /site\\n(for path|directory=))");

    private final Stage site;
    private final FakeEngine engine;
    private final int death;
    private final Path remains;
    private final List<String> acts = new ArrayList<>();
    private final List<String> unserved = new ArrayList<>();
    private String before = "";
    private int moments;
    private boolean dead;

    /// What Java would do at its end does not happen either.
    private boolean over;

    private boolean watches;
    private Runnable atMoment = () -> {};

    /// @param death the moment, the first being 0
    Mortal(FakeSite site, int death) {
        this(site, site.engine(), death);
    }

    /// @param engine the one of the user
    Mortal(Stage site, FakeEngine engine, int death) {
        this.site = site;
        this.engine = engine;
        this.death = death;
        this.remains = site.base().resolveSibling(site.base().getFileName() + ".remains");
    }

    /// It was killed.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /// Lets it do something until its end; tells whether it was killed.
    boolean lives(Consumer<Runner> work) {
        try {
            work.accept(this);
        } catch (Killed | RuntimeException e) {
            if (!dead) {
                throw e;
            }
        }
        if (dead) {
            FakeSite.copy(remains, site.base());
        }
        over = true;
        return !dead;
    }

    /// At each moment, before anything else happens, somebody does something.
    Mortal atEach(Runnable deed) {
        atMoment = deed;
        return this;
    }

    /// After each command that does something it is asked whether clients are served.
    Mortal watched() {
        watches = true;
        return this;
    }

    /// When they were not, and why.
    List<String> unserved() {
        return unserved;
    }

    int moments() {
        return moments;
    }

    /// The commands that do something, in their order.
    List<String> acts() {
        return acts;
    }

    static boolean acts(String command) {
        return ACTS.matcher(command).find();
    }

    @Override
    public Output run(Command command, Consumer<String> line) {
        return run(engine, command, line);
    }

    /// Its way to the engine of another machine.
    Runner to(FakeEngine other) {
        return new Runner() {
            @Override
            public Output run(Command command, Consumer<String> line) {
                return Mortal.this.run(other, command, line);
            }

            @Override
            public Following follow(Command command, Path file) {
                return other.follow(command, file);
            }

            @Override
            public Where where() {
                return other.where();
            }
        };
    }

    private synchronized Output run(FakeEngine there, Command command, Consumer<String> line) {
        if (over && dead) {
            return new Output(0, "", "");
        }
        String text = command.toString();
        boolean look = text.contains(" node-state");
        if (!dead && !look) {
            String now = acts.size() + "\n" + site.trace();
            if (!now.equals(before)) {
                moment();
            }
            before = now;
        }
        if (dead) {
            throw new Killed();
        }
        if (acts(text)) {
            acts.add(text);
        }
        Output output = there.run(command, line);
        if (watches) {
            site.unserved().ifPresent(why -> unserved.add(text + ": " + why));
        }
        return output;
    }

    private void moment() {
        if (moments++ == death) {
            dead = true;
            FakeSite.copy(site.base(), remains);
        } else {
            atMoment.run();
        }
    }

    @Override
    public Following follow(Command command, Path file) {
        return engine.follow(command, file);
    }
}
