package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No escape codes into pipes and files: where a terminal is, and who may write them at all.
class PipedTest {
    private static final Path HOME = Path.of(System.getProperty("tandem.home", "."));

    @TempDir private Path base;

    /// Writes into a file how this process shows its output.
    static final class Main {
        private Main() {}

        /// Says it.
        ///
        /// @param file where to
        public static void main(String[] file) throws IOException {
            Files.writeString(Path.of(file[0]), Style.here().name());
        }
    }

    /// On a terminal of its own (`script`), with the streams that the shell is told.
    private String style(String streams) throws Exception {
        Path said = base.resolve("said");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = place(Console.class) + ":" + place(PipedTest.class);
        String command =
                "%s -XX:+UseSerialGC -cp %s '%s' %s %s"
                        .formatted(java, classes, Main.class.getName(), said, streams);
        ProcessBuilder builder = new ProcessBuilder("script", "-qec", command, "/dev/null");
        builder.environment().putAll(Map.of("TERM", "xterm", "NO_COLOR", "", "COLORTERM", ""));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(shown).isZero();
        return Files.readString(said);
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    @Test
    @Tag("slow")
    void aLineMovesOnlyWhenEveryStreamIsATerminal() throws Exception {
        assertThat(style("")).isEqualTo("LIVE");
        assertThat(style("2>" + base.resolve("log"))).isEqualTo("LINES");
        assertThat(style("2>&1 >/dev/null | cat")).isEqualTo("LINES");
        assertThat(style("| cat")).isEqualTo("LINES");
    }

    @Test
    void onlyTheConsoleWritesThem() throws IOException {
        List<String> writing = new ArrayList<>();
        for (Path file : sources()) {
            for (String line : Files.readAllLines(file)) {
                // Those of other programs are looked for, and removed.
                String own = line.replaceAll("sed (-u )?'s/\\\\x1b[^']*'", "");
                if (!own.contains("Pattern.compile(")
                        && own.matches("(?s).*(\\\\033|\\\\x1b|\\\\u001b|\\\\e\\[|\\btput\\b).*")) {
                    writing.add(HOME.relativize(file) + ": " + line.strip());
                }
            }
        }
        assertThat(writing).hasSize(4).allMatch(line -> line.contains("/cli/Console.java: "));
    }

    private static List<Path> sources() throws IOException {
        List<Path> all = new ArrayList<>(List.of(HOME.resolve("tandem"), HOME.resolve("check")));
        for (String directory : List.of("src/main/java", "setup", "images", "bench")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(directory))) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().matches(".*\\.(png|jar|class)"))
                        .forEach(all::add);
            }
        }
        return all;
    }
}
