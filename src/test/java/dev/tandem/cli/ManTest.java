package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages of the manual: for every verb, and as groff reads them.
class ManTest {
    @TempDir private Path base;

    private final Captured captured = new Captured(Style.LINES);

    private ExitCode run(String... words) {
        return RealVerbs.cli(captured.console()).run(words);
    }

    @Test
    void aPageIsPrinted() {
        assertThat(run("man", "drain")).isEqualTo(ExitCode.OK);
        assertThat(captured.out())
                .startsWith(".TH TANDEM\\-DRAIN 1 ")
                .contains("\n.SH ARGUMENTS\n.TP\n.I NODE\nA web server, or a server of a TCP")
                .contains("\n.B \\-\\-wait\n");
        assertThat(run("man")).isEqualTo(ExitCode.OK);
        assertThat(captured.out()).contains("\n.TH TANDEM 1 ".strip());
    }

    @Test
    void aVerbThatIsNoneIsAnsweredWithOneThatIs() {
        assertThat(run("man", "drian")).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err()).startsWith("tandem: no verb 'drian'\n  did you mean 'drain'?\n");
    }

    @Test
    void everyVerbThatHelpListsHasAPage() throws IOException {
        Path pages = base.resolve("man1");
        assertThat(run("man", "--output", pages.toString())).isEqualTo(ExitCode.OK);
        List<String> wanted =
                Stream.concat(
                                Stream.of("tandem.1"),
                                RealVerbs.all(captured.console()).stream()
                                        .filter(verb -> !verb.hidden())
                                        .map(verb -> "tandem-" + verb.name() + ".1"))
                        .toList();
        try (Stream<Path> files = Files.list(pages)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    @Test
    @Tag("slow")
    void groffHasNothingToSayAboutThem() throws Exception {
        run("man", "--output", base.toString());
        ProcessBuilder builder =
                new ProcessBuilder(
                                "sh", "-c", "groff -ww -man -Tutf8 -P-cbou *.1 >text; cat text >&2")
                        .directory(base.toFile());
        Process process = builder.redirectErrorStream(true).start();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(shown)
                .doesNotContain("warning", "error:")
                .contains("tandem drain [OPTIONS] NODE")
                .contains("-f, --file=FILE");
    }
}
