package dev.tandem.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real browser that looks at a page, where this machine has one.
public final class Browser {
    /// What it had to complain about; nothing else speaks in such lines.
    private static final String COMPLAINT = "CONSOLE";

    private final Path program;

    private Browser(Path program) {
        this.program = program;
    }

    /// The browser of this machine; empty when it has none.
    public static Optional<Browser> here() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin").resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Browser::new);
    }

    /// A page as it was after a while.
    ///
    /// @param text its document, as HTML
    /// @param complaints what its console said
    public record Seen(String text, List<String> complaints) {}

    /// Opens a page, has it run for some seconds of its own time, and reads it. Its clock is that
    /// of UTC.
    ///
    /// @param directory an empty one for what the browser writes
    public Seen look(String url, Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        Path document = directory.resolve("document");
        Process process =
                with(
                                directory,
                                "--virtual-time-budget=3000",
                                "--enable-logging=stderr",
                                "--dump-dom",
                                url)
                        .redirectOutput(document.toFile())
                        .redirectError(log.toFile())
                        .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the browser is not done: " + Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
        }
        List<String> complaints =
                Files.readString(log).lines().filter(line -> line.contains(COMPLAINT)).toList();
        return new Seen(Files.readString(document), complaints);
    }

    /// Opens a page and lets it live, by the time of this machine. Which port its developer tools
    /// listen at stands in `profile/DevToolsActivePort`.
    ///
    /// @param directory an empty one for what the browser writes
    public Process debugged(String url, Path directory) throws IOException {
        return with(directory, "--remote-debugging-port=0", "--remote-allow-origins=*", url)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private ProcessBuilder with(Path directory, String... options) {
        List<String> argv =
                new ArrayList<>(
                        List.of(
                                program.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--user-data-dir=" + directory.resolve("profile")));
        argv.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().put("TZ", "UTC");
        return builder;
    }
}
