package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every verb says about a site file that is missing or wrong. No engine is asked.
class SiteFileTest {
    private static final String WRONG =
            """
            vip:
              adress: 192.168.0.150
            balancers:
              haproxy-a:
            servers:
              web-a:
                content: ./not-there
            """;

    private final Captured captured = new Captured(Style.LINES);
    @TempDir private Path base;

    private ExitCode run(String verb, Path file) {
        return RealVerbs.cli(captured.console()).run(verb, "--file", file.toString());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(base.resolve("tandem.yaml"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "status", "logs", "validate", "render"})
    void aMissingFileIsExplained(String verb) {
        Path file = base.resolve("none.yaml");
        assertThat(run(verb, file)).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err())
                .startsWith("tandem: cannot read " + file + "\n  seen:  there is no such file\n")
                .contains("\n  state: nothing was started or changed\n")
                .contains("\n  next:  name the site file with --file, or write one: tandem init");
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void aDirectoryIsNotASiteFile() {
        assertThat(run("status", base)).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err())
                .startsWith("tandem: cannot read " + base + "\n  seen:  it is a directory\n");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = base.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        assertThat(run("validate", pipe)).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err()).contains("\n  seen:  it is not a regular file\n");
        assertThat(run("validate", file(WRONG.replace("./not-there", "x\n    ca: ./pipe"))))
                .isEqualTo(ExitCode.SITE_FILE);
    }

    @Test
    void aDeviceIsNotASiteFile() {
        assertThat(run("status", Path.of("/dev/zero"))).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err()).contains("\n  seen:  it is not a regular file\n");
    }

    @Test
    void aLinkToNothingIsAMissingFile() throws IOException {
        Path link = Files.createSymbolicLink(base.resolve("link"), base.resolve("gone"));
        assertThat(run("status", link)).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err()).contains("\n  seen:  there is no such file\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "status", "logs", "validate", "render"})
    void everyProblemOfAWrongFileIsShownWithItsPosition(String verb) throws IOException {
        Path file = file(WRONG);
        assertThat(run(verb, file)).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err())
                .contains(file + ":2:3: ", "address", file + ":7:14: ")
                .endsWith("\n2 problems; nothing was started or changed.\n");
        assertThat(captured.out()).isEmpty();
        assertThat(base.resolve(".tandem")).doesNotExist();
    }

    @Test
    void aSingleProblemIsCountedInTheSingular() throws IOException {
        Path file = file("vip: {address: 192.168.0.150}\nbalancers: {a: }\nservers: {b: , c: 5}\n");
        assertThat(run("status", file)).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err()).endsWith("\n1 problem; nothing was started or changed.\n");
    }

    @Test
    void aFileOfTwoMegabytesIsRefusedAtOnce() throws IOException {
        assertThat(run("status", file("# much\n".repeat(300_000)))).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err()).contains("the file is too large: at most 256 KiB are read");
    }

    @Test
    void contentIsLookedUpBesideTheFile() throws IOException {
        Files.createDirectories(base.resolve("not-there"));
        assertThat(run("status", file(WRONG))).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err()).contains(":2:3: ").doesNotContain(":7:14: ");
    }

    @Test
    void logsOfAnUnknownNodeNameTheNodes() throws IOException {
        Path file = file("vip: {address: 192.168.0.150}\nbalancers: {a: }\nservers: {b: }\n");
        ExitCode exit = RealVerbs.cli(captured.console()).run("logs", "c", "-f", file.toString());
        assertThat(exit).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err())
                .isEqualTo(
                        """
                        tandem: no node 'c' in site tandem
                          next:  tandem logs a | b | lan-route
                        """);
    }

    @Test
    void theVersionNeedsNoFile() {
        assertThat(RealVerbs.cli(captured.console()).run("version")).isEqualTo(ExitCode.OK);
        assertThat(captured.out()).matches("tandem \\S+ \\(Java 25\\S*\\)\n");
    }
}
