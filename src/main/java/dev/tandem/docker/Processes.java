package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Runs commands as programs of this machine.
public final class Processes implements Runner {
    private final Map<String, String> environment;

    public Processes() {
        this(Map.of());
    }

    /// @param environment variables that every command gets on top of Tandem's own
    public Processes(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Output run(Command command, Consumer<String> line) {
        String program = command.argv().getFirst();
        if (!isThere(program)) {
            return new Output(Output.NOT_FOUND, "", program + ": command not found");
        }
        Process process = start(command);
        try {
            long deadline = System.nanoTime() + command.limit().toNanos();
            OutputReader stdout = reading(command, process.getInputStream(), line);
            OutputReader stderr = reading(command, process.getErrorStream(), line);
            boolean inTime = process.waitFor(command.limit().toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                end(process);
            }
            boolean answer = stdout.ends(deadline);
            boolean remarks = stderr.ends(deadline);
            boolean whole = answer && remarks;
            if (inTime && whole) {
                return new Output(process.exitValue(), stdout.text(), stderr.text());
            }
            String what = inTime ? "its output was not read" : "did not finish";
            String why = "%s within %d s%n".formatted(what, command.limit().toSeconds());
            return new Output(Output.TIMED_OUT, stdout.text(), stderr.text() + why);
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            return new Output(130, "", "interrupted");
        }
    }

    private static OutputReader reading(
            Command command, InputStream stream, Consumer<String> line) {
        return command.prints() == Command.Prints.KEPT
                ? OutputReader.of(stream, line)
                : OutputReader.passingOn(stream, line);
    }

    @Override
    public Following follow(Command command, Path file) {
        ProcessBuilder builder = builder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()));
        Process process = start(command, builder);
        return () -> end(process);
    }

    private Process start(Command command) {
        return start(command, builder(command));
    }

    private ProcessBuilder builder(Command command) {
        ProcessBuilder builder = new ProcessBuilder(command.argv());
        builder.environment().putAll(environment);
        builder.environment().putAll(command.environment());
        command.directory().ifPresent(directory -> builder.directory(directory.toFile()));
        if (command.prints() == Command.Prints.SHOWN) {
            builder.inheritIO();
        } else {
            builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        }
        return builder;
    }

    /// As the shell looks for it.
    private static boolean isThere(String program) {
        String path = program.contains("/") ? "" : System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static Process start(Command command, ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "cannot run " + command.argv().getFirst(),
                    String.valueOf(e.getMessage()),
                    "nothing was changed by this command: " + command,
                    "install " + command.argv().getFirst() + ", or put it on the PATH");
        }
    }

    /// Ends a process and all its descendants. They are listed first: a process that loses its
    /// parent can no longer be found through it.
    private static void end(Process process) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
        all.forEach(ProcessHandle::destroy);
        try {
            CompletableFuture.allOf(
                            all.stream()
                                    .map(ProcessHandle::onExit)
                                    .toArray(CompletableFuture[]::new))
                    .get(3, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
