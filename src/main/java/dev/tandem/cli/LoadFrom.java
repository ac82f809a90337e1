package dev.tandem.cli;

import dev.tandem.docker.FarJava;
import dev.tandem.docker.SiteMachine;
import dev.tandem.drill.Subject;
import dev.tandem.drill.ground.VipProbe;
import dev.tandem.load.FarSource;
import dev.tandem.load.LoadSource;
import dev.tandem.load.ProgramJar;
import dev.tandem.load.Question;
import dev.tandem.model.Stop;
import dev.tandem.text.Seconds;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Where the requests of a drill are sent from: by this program, or by its generator on a machine
/// of the site, as long as this is open.
final class LoadFrom implements AutoCloseable {
    /// The Java that the generator was compiled for.
    private static final int JAVA = 25;

    /// With times that are less exact, an outage could not be laid beside what nodes logged.
    private static final Duration EXACT = Duration.ofMillis(50);

    /// Then certificates that are valid here may not be so there.
    private static final Duration OFF = Duration.ofMinutes(1);

    private final LoadSource source;
    private final Optional<String> words;
    private final Runnable end;

    private LoadFrom(LoadSource source, Optional<String> words, Runnable end) {
        this.source = source;
        this.words = words;
        this.end = end;
    }

    /// Opens it. A machine that cannot send them is refused before anything is broken.
    ///
    /// @param machine its name; empty: this machine
    /// @throws Stop if it cannot be reached, has no Java for it, does not reach the VIP, or if its
    ///   clock is not known well enough
    static LoadFrom of(Optional<String> machine, Subject subject) {
        Optional<SiteMachine> named =
                machine.map(
                        name -> subject.ground().nodes().machines().orElseThrow().machine(name));
        if (named.isEmpty()) {
            return new LoadFrom(LoadSource.HERE, Optional.empty(), () -> {});
        }
        SiteMachine from = named.get();
        if (from.isCalledHere()) {
            LoadFrom here = new LoadFrom(LoadSource.HERE, Optional.of(from.words()), () -> {});
            here.requireVip(from, subject);
            return here;
        }
        LoadFrom there = there(from);
        try {
            there.requireVip(from, subject);
        } catch (Stop e) {
            there.close();
            throw e;
        }
        return there;
    }

    private static LoadFrom there(SiteMachine machine) {
        FarJava java = machine.java(program());
        try {
            FarSource.Way way = new FarSource.Way(java.said(), java.told(), java::why);
            FarSource source = FarSource.open(way);
            refuse(machine.name(), source.ahead(), source.within());
            String words =
                    "%s, %s, its clock known within %s"
                            .formatted(
                                    machine.words(),
                                    source.words(),
                                    Seconds.millis(source.within()));
            return new LoadFrom(
                    source,
                    Optional.of(words),
                    () -> {
                        source.close();
                        java.close();
                    });
        } catch (IOException e) {
            java.close();
            throw lost(machine, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            java.close();
            Thread.currentThread().interrupt();
            throw lost(machine, "interrupted");
        } catch (Stop e) {
            java.close();
            throw e;
        }
    }

    private static FarJava.Program program() {
        try {
            return new FarJava.Program(
                    ProgramJar.bytes(), JAVA, ProgramJar.MAIN + " " + FarSource.PATIENCE);
        } catch (IOException e) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the generator cannot be sent to another machine",
                    e.toString(),
                    "nothing was broken",
                    "tandem version");
        }
    }

    /// @param ahead how far the machine's time of day is ahead of this one's
    /// @param within how exactly the clock of its records is known
    static void refuse(String machine, Duration ahead, Duration within) {
        if (within.compareTo(EXACT) > 0) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "no load can be sent from " + machine,
                    "its clock is known within %s, and what is lost is told to %s: the way there is"
                                    .formatted(Seconds.millis(within), Seconds.millis(EXACT))
                            + " too slow, or it is too busy",
                    "nothing was broken",
                    "tandem doctor");
        }
        if (ahead.abs().compareTo(OFF) > 0) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "no load can be sent from " + machine,
                    "its time of day is %s %s this machine's: certificates that are valid here may"
                                    .formatted(
                                            Seconds.tenths(ahead.abs()),
                                            ahead.isNegative() ? "behind" : "ahead of")
                            + " not be so there",
                    "nothing was broken",
                    "tandem doctor, which names the clock that is off; then the same command");
        }
    }

    private void requireVip(SiteMachine machine, Subject subject) {
        int port = subject.target().httpPort();
        String path = subject.classes().getFirst().path();
        new VipProbe(subject.vip(), port, path)
                .lack(request -> asked(new Question(subject.vip(), port, request)))
                .ifPresent(lack -> {
                    throw new Stop(
                            Stop.Kind.REFUSED,
                            "no load can be sent from %s: it does not reach the VIP"
                                    .formatted(machine.name()),
                            lack,
                            "nothing was broken",
                            "tandem status; if that is well: on %s, curl -v http://%s:%d%s"
                                    .formatted(machine.name(), subject.vip(), port, path));
                });
    }

    private String asked(Question question) {
        try {
            return source.ask(question).lines().findFirst().orElse("no answer");
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Stop lost(SiteMachine machine, String seen) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "the generator on %s does not answer".formatted(machine.name()),
                seen,
                "nothing was broken",
                "tandem status; then the same command");
    }

    /// What sends them.
    LoadSource source() {
        return source;
    }

    /// From where, for a report; empty if nobody asked for it.
    Optional<String> words() {
        return words;
    }

    /// Ends the generator, and what was started for it.
    @Override
    public void close() {
        end.run();
    }
}
