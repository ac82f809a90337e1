package dev.tandem.docker;

import dev.tandem.docker.Unreachable.Why;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// The engine of another machine, through one ssh: a socket here leads to its
/// `/var/run/docker.sock`, for as long as a verb takes.
///
/// One process for a verb instead of one for each call, which would be slower and run into sshd's
/// limits (docs/decisions/0038-engines.md). It asks nobody anything, accepts no host key, and is
/// told by its end of a pipe when Tandem has ended, however that ended.
public final class Tunnel implements Reached, AutoCloseable {
    /// To be there, be let in, and say so.
    private static final Duration OPEN = Duration.ofSeconds(6);

    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration END = Duration.ofSeconds(2);

    /// After which it is looked at whether an ssh that has said nothing waits for a connection that
    /// somebody else has open.
    private static final Duration SOON = Duration.ofSeconds(1);

    /// What ends needs no longer to be gone.
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private static final Path NEIGHBOURS = Path.of("/proc/net/arp");

    /// On the machine: says whether there is an engine for this user, and waits for our end.
    private static final String THERE =
            "exec sh -c 's=/var/run/docker.sock; [ -S $s ] && a=yes || a=no; [ -w $s ] && w=yes ||"
                    + " w=no; echo tandem $a $w $(id -un); exec cat >/dev/null'";

    /// In a session of its own: what Ctrl-C undoes on the way out still needs the engine, and there
    /// is no terminal on which anybody could be asked.
    static final List<String> SSH = List.of("setsid", "ssh");

    static final List<String> OPTIONS =
            List.of(
                    "BatchMode=yes",
                    "ConnectTimeout=3",
                    "ConnectionAttempts=1",
                    "ServerAliveInterval=2",
                    "ServerAliveCountMax=2",
                    "StrictHostKeyChecking=yes",
                    "UpdateHostKeys=no",
                    "ExitOnForwardFailure=yes",
                    "StreamLocalBindMask=0177",
                    "ControlMaster=no",
                    Line.NO_CONTROL_PATH,
                    "ForwardAgent=no",
                    "ForwardX11=no",
                    "PermitLocalCommand=no",
                    "RequestTTY=no",
                    // A user's own configuration may silence what has to be read.
                    "LogLevel=INFO");

    /// Whose connection it may go through.
    private enum Line {
        /// One that the user's ssh has open, if it has one; else its own.
        ANY,
        OWN;

        static final String NO_CONTROL_PATH = "ControlPath=none";

        List<String> options() {
            return OPTIONS.stream()
                    .filter(option -> this == OWN || !option.equals(NO_CONTROL_PATH))
                    .flatMap(option -> Stream.of("-o", option))
                    .toList();
        }
    }

    private final Remote machine;
    private final List<String> ssh;
    private final Path directory;
    private final Process process;
    private final OutputReader said;
    private final List<String> ports;
    private volatile boolean shared;

    private Tunnel(
            Remote machine,
            List<String> ssh,
            Path directory,
            Process process,
            OutputReader said,
            List<String> ports) {
        this.machine = machine;
        this.ssh = List.copyOf(ssh);
        this.directory = directory;
        this.process = process;
        this.said = said;
        this.ports = List.copyOf(ports);
    }

    /// Opens one; within 9 s it is known whether that is possible.
    ///
    /// @param ssh the program and what it is always told: {@link #SSH}
    public static Reached open(Remote machine, List<String> ssh) {
        return open(machine, ssh, List.of());
    }

    /// The same, with ways to some ports of that machine's networks.
    ///
    /// @param ports each as `ADDRESS:PORT`
    static Reached open(Remote machine, List<String> ssh, List<String> ports) {
        return open(machine, ssh, ports, Line.ANY);
    }

    /// When something is wrong over a connection of somebody else's, that may be what is wrong:
    /// what is told was found out over one of our own.
    private static Reached open(Remote machine, List<String> ssh, List<String> ports, Line line) {
        try {
            Path directory = Files.createTempDirectory("tandem");
            Process process = start(machine, ssh, directory, ports, line);
            CompletableFuture<String> first = new CompletableFuture<>();
            OutputReader.passingOn(process.getInputStream(), first::complete);
            OutputReader said = OutputReader.of(process.getErrorStream(), _ -> {});
            CompletableFuture<Void> _ = process.onExit().thenRun(() -> first.complete(""));
            Tunnel tunnel = new Tunnel(machine, ssh, directory, process, said, ports);
            Optional<Unreachable> trouble = tunnel.trouble(first, ssh);
            if (trouble.isEmpty()) {
                return tunnel;
            }
            tunnel.close();
            boolean isDoubtful = line == Line.ANY && tunnel.hasShared();
            return isDoubtful ? open(machine, ssh, ports, Line.OWN) : trouble.get();
        } catch (IOException e) {
            return SshWords.of(machine, Why.NO_SSH, String.valueOf(e.getMessage()));
        }
    }

    private boolean hasShared() {
        return shared || said.text().contains("mux_client");
    }

    private static Process start(
            Remote machine, List<String> ssh, Path directory, List<String> ports, Line line)
            throws IOException {
        List<String> argv = new ArrayList<>(ssh);
        argv.addAll(line.options());
        argv.addAll(forwards(directory, ports));
        argv.addAll(List.of("--", machine.ssh(), THERE));
        return builder(argv).start();
    }

