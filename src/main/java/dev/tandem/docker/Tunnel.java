package dev.tandem.docker;

import dev.tandem.docker.Unreachable.Why;
import java.io.IOException;
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
                    "ControlPath=none",
                    "ForwardAgent=no",
                    "ForwardX11=no",
                    "PermitLocalCommand=no",
                    "RequestTTY=no",
                    // A user's own configuration may silence what has to be read.
                    "LogLevel=INFO");

    private final Remote machine;
    private final Path directory;
    private final Process process;
    private final OutputReader said;
    private final List<String> ports;

    private Tunnel(
            Remote machine,
            Path directory,
            Process process,
            OutputReader said,
            List<String> ports) {
        this.machine = machine;
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
        try {
            Path directory = Files.createTempDirectory("tandem");
            Process process = start(machine, ssh, directory, ports);
            CompletableFuture<String> first = new CompletableFuture<>();
            OutputReader.passingOn(process.getInputStream(), first::complete);
            OutputReader said = OutputReader.of(process.getErrorStream(), _ -> {});
            CompletableFuture<Void> _ = process.onExit().thenRun(() -> first.complete(""));
            Tunnel tunnel = new Tunnel(machine, directory, process, said, ports);
            Optional<Unreachable> trouble = tunnel.trouble(first, ssh);
            trouble.ifPresent(_ -> tunnel.close());
            return trouble.<Reached>map(one -> one).orElse(tunnel);
        } catch (IOException e) {
            return SshWords.of(machine, Why.NO_SSH, String.valueOf(e.getMessage()));
        }
    }

    private static Process start(
            Remote machine, List<String> ssh, Path directory, List<String> ports)
            throws IOException {
        List<String> argv = new ArrayList<>(ssh);
        OPTIONS.forEach(option -> argv.addAll(List.of("-o", option)));
        argv.addAll(List.of("-L", directory.resolve("s") + ":/var/run/docker.sock"));
        ports.forEach(port -> argv.addAll(List.of("-L", end(directory, port) + ":" + port)));
        argv.addAll(List.of("--", machine.ssh(), THERE));
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().putAll(Map.of("LC_ALL", "C"));
        // Whoever would be asked for a passphrase in a window.
        builder.environment().keySet().removeAll(List.of("SSH_ASKPASS", "DISPLAY"));
        return builder.start();
    }

    /// Our end of the way to a port. A colon would end its name, for ssh.
    private static Path end(Path directory, String port) {
        return directory.resolve(port.replace(':', '_'));
    }

    private Optional<Unreachable> trouble(CompletableFuture<String> first, List<String> ssh) {
        String line;
        try {
            line = first.get(OPEN.toMillis(), TimeUnit.MILLISECONDS);
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
        return silence();
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
}
