package dev.tandem.acme;

import dev.tandem.disk.Disk;
import dev.tandem.docker.Command;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What calls `tandem certificate renew` every hour on this machine: a timer of systemd, or a line
/// for cron where there is none. It decides nothing: most calls find that nothing is due.
public final class RenewalTimer {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path root;
    private final Runner runner;

    /// @param root of this machine's files
    public RenewalTimer(Path root, Runner runner) {
        this.root = root;
        this.runner = runner;
    }

    /// Installs it; what is there already is replaced.
    ///
    /// @return the files that it consists of
    /// @throws Stop when this user may not, or when nothing here calls programs
    public List<Path> install(TimerFiles.Call call) {
        List<Path> written = new ArrayList<>();
        try {
            for (Map.Entry<String, String> file : files(call).entrySet()) {
                Path path = root.resolve(file.getKey());
                Disk.replace(
                        path,
                        file.getValue().getBytes(StandardCharsets.UTF_8),
                        PosixFilePermissions.fromString("rw-r--r--"));
                written.add(path);
            }
        } catch (IOException e) {
            throw stopped("the timer cannot be installed", e, "install", call);
        }
        if (hasSystemd()) {
            systemctl(call, "daemon-reload");
            systemctl(call, "enable", "--now", TimerFiles.timer(call.site()));
        }
        return written;
    }

    /// Takes it away again.
    ///
    /// @return the files that were there
    public List<Path> remove(TimerFiles.Call call) {
        List<Path> removed = new ArrayList<>();
        if (hasSystemd() && Files.exists(root.resolve(TimerFiles.unit(call.site(), "timer")))) {
            systemctl(call, "disable", "--now", TimerFiles.timer(call.site()));
        }
        try {
            for (String name : TimerFiles.all(call.site())) {
                Path path = root.resolve(name);
                if (Files.deleteIfExists(path)) {
                    removed.add(path);
                }
            }
        } catch (IOException e) {
            throw stopped("the timer cannot be removed", e, "remove", call);
        }
        if (hasSystemd() && !removed.isEmpty()) {
            systemctl(call, "daemon-reload");
        }
        return removed;
    }

    /// Whether it is there.
    public boolean isInstalled(String site) {
        return TimerFiles.all(site).stream().anyMatch(name -> Files.exists(root.resolve(name)));
    }

    private Map<String, String> files(TimerFiles.Call call) {
        if (hasSystemd()) {
            return TimerFiles.systemd(call);
        }
        if (Files.isDirectory(root.resolve(TimerFiles.CRON))) {
            return TimerFiles.cron(call);
        }
        throw new Stop(
                Stop.Kind.REFUSED,
                "nothing on this machine calls programs by the clock",
                "neither /run/systemd/system nor /" + TimerFiles.CRON,
                "nothing was installed",
                "apt-get install cron, or have something call every hour: " + call.command());
    }

    private boolean hasSystemd() {
        return Files.isDirectory(root.resolve("run/systemd/system"));
    }

    private void systemctl(TimerFiles.Call call, String... words) {
        List<String> argv = new ArrayList<>(List.of("systemctl"));
        argv.addAll(List.of(words));
        Output output = runner.run(Command.of(LIMIT, argv));
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "systemd does not do what it was told",
                    String.join(" ", argv) + ": " + output.lastLines(3),
                    "the files of the timer are written",
                    "systemctl status " + TimerFiles.timer(call.site()));
        }
    }

    private static Stop stopped(String what, IOException e, String verb, TimerFiles.Call call) {
        return new Stop(
                Stop.Kind.REFUSED,
                what,
                e.toString(),
                "the timer is as it was",
                "sudo " + call.command().replaceFirst("renew", "timer " + verb));
    }
}
