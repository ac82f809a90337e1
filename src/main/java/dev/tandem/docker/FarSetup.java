package dev.tandem.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// `setup/engine` on a machine that is reached by ssh. The script is sent, runs there out of a
/// directory that only its user can enter, and is removed: nothing is fetched for it, and nothing
/// of Tandem's stays.
///
/// As any other ssh of Tandem's it asks nobody anything and accepts no host key. Root is had by
/// logging in as root or by `sudo` without a password, and not otherwise.
public final class FarSetup {
    /// Asking apt takes a second or two on a machine that is busy.
    private static final Duration LOOK = Duration.ofSeconds(20);

    /// As for the engine of this machine.
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final int SSH_FAILED = 255;

    private static final List<String> FILES =
            List.of(
                    "setup/engine",
                    "setup/apt.sh",
                    "setup/live-restore.sh",
                    "setup/with-live-restore",
                    "setup/share-processors");

    /// Here: `$0` is Tandem's own directory, `$1` the files, and the rest is ssh.
    private static final String SEND =
            "f=$1; shift; tar -C \"$0\" --owner=0 --group=0 -cf - $f | \"$@\"";

    /// There, in whatever shell the user has. Engines that the user's client was pointed to are
    /// others.
    private static final String UNPACK =
            "unset DOCKER_HOST DOCKER_CONTEXT; PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin;"
                    + " d=$(mktemp -d) && trap \"rm -rf $d\" EXIT"
                    + " && tar -xf - --no-same-owner -C $d || exit 5;"
                    + " if [ $(id -u) = 0 ]; then r=; k=root;"
                    + " elif sudo -n bash -c : 2>/dev/null; then r=\"sudo -n\"; k=sudo;"
                    + " else r=; k=none; fi; ";

    private final Runner local;
    private final List<String> ssh;
    private final Path home;

    /// @param local runs programs on this machine
    /// @param home Tandem's own directory
    public FarSetup(Runner local, Path home) {
        this(local, Tunnel.SSH, home);
    }

    /// @param ssh the program and what it is always told
    FarSetup(Runner local, List<String> ssh, Path home) {
        this.local = local;
        this.ssh = List.copyOf(ssh);
        this.home = home;
    }

    /// What the script would do on a machine. Changes nothing there.
    public Look look(Remote machine) {
        String line =
                UNPACK
                        + "echo as $k $(id -un);"
                        + " $r bash $d/setup/engine --look --user $(id -un)";
        Output output = local.run(command(machine, LOOK, line));
        return Look.of(output, () -> failed(machine, output));
    }

    /// Has it done.
    ///
    /// @param line gets each line of the script's
    /// @return why it failed; empty when an engine answers there now
    public Optional<String> carryOut(Remote machine, Consumer<String> line) {
        String words = UNPACK + "$r bash $d/setup/engine --yes --user $(id -un)";
        Output output = local.run(command(machine, LIMIT, words), line);
        return output.ok() ? Optional.empty() : Optional.of(failed(machine, output));
    }

    /// What ends with ssh's own code is told as ssh's failures are.
    private static String failed(Remote machine, Output output) {
        return output.exit() == SSH_FAILED
                ? SshWords.read(machine, output.stderr(), "").seen()
                : output.lastLines(14);
    }

    private Command command(Remote machine, Duration limit, String script) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", SEND, home.toString()));
        argv.add(String.join(" ", FILES));
        argv.addAll(new FarShell(machine, local).argv(ssh, script));
        return Command.of(limit, argv).with("LC_ALL", "C");
    }
}
