package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A Java program on a machine that is reached by ssh, as the user of the site file: sent there,
/// started, talked to over its standard input and output.
///
/// It lies in a directory that only that user can enter, which is removed when it has ended,
/// however that was. Nothing is installed, and nothing stays. As any other ssh of Tandem's it asks
/// nobody anything and accepts no host key.
public final class FarJava implements AutoCloseable {
    /// To be there, be let in, and find a Java.
    private static final Duration OPEN = Duration.ofSeconds(15);

    private static final Duration END = Duration.ofSeconds(2);

    /// For Java to end there, and for the directory to go.
    private static final Duration CLOSE = Duration.ofSeconds(8);

    private static final int SSH_FAILED = 255;
    private static final int LONGEST_LINE = 2000;
    private static final String FOUND = "tandem java ";
    private static final String NONE = "tandem none";

    /// There: `$w` is the least version of Java, `$n` the size of the jar, `$c` the class with its
    /// arguments. Sets `$j` to a Java that is new enough, or says which ones are not. Then the jar
    /// comes, and what follows it is for the program. No `exec`: whoever waits removes the
    /// directory.
    private static final String SCRIPT =
            """
            s=; m=0; \
            for j in $JAVA_HOME/bin/java $(command -v java) /usr/lib/jvm/*/bin/java; do \
            [ -x "$j" ] || continue; \
            v=$("$j" -version 2>&1 | sed -n "s/.* version \\"\\([^\\"]*\\)\\".*/\\1/p" \
            | head -n 1); \
            m=${v%%[!0-9]*}; \
            [ "${m:-0}" -lt $w ] || break; \
            m=0; \
            case " $s " in *" $v "*) ;; *) s="$s $v" ;; esac; \
            done; \
            [ "${m:-0}" -ge $w ] || { echo "tandem none$s"; exit 0; }; \
            umask 077; d=$(mktemp -d) || exit 1; \
            trap "rm -rf $d" EXIT; trap "exit 1" HUP INT TERM; \
            echo "tandem java $v"; \
            head -c $n >$d/program.jar || exit 1; \
            p="-XX:ThreadPriorityPolicy=1 -XX:JavaPriority10_To_OSPriority=-20"; \
            [ $(id -u) = 0 ] || p=; \
            "$j" -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr $p \
            -cp $d/program.jar $c\
            """;

    private final Remote machine;
    private final Process process;
    private final InputStream said;
    private final OutputStream told;
    private final OutputReader remarks;

    private FarJava(Remote machine, Process process) {
        this.machine = machine;
        this.process = process;
        this.said = new BufferedInputStream(process.getInputStream(), 1 << 16);
        this.told = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
        this.remarks = OutputReader.of(process.getErrorStream(), _ -> {});
    }

    /// A program to be sent.
    public static final class Program {
        private final byte[] jar;
        private final int wanted;
        private final String main;

        /// @param jar all that it consists of
        /// @param wanted the least version of Java that runs it
        /// @param main its class and arguments, as words without quotes
        public Program(byte[] jar, int wanted, String main) {
            this.jar = jar.clone();
            this.wanted = wanted;
            this.main = main;
        }

        private String script() {
            return "w=%d; n=%d; c=\"%s\"; ".formatted(wanted, jar.length, main) + SCRIPT;
        }
    }

    /// Sends a program and starts it.
    ///
    /// @param ssh the program and what it is always told: {@link Tunnel#SSH}
    /// @throws Stop if the machine does not let us in, or has no Java for it
    static FarJava start(FarShell shell, List<String> ssh, Program program) {
        Remote machine = shell.machine();
        try {
            ProcessBuilder builder = new ProcessBuilder(shell.argv(ssh, program.script()));
            builder.environment().putAll(Map.of("LC_ALL", "C"));
            builder.environment().keySet().removeAll(List.of("SSH_ASKPASS", "DISPLAY"));
            FarJava java = new FarJava(machine, builder.start());
            try {
                java.begin(program);
            } catch (Stop e) {
                java.close();
                throw e;
            }
            return java;
        } catch (IOException e) {
            throw failed(machine, String.valueOf(e.getMessage()));
        }
    }

    private void begin(Program program) {
        String first = first();
        if (first.startsWith(NONE)) {
            throw noJava(machine, program.wanted, first.substring(NONE.length()).strip());
        }
        if (!first.startsWith(FOUND)) {
            throw failed(machine, first.isEmpty() ? why() : "its shell said: " + first);
        }
        try {
            told.write(program.jar);
            told.flush();
        } catch (IOException e) {
            throw failed(machine, why());
        }
    }

    /// Its first line; empty if it ended without one.
    private String first() {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("first line").start(() -> line.complete(line()));
        try {
            return line.get(OPEN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw failed(machine, "no answer within " + OPEN.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(machine, "interrupted");
        }
    }

    /// Reads no more than that: what follows is the program's.
    private String line() {
        StringBuilder line = new StringBuilder();
        try {
            int next = said.read();
            while (next >= 0 && next != '\n' && line.length() < LONGEST_LINE) {
                line.append((char) next);
                next = said.read();
            }
        } catch (IOException e) {
            return line.toString();
        }
        return line.toString();
    }

    /// What the program prints.
    public InputStream said() {
        return said;
    }

    /// What the program reads. When it is closed, the program should end.
    public OutputStream told() {
        return told;
    }

    /// Why there is no more of it, on one line: in the words of ssh, or the last ones of the
    /// program.
    public String why() {
        try {
            if (!process.waitFor(END)) {
                return "it says nothing any more, and has not ended";
            }
            remarks.ends(System.nanoTime() + END.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
        String text = remarks.text();
        if (process.exitValue() == SSH_FAILED) {
            return SshWords.read(machine, text, "").seen();
        }
        Optional<String> last = text.lines().reduce((_, later) -> later);
        return "it has ended with %d%s"
                .formatted(process.exitValue(), last.map(line -> ": " + line).orElse(""));
    }

    private static Stop noJava(Remote machine, int wanted, String found) {
        return new Stop(
                Stop.Kind.REFUSED,
                "%s has no Java %d, so no load can be sent from there"
                        .formatted(machine.name(), wanted),
                found.isEmpty()
                        ? "neither JAVA_HOME, PATH nor /usr/lib/jvm there has a Java"
                        : "found there: Java " + found.replace(" ", ", "),
                "nothing was broken",
                "setup/java, on %s as root, installs one; then the same command"
                        .formatted(machine.name()));
    }

    private static Stop failed(Remote machine, String seen) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "no load can be sent from " + machine.name(),
                seen,
                "nothing was broken",
                "ssh %s true; then the same command".formatted(machine.ssh()));
    }

    /// Ends it, if it has not ended.
    @Override
    public void close() {
        try {
            told.close();
        } catch (IOException e) {
            // It has ended.
        }
        try {
            if (!process.waitFor(CLOSE)) {
                process.destroy();
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
