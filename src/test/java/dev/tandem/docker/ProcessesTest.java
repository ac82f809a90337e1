package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real commands, all of them short.
@Tag("slow")
class ProcessesTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private final Processes processes = new Processes();

    private static Command sh(Duration limit, String script) {
        return Command.of(limit, List.of("/bin/sh", "-c", script));
    }

    private Output run(String script) {
        return processes.run(sh(LONG, script));
    }

    @Test
    void bothStreamsAreReadApart() {
        assertThat(run("echo answer; echo remark >&2"))
                .isEqualTo(new Output(0, "answer\n", "remark\n"));
    }

    /// Far more than a pipe holds (64 KiB), on both at once: a reader of one of them would hang.
    @Test
    void muchOutputOnBothStreamsIsReadWhole() {
        String script =
                "i=0; while [ $i -lt 20000 ]; do echo out-$i; echo err-$i >&2; i=$((i+1)); done";
        Output output = run(script);
        assertThat(output.ok()).isTrue();
        assertThat(output.lines()).hasSize(20000).startsWith("out-0").endsWith("out-19999");
        assertThat(output.stderr().lines()).hasSize(20000).endsWith("err-19999");
    }

    @Test
    void everyLineIsHandedOnAsItComes() {
        ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
        processes.run(sh(LONG, "echo one; echo two >&2; printf three"), lines::add);
        assertThat(lines).containsExactlyInAnyOrder("one", "two", "three");
    }

    /// As on a busy machine: the command has long ended when somebody gets to read what it said.
    @Test
    void whatIsReadLateIsReadWhole() {
        CountDownLatch never = new CountDownLatch(1);
        Output output =
                processes.run(
                        sh(LONG, "seq 1 50000"),
                        line -> {
                            if (line.equals("1")) {
                                waited(never, Duration.ofMillis(2500));
                            }
                        });
        assertThat(output.ok()).isTrue();
        assertThat(output.lines()).hasSize(50000).endsWith("50000");
    }

    @Test
    void whatIsNotReadToItsEndIsNoAnswer() {
        CountDownLatch end = new CountDownLatch(1);
        Output output =
                processes.run(
                        sh(Duration.ofSeconds(1), "echo one; echo two"),
                        line -> waited(end, Duration.ofSeconds(60)));
        end.countDown();
        assertThat(output.exit()).isEqualTo(Output.TIMED_OUT);
        assertThat(output.stderr()).contains("its output was not read within 1 s");
    }

    @Test
    void whatIsPassedOnIsNotKept() {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Output output = processes.run(sh(LONG, "echo one; echo two >&2").passedOn(), lines::add);
        assertThat(output).isEqualTo(new Output(0, "", ""));
        assertThat(lines).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void whatAProcessThatItLeftBehindPrintsIsNotWaitedFor() {
        Output output = run("sleep 60 & echo $!");
        assertThat(output.ok()).as(output.stderr()).isTrue();
        ProcessHandle left =
                ProcessHandle.of(Long.parseLong(output.stdout().strip())).orElseThrow();
        assertThat(left.isAlive()).isTrue();
        left.destroy();
    }

    private static void waited(CountDownLatch latch, Duration limit) {
        try {
            latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theExitCodeIsTheCommandsOwn() {
        assertThat(run("exit 0").ok()).isTrue();
        assertThat(run("exit 3"))
                .satisfies(output -> assertThat(output.exit()).isEqualTo(3))
                .satisfies(output -> assertThat(output.ok()).isFalse());
        assertThat(run("kill -9 $$").exit()).isEqualTo(137);
    }

    @Test
    void nothingIsReadFromTheTerminal() {
        assertThat(run("cat; echo end")).isEqualTo(new Output(0, "end\n", ""));
    }

    @Test
    void bytesThatAreNoUtf8DoNoHarm() {
        assertThat(run("printf 'gr\\303\\274n \\377 end\\n'").stdout())
                .isEqualTo("grün \ufffd end\n");
    }

    @Test
    void itRunsWhereAndWithWhatItIsTold(@TempDir Path directory) {
        Command command = sh(LONG, "pwd; echo $COLOUR").in(directory).with("COLOUR", "a b");
        assertThat(processes.run(command).lines()).containsExactly(directory.toString(), "a b");
    }

    @Test
    void noShellReadsTheArguments() {
        Command command = Command.of(LONG, List.of("/bin/echo", "$HOME", "a  b", "; exit 1"));
        assertThat(processes.run(command).stdout()).isEqualTo("$HOME a  b ; exit 1\n");
    }

    @Test
    void atTheDeadlineItIsKilledAndSaysSo() {
        long begin = System.nanoTime();
        Output output =
                processes.run(sh(Duration.ofSeconds(1), "echo begun; echo so >&2; sleep 60"));
        assertThat(output.exit()).isEqualTo(Output.TIMED_OUT);
        assertThat(output.ok()).isFalse();
        assertThat(output.stdout()).isEqualTo("begun\n");
        assertThat(output.stderr()).isEqualTo("so\ndid not finish within 1 s\n");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void atTheDeadlineItsChildrenAndTheirsEndToo() {
        String script = "echo $$; sh -c 'echo $$; sleep 61 & echo $!; wait' & wait";
        Output output = processes.run(sh(Duration.ofSeconds(1), script));
        assertThat(output.lines()).hasSize(3);
        assertGone(output.lines());
    }

    @Test
    void atTheDeadlineOneThatIgnoresThePoliteSignalIsKilled() {
        String script = "trap '' TERM; echo $$; while :; do sleep 1; done";
        Output output = processes.run(sh(Duration.ofSeconds(1), script));
        assertThat(output.exit()).isEqualTo(Output.TIMED_OUT);
        assertGone(output.lines());
    }

    /// Waits a little: a killed process is gone when its parent has taken note of it.
    static void assertGone(List<String> pids) {
        Optional<Boolean> gone =
                Await.real()
                        .until(
                                Duration.ofSeconds(5),
                                () ->
                                        pids.stream().noneMatch(ProcessesTest::alive)
                                                ? Optional.of(true)
                                                : Optional.empty());
        assertThat(gone).as("processes %s are gone", pids).isPresent();
    }

    private static boolean alive(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-program", "/no/such/program"})
    void aProgramThatIsNotThereIsAnAnswerAsInAShell(String program) {
        Output output = processes.run(Command.of(LONG, List.of(program, "--version")));
        assertThat(output).isEqualTo(new Output(127, "", program + ": command not found"));
    }

    @Test
    void aProgramThatCannotBeStartedIsExplained(@TempDir Path directory) {
        Command command = Command.of(LONG, List.of("ls", "-l")).in(directory.resolve("none"));
        assertThatExceptionOfType(Stop.class)
                .isThrownBy(() -> processes.run(command))
                .satisfies(stop -> {
                    assertThat(stop.kind()).isEqualTo(Stop.Kind.ENVIRONMENT);
                    assertThat(stop).hasMessage("cannot run ls");
                    assertThat(stop.seen()).contains("No such file or directory");
                    assertThat(stop.state())
                            .isEqualTo("nothing was changed by this command: ls -l");
                });
    }

    @Test
    void anInterruptEndsTheCommandAndStays() throws InterruptedException {
        ConcurrentLinkedQueue<Object> seen = new ConcurrentLinkedQueue<>();
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            Output output = processes.run(sh(LONG, "sleep 60"));
                            seen.add(output.exit());
                            seen.add(Thread.currentThread().isInterrupted());
                        });
        thread.interrupt();
        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        assertThat(seen).containsExactly(130, true);
    }
}
