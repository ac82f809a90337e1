package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Unreachable.Why;
import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Engines that are reached without a tunnel of ours, as `here` or by a context.
class WatchedTest {
    private static final Command LONG = Command.of(Duration.ofMinutes(1), List.of("docker", "x"));

    /// @param version what `docker version` comes to
    private static Reached open(Where where, Function<Command, Output> version) {
        return Watched.open(
                new Runner() {
                    @Override
                    public Output run(Command command, Consumer<String> line) {
                        return command.toString().startsWith("docker version")
                                ? version.apply(command)
                                : hangs();
                    }

                    @Override
                    public Following follow(Command command, Path file) {
                        throw new UnsupportedOperationException(command.toString());
                    }

                    @Override
                    public Where where() {
                        return where;
                    }
                },
                "m1",
                "docker info");
    }

    private static Output hangs() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Output(130, "", "interrupted");
    }

    private static Output late() {
        return new Output(Output.TIMED_OUT, "", "did not finish");
    }

    private static Unreachable why(Reached reached) {
        assertThat(reached).isInstanceOf(Unreachable.class);
        return (Unreachable) reached;
    }

    @Test
    void oneThatDoesNotAnswerInTimeIsSilent() {
        Unreachable here = why(open(Where.HERE, _ -> late()));
        assertThat(here.why()).isEqualTo(Why.ENGINE_HANGS);
        assertThat(here.seen()).isEqualTo("its engine has not answered within 6 s");
        assertThat(here.next()).isEqualTo("docker info");
        assertThat(why(open(Where.ELSEWHERE, _ -> late())).why()).isEqualTo(Why.SILENT);
    }

    @Test
    void oneThatSaysSomethingElseIsTold() {
        Output down = new Output(1, "", "Cannot connect to the Docker daemon");
        assertThat(why(open(Where.HERE, _ -> down)).why()).isEqualTo(Why.ENGINE_DOWN);
        Output denied = new Output(1, "", "permission denied while trying the daemon socket");
        assertThat(why(open(Where.HERE, _ -> denied)).why()).isEqualTo(Why.NOT_ALLOWED);
        Unreachable stopped =
                why(
                        open(
                                Where.ELSEWHERE,
                                _ -> {
                                    throw new Stop(
                                            Stop.Kind.ENVIRONMENT, "it stops", "off", "", "ping");
                                }));
        assertThat(stopped.seen()).isEqualTo("off");
        assertThat(stopped.next()).isEqualTo("ping");
    }

    /// In the middle of a command that would wait for ever.
    @Test
    void oneThatFallsSilentEndsWhatRunsOnIt() {
        boolean[] opened = {false};
        Reached reached =
                open(
                        Where.HERE,
                        _ -> {
                            boolean first = !opened[0];
                            opened[0] = true;
                            return first ? new Output(0, "20.10\n", "") : late();
                        });
        Output output = ((Reached.Direct) reached).runner().run(LONG);
        assertThat(output.timedOut()).isTrue();
        assertThat(output.stderr()).startsWith("m1: its engine has not answered within 3 s");
        assertThat(Thread.interrupted()).isFalse();
    }
}
