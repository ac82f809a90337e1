package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Stop;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A Java program on another machine: what is done there, in a shell of this one. That a real ssh
/// carries it: `SeveralMachinesTest`.
@Timeout(120)
class FarJavaTest {
    private static final Remote MACHINE = new Remote("m3", "bob@192.168.0.13");

    @TempDir private Path directory;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(directory.resolve("tmp"));
    }

    /// Says its arguments and what it is told, until it is told no more.
    public static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println("begins " + String.join(" ", arguments));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            String line;
            while ((line = in.readLine()) != null) {
                if (line.equals("fail")) {
                    System.err.println("it was told to");
                    System.exit(3);
                }
                System.out.println("heard " + line);
            }
        }
    }

    private static FarJava.Program echo(int wanted) throws IOException {
        String name = Echo.class.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes);
                InputStream in = Echo.class.getClassLoader().getResourceAsStream(name)) {
            jar.putNextEntry(new JarEntry(name));
            jar.write(Objects.requireNonNull(in).readAllBytes());
            // More than a pipe holds, and nothing that can be made smaller.
            jar.putNextEntry(new JarEntry("noise"));
            byte[] noise = new byte[300_000];
            new java.util.Random(1).nextBytes(noise);
            jar.write(noise);
        }
        // As a word for a shell: `$` begins a name.
        String main = Echo.class.getName().replace("$", "\\$");
        return new FarJava.Program(bytes.toByteArray(), wanted, main + " one two");
    }

    /// In place of ssh: a shell here runs what ssh would have run there.
    private List<String> ssh(String before) {
        String run =
                "export TMPDIR=%s; %s for last; do :; done; eval \"$last\""
                        .formatted(directory.resolve("tmp"), before);
        return List.of("sh", "-c", run, "ssh");
    }

    private FarJava start(String before, int wanted) throws IOException {
        FarShell shell = new FarShell(MACHINE, new Processes());
        return FarJava.start(shell, ssh(before), echo(wanted));
    }

    private static String thisJava() {
        return "export JAVA_HOME=%s;".formatted(System.getProperty("java.home"));
    }

    private boolean isClean() throws IOException {
        try (Stream<Path> left = Files.list(directory.resolve("tmp"))) {
            return left.findAny().isEmpty();
        }
    }

    private void say(FarJava java, String line) throws IOException {
        java.told().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        java.told().flush();
    }

    @Test
    void itIsSentStartedAndTalkedToAndLeavesNothingBehind() throws Exception {
        try (FarJava java = start(thisJava(), 25)) {
            BufferedReader said =
                    new BufferedReader(
                            new InputStreamReader(java.said(), StandardCharsets.US_ASCII));
            assertThat(said.readLine()).isEqualTo("begins one two");
            say(java, "hello");
            assertThat(said.readLine()).isEqualTo("heard hello");
            assertThat(isClean()).isFalse();
            java.told().close();
            assertThat(said.readLine()).isNull();
            assertThat(java.why()).isEqualTo("it has ended with 0");
        }
        assertThat(isClean()).isTrue();
    }

    @Test
    void itsLastWordsAreWhyItEnded() throws Exception {
        try (FarJava java = start(thisJava(), 25)) {
            say(java, "fail");
            java.said().transferTo(java.told());
            assertThat(java.why()).isEqualTo("it has ended with 3: it was told to");
        }
        assertThat(isClean()).isTrue();
    }

    /// The shell that is told to end does what it has to, as sshd's children are told.
    @Test
    void whenItIsKilledTheDirectoryGoesToo() throws Exception {
        try (FarJava java = start(thisJava(), 25)) {
            assertThat(java.said().read()).isEqualTo('b');
            ProcessHandle program =
                    ProcessHandle.current()
                            .descendants()
                            .filter(one ->
                                    one.info().commandLine().orElse("").contains("program.jar"))
                            .filter(one -> one.info().command().orElse("").endsWith("java"))
                            .findFirst()
                            .orElseThrow();
            program.destroyForcibly();
            program.onExit().get(10, TimeUnit.SECONDS);
            java.said().readAllBytes();
            assertThat(java.why()).startsWith("it has ended with 137");
        }
        assertThat(isClean()).isTrue();
    }

    @Test
    void aMachineWithoutAJavaThatIsNewEnoughIsRefusedAndWhatItHasIsNamed() throws Exception {
        assertThatThrownBy(() -> start(thisJava(), 99))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
                            assertThat(stop)
                                    .hasMessage(
                                            "m3 has no Java 99, so no load can be sent from"
                                                    + " there");
                            assertThat(stop.seen())
                                    .contains("found there: Java ")
                                    .contains(System.getProperty("java.version"));
                            assertThat(stop.next()).startsWith("setup/java, on m3 as root");
                        });
        assertThat(isClean()).isTrue();
    }

    @Test
    void whatIsInTheWayIsSaid() throws Exception {
        assertThatThrownBy(() -> start("echo welcome;", 25))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> assertThat(stop.seen()).isEqualTo("its shell said: welcome"));
        assertThatThrownBy(() -> start("echo 'Permission denied (publickey).' >&2; exit 255;", 25))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind()).isEqualTo(Stop.Kind.ENVIRONMENT);
                            assertThat(stop.seen()).contains("key");
                        });
        assertThatThrownBy(() -> start(thisJava() + "export TMPDIR=/nonexistent;", 25))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> assertThat(stop.seen()).contains("it has ended with 1: mktemp"));
    }
}
