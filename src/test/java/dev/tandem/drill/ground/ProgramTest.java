package dev.tandem.drill.ground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.scenario.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What finds the processes of a program and sends them signals, run on this machine: on processes
/// that nothing else here has the name of.
class ProgramTest {
    private static final String NAME = "pt" + ProcessHandle.current().pid() + "x";

    @TempDir Path directory;

    @Test
    void processesThatEndMeanwhileNeedNoSignal() throws Exception {
        Path quick = Files.copy(Path.of("/bin/true"), directory.resolve(NAME + "-quick"));
        Process many = begin("sh", "-c", "while :; do \"$0\"; done", quick.toString());
        try {
            for (int time = 0; time < 50; time++) {
                assertThat(signal(NAME + "-quick", "CONT").exitValue()).isZero();
            }
        } finally {
            many.destroyForcibly().waitFor();
        }
    }

    @Test
    void eachProcessGetsTheSignal() throws Exception {
        Path slow = Files.copy(Path.of("/bin/sleep"), directory.resolve(NAME + "-slow"));
        List<Process> two = List.of(begin(slow.toString(), "60"), begin(slow.toString(), "60"));
        try {
            // The kernel lets a starter go on a moment before the new program has its name.
            TestSite.await("both run", () -> processes(NAME + "-slow").size() == two.size());
            assertThat(signal(NAME + "-slow", "STOP").exitValue()).isZero();
            List<String> stopped = two.stream().map(one -> one.pid() + " T").toList();
            TestSite.await("both have stopped", () -> processes(NAME + "-slow").equals(stopped));
        } finally {
            for (Process one : two) {
                one.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void aSignalThatNobodyKnowsIsAnError() throws Exception {
        Path slow = Files.copy(Path.of("/bin/sleep"), directory.resolve(NAME + "-other"));
        Process one = begin(slow.toString(), "60");
        try {
            TestSite.await("it runs", () -> processes(NAME + "-other").size() == 1);
            assertThat(signal(NAME + "-other", "NOSUCH").exitValue()).isEqualTo(1);
        } finally {
            one.destroyForcibly().waitFor();
        }
    }

    private static List<String> processes(String name) {
        try {
            return signal(name, "").inputReader().readAllLines();
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Process signal(String name, String signal)
            throws IOException, InterruptedException {
        Process script = begin("sh", "-c", Program.SCRIPT, "sh", name, signal);
        script.waitFor();
        return script;
    }

    private static Process begin(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
