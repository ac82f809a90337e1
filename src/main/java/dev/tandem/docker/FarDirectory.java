package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A directory on an engine's machine, worked on through a container that does nothing but hold it:
/// it needs no more than the engine, however that is reached, and no right on the machine.
///
/// The container is made at the first use, and ends by itself an hour after a Tandem that was
/// killed. It is no part of the site's Compose project.
public final class FarDirectory implements AutoCloseable {
    /// Where the container has the directory.
    private static final String HERE = "/site";

    private static final Duration QUICK = Duration.ofSeconds(20);
    private static final Duration COPY = Duration.ofMinutes(2);
    private static final String LONGEST = "3600";

    private final Runner runner;
    private final String image;
    private final String path;
    private final String container;
    private final AtExit atExit;
    private boolean open;

    /// @param image any that has a shell
    /// @param path of the directory; it is made if it is not there
    /// @param container a name that no other container has
    FarDirectory(Runner runner, String image, String path, String container) {
        this.runner = runner;
        this.image = image;
        this.path = path;
        this.container = container;
        this.atExit = new AtExit("remove container " + container, this::close);
    }

    /// Runs a script in it.
    ///
    /// @param arguments what the script finds as `$1`, `$2`, ...
    public Output run(String script, List<String> arguments) {
        open();
        List<String> argv = new ArrayList<>(List.of("docker", "exec", container, "sh", "-c"));
        argv.add("set -e; cd " + HERE + "\n" + script);
        argv.add("sh");
        argv.addAll(arguments);
        return runner.run(Command.of(QUICK, argv));
    }

    /// What a script answers.
    ///
    /// @throws Stop when it fails
    public Output answer(String script, List<String> arguments) {
        Output output = run(script, arguments);
        if (!output.ok()) {
            throw stopped(output);
        }
        return output;
    }

    /// Copies what is in a directory of this machine into one below it, which must be there, with
    /// the modes that it has here.
    ///
    /// @throws Stop when that fails: the disk may be full
    public void copy(Path from, String to) {
        open();
        String target = container + ":" + HERE + "/" + to;
        Output output = runner.run(Command.of(COPY, List.of("docker", "cp", from + "/.", target)));
        if (!output.ok()) {
            throw stopped(output);
        }
    }

    private synchronized void open() {
        if (open) {
            return;
        }
        atExit.expect();
        open = true;
        List<String> argv = new ArrayList<>(List.of("docker", "run", "--detach", "--rm"));
        argv.addAll(List.of("--name", container, "--network", "none", "--cap-drop", "ALL"));
        argv.addAll(List.of("--cap-add", "DAC_OVERRIDE", "--cap-add", "FOWNER"));
        argv.addAll(List.of("--volume", path + ":" + HERE, "--entrypoint", "sleep"));
        argv.addAll(List.of(image, LONGEST));
        Output output = runner.run(Command.of(QUICK, argv));
        if (!output.ok()) {
            throw stopped(output);
        }
    }

    private Stop stopped(Output output) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "the files in %s could not be worked on".formatted(path),
                output.lastLines(5),
                "no container was changed by this",
                "on that machine: ls -la " + path + "; df -h " + path);
    }

    /// Removes the container; the directory stays.
    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            runner.run(Command.of(QUICK, List.of("docker", "rm", "--force", container)));
            atExit.forget();
        }
    }
}