    private static ProcessBuilder builder(List<String> argv) {
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().putAll(Map.of("LC_ALL", "C"));
        // Whoever would be asked for a passphrase in a window.
        builder.environment().keySet().removeAll(List.of("SSH_ASKPASS", "DISPLAY"));
        return builder;
    }

    private static List<String> forwards(Path directory, List<String> ports) {
        List<String> argv = new ArrayList<>();
        argv.addAll(List.of("-L", directory.resolve("s") + ":/var/run/docker.sock"));
        ports.forEach(port -> argv.addAll(List.of("-L", end(directory, port) + ":" + port)));
        return argv;
    }

    /// Our end of the way to a port. A colon would end its name, for ssh.
    private static Path end(Path directory, String port) {
        return directory.resolve(port.replace(':', '_'));
    }

    private Optional<Unreachable> trouble(CompletableFuture<String> first, List<String> ssh) {
        String line;
        try {
            line = word(first);
            shared = SharedLine.uses(process.pid());
        } catch (TimeoutException | ExecutionException e) {
            String seen = "it has not let us in within " + OPEN.toSeconds() + " s";
            return Optional.of(SshWords.of(machine, Why.SILENT, seen));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(SshWords.of(machine, Why.OTHER, "interrupted"));
        }
        String[] words = line.split(" ", -1);
        if (words.length != 4 || !words[0].equals("tandem")) {
            return Optional.of(line.isEmpty() ? ended(ssh) : strange(line));
        }
        if (words[1].equals("no")) {
            return Optional.of(SshWords.of(machine, Why.NO_ENGINE, "as " + words[3]));
        }
        if (words[2].equals("no")) {
            return Optional.of(SshWords.of(machine, Why.NOT_ALLOWED, words[3]));
        }
        return seen();
    }

    private String word(CompletableFuture<String> first)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return first.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            shared = SharedLine.uses(process.pid());
            if (shared) {
                throw e;
            }
            return first.get(OPEN.minus(SOON).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Unreachable strange(String line) {
        return SshWords.of(machine, Why.OTHER, "its shell said: " + line);
    }

    private Unreachable ended(List<String> ssh) {
        Unreachable read = SshWords.read(machine, said(), neighbours());
        return read.why() == Why.DENIED && SshKeys.allLocked(machine, ssh)
                ? SshWords.of(machine, Why.KEY_LOCKED, "")
                : read;
    }

    /// All that ssh said, once it has ended.
    private String said() {
        try {
            said.ends(System.nanoTime() + END.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return said.text();
    }

    private static String neighbours() {
        try {
            return Files.readString(NEIGHBOURS);
        } catch (IOException e) {
            return "";
        }
    }

    /// Why the engine does not answer; empty when it does.
    Optional<Unreachable> silence() {
        return seen().map(why -> shared ? overOwn() : why);
    }

    /// What is wrong is the machine, its engine, or the connection that we share.
    private Unreachable overOwn() {
        return switch (open(machine, ssh, List.of(), Line.OWN)) {
            case Unreachable why -> why;
            case Tunnel own -> {
                own.close();
                yield SshWords.of(machine, Why.CUT, "the one that your ssh shares");
            }
            case Reached.Direct _ -> throw new IllegalStateException("no ssh is direct");
        };
    }

    private Optional<Unreachable> seen() {
        if (!process.isAlive()) {
            return Optional.of(cut());
        }
        return switch (EngineSocket.ask(socket(), ANSWER)) {
            case YES -> Optional.empty();
            case NOBODY -> Optional.of(ends() ? cut() : SshWords.of(machine, Why.ENGINE_DOWN, ""));
            case LATE -> Optional.of(SshWords.of(machine, Why.ENGINE_HANGS, ""));
        };
    }

    private Unreachable cut() {
        Unreachable read = SshWords.read(machine, said(), neighbours());
        return read.why() == Why.OTHER ? SshWords.of(machine, Why.CUT, read.seen()) : read;
    }

    /// Whether ssh is about to end: it closes its socket a moment before.
    private boolean ends() {
        try {
            return process.waitFor(MOMENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// The machine that it leads to.
    public Remote machine() {
        return machine;
    }

    /// Its end on this machine, in a directory that only this user can enter.
    public Path socket() {
        return directory.resolve("s");
    }

    /// What a page says on that machine; empty when it says nothing, or there is no way to it.
    Optional<String> read(Page page) {
        String port = page.address() + ":" + page.port();
        return ports.contains(port) ? page.over(end(directory, port)) : Optional.empty();
    }

    /// As `docker` takes it.
    public String address() {
        return "unix://" + socket();
    }

    /// Begins to close it. Who has several begins with all of them.
    void leave() {
        process.destroy();
    }

    @Override
    public void close() {
        leave();
        try {
            if (!process.waitFor(END)) {
                process.destroyForcibly();
            }
            if (shared) {
                takeBack();
            }
            Files.deleteIfExists(socket());
            for (String port : ports) {
                Files.deleteIfExists(end(directory, port));
            }
            Files.deleteIfExists(directory);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // An empty directory is left, in the place for temporary files.
            process.destroyForcibly();
        }
    }

    /// What was forwarded for us would stay with the connection.
    private void takeBack() throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(ssh);
        argv.addAll(Line.ANY.options());
        argv.addAll(List.of("-O", "cancel"));
        argv.addAll(forwards(directory, ports));
        argv.addAll(List.of("--", machine.ssh()));
        Process cancel =
                builder(argv).redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
        if (!cancel.waitFor(END)) {
            cancel.destroyForcibly();
        }
    }
}
