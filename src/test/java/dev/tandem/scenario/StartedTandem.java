package dev.tandem.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A `tandem` that works beside the test, which looks into its journal and may kill it.
///
/// The launcher becomes Java (`exec`), so the process that is started is the one that works.
final class StartedTandem implements AutoCloseable {
    private final TestSite site;
    private final Path said;
    private final WatchService watch;
    private final Process process;

    private StartedTandem(TestSite site, List<String> arguments) throws IOException {
        this.site = site;
        this.said = site.directory().resolve("started.log");
        this.watch = FileSystems.getDefault().newWatchService();
        site.rendered()
                .register(
                        watch,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY);
        List<String> argv = new ArrayList<>(List.of(Shell.HOME.resolve("tandem").toString()));
        argv.addAll(arguments);
        this.process =
                new ProcessBuilder(argv)
                        .directory(site.directory().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
    }

    static StartedTandem with(TestSite site, String... arguments) throws IOException {
        return new StartedTandem(site, List.of(arguments));
    }

    /// Waits until its journal says that a step has begun or is done, and comes back at once. The
    /// journal is replaced in one move each time, which wakes this up.
    ///
    /// @param moment `begin` or `done`
    /// @param step its verb and node: `reload haproxy-a`
    /// @throws AssertionError when the process ends before
    void await(String moment, String step) throws InterruptedException {
        while (!says(moment, step)) {
            WatchKey key = watch.poll(TestSite.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (key == null || !process.isAlive()) {
                throw new AssertionError("not " + moment + " " + step + ":\n" + said());
            }
            key.pollEvents();
            key.reset();
        }
    }

    private boolean says(String moment, String step) {
        List<String> journal = journal();
        return journal.stream()
                .filter(line -> line.matches("step \\d+ " + step + " .*"))
                .map(line -> moment + " " + line.split(" ", 3)[1] + " ")
                .anyMatch(begin -> journal.stream().anyMatch(line -> line.startsWith(begin)));
    }

    private List<String> journal() {
        try {
            return Files.readAllLines(site.rendered().resolve(".journal"));
        } catch (NoSuchFileException e) {
            return List.of(); // before the first change
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// SIGKILL.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// SIGTERM, as `kill` sends it; Ctrl-C does the same. Returns the exit code.
    int end() throws InterruptedException {
        process.destroy();
        return exit();
    }

    /// Waits until it has ended by itself; returns its exit code.
    int exit() throws InterruptedException {
        if (!process.waitFor(TestSite.PATIENCE.multipliedBy(4))) {
            throw new AssertionError("it does not end:\n" + said());
        }
        return process.exitValue();
    }

    long process() {
        return process.pid();
    }

    /// What it has said so far, on both streams.
    String said() {
        try {
            return Files.readString(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        watch.close();
    }
}
