package dev.tandem.scenario;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Machines with a Docker engine and an sshd each, on a LAN of their own (src/test/farm). A test
/// class that has one takes it down again; `setup/sweep` does when the test was killed.
public final class Farm implements BeforeAllCallback, AfterAllCallback {
    private final Path directory;
    private final List<String> machines;
    private final boolean images;

    /// On the LAN, once it was called there.
    private Optional<FarmTandem> tandem = Optional.empty();

    private Farm(List<String> machines, boolean images) {
        try {
            this.directory = Files.createTempDirectory("tandem-" + Forks.name() + "-farm");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.machines = machines;
        this.images = images;
    }

    /// Machines whose engines have the images of a site.
    public static Farm of(String... machines) {
        return new Farm(List.of(machines), true);
    }

    /// Machines whose engines have nothing yet.
    public static Farm empty(String... machines) {
        return new Farm(List.of(machines), false);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Shell.asRoot("make network namespaces");
        if (images) {
            dev.tandem.render.Setting.Images built = Builds.once();
            farm("golden", "tandem/base:trixie", built.balancer(), built.web());
        }
        List<String> up = new ArrayList<>(List.of("up"));
        up.addAll(machines);
        farm(up.toArray(String[]::new));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        tandem.ifPresent(FarmTandem::close);
        tandem = Optional.empty();
        run("down");
    }

    /// Its directory: `ssh/config`, `ssh/known_hosts`, `bin/ssh`, and one for each machine.
    public Path directory() {
        return directory;
    }

    /// Has it do something.
    ///
    /// @throws AssertionError when it does not
    public String farm(String... words) {
        Output output = run(words);
        if (!output.ok()) {
            throw new AssertionError(
                    "farm %s ended with %d:\n%s%s"
                            .formatted(
                                    Arrays.toString(words),
                                    output.exit(),
                                    output.stdout(),
                                    output.stderr()));
        }
        return output.stdout().strip();
    }

    /// The same, whatever comes of it.
    public Output run(String... words) {
        return Shell.run(Shell.HOME, command(words).toArray(String[]::new));
    }

    /// What has it do something.
    public List<String> command(String... words) {
        List<String> argv = new ArrayList<>(List.of("env", "FARM=" + directory));
        argv.add(Shell.HOME.resolve("src/test/farm/farm").toString());
        argv.addAll(List.of(words));
        return argv;
    }

    /// Runs a line in a shell on a machine, as root.
    Output on(String machine, String line) {
        return run("in", machine, "sh", "-c", line);
    }

    /// Its answer.
    ///
    /// @throws AssertionError when its exit code is not 0
    String answer(String machine, String line) {
        return farm("in", machine, "sh", "-c", line);
    }

    /// Calls `tandem` on the LAN, where a controller is that is none of the machines. What needs a
    /// process of its own gets one.
    Output called(Path directory, String arguments) {
        if (CalledTandem.isProcess(arguments.split(" ", -1))) {
            return Shell.run(Shell.HOME, typed(directory, arguments).toArray(String[]::new));
        }
        FarmTandem called = tandem.orElseGet(() -> FarmTandem.onTheLan(this));
        tandem = Optional.of(called);
        return called.run(directory, arguments);
    }

    /// What starts it on the LAN as a user types it.
    List<String> typed(Path directory, String arguments) {
        String line =
                "cd %s && JAVA_HOME=%s exec %s %s"
                        .formatted(
                                directory,
                                System.getProperty("java.home"),
                                Shell.HOME.resolve("tandem"),
                                arguments);
        return command("lan", "bash", "-c", line);
    }

    /// Runs `tandem` on a machine, in /var/lib/tandem.
    Output tandem(String machine, String arguments) {
        return on(
                machine,
                "cd /var/lib/tandem && JAVA_HOME=%s exec /srv/tandem/tandem %s"
                        .formatted(System.getProperty("java.home"), arguments));
    }
}
