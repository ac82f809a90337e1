package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tandem import`: what is printed, what is written, and what is refused. What becomes of each
/// line: `ImporterTest`.
class ImportTest {
    private static final String HAPROXY =
            """
            defaults
                mode http
            listen www
                bind 10.0.0.9:80
                cookie S prefix
                server w1 10.0.0.1:80 check
            """;

    @TempDir private Path base;
    private final Captured captured = new Captured(Style.LINES);
    private Path haproxy = Path.of("");

    @BeforeEach
    void write() throws IOException {
        haproxy = Files.writeString(base.resolve("haproxy.cfg"), HAPROXY);
    }

    private ExitCode run(String... words) {
        return RealVerbs.cli(captured.console()).run(words);
    }

    @Test
    void theSiteFileIsPrinted() throws IOException {
        assertThat(run("import", haproxy.toString())).as(captured.err()).isEqualTo(ExitCode.OK);
        assertThat(captured.out())
                .contains("address: 10.0.0.9", "w1: {url: \"http://10.0.0.1\"}")
                .contains("#   haproxy.cfg:5: cookie S prefix\n");
        assertThat(captured.err())
                .contains("1 need your eye: see the head of the file.")
                .doesNotContain("next:");
        Path printed = Files.writeString(base.resolve("tandem.yaml"), captured.out());
        assertThat(
                        GivenSite.of(new SiteFile(printed.toString(), true, Path.of("")))
                                .site()
                                .services())
                .containsExactly("haproxy-a", "haproxy-b");
    }

    @Test
    void orItIsWrittenAndNeverOverAnotherFile() throws IOException {
        Path keepalived =
                Files.writeString(
                        base.resolve("keepalived.conf"),
                        "vrrp_instance A {\n  virtual_ipaddress {\n    10.0.0.8\n  }\n}\n");
        Path output = base.resolve("tandem.yaml");
        String[] words = {
            "import", "--output", output.toString(), haproxy.toString(), keepalived.toString()
        };
        assertThat(run(words)).as(captured.err()).isEqualTo(ExitCode.OK);
        assertThat(captured.out()).isEqualTo(output + " written.\n");
        assertThat(captured.err()).contains("next:  tandem validate --file " + output);
        assertThat(output).content().contains("address: 10.0.0.8 ");

        Files.writeString(output, "mine\n");
        assertThat(run(words)).isEqualTo(ExitCode.REFUSED);
        assertThat(captured.err()).contains("import overwrites none", "nothing was written");
        assertThat(output).hasContent("mine");
    }

    @Test
    void forProgramsEachLineIsToldWithItsFate() {
        assertThat(run("import", "--json", haproxy.toString())).isEqualTo(ExitCode.OK);
        assertThat(captured.out())
                .contains("\"verdict\" : \"listed\"", "\"verdict\" : \"carried\"")
                .contains("\"keepalived\" : null", "\"line\" : 5");
    }

    @Test
    void whatIsNoHaproxyCfgIsRefused() throws IOException {
        Path other = Files.writeString(base.resolve("other.conf"), "vrrp_instance A {\n}\n");
        assertThat(run("import", other.toString())).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err()).contains("other.conf is not a haproxy.cfg");
        assertThat(run("import", base.resolve("none").toString())).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err()).contains("there is no such file");
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void withoutAFileItSaysWhatItNeeds() {
        assertThat(run("import")).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err()).contains("HAPROXY_CFG [KEEPALIVED_CONF]");
        assertThat(List.of(captured.out())).containsExactly("");
    }
}
