package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.FakeSite;
import dev.tandem.cli.Console.Style;
import dev.tandem.docker.Command;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.scenario.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A user of the engine asks about a site that somebody else has brought up (decision 0028): the
/// engine answers, and no file of the site's state is read. Each file that is tried here is one
/// that changes the answer of who reads it; its owner shows that it does.
class SomebodyElsesSiteTest {
    private static final int SOMEBODY = 54321;
    private static final Duration LIMIT = Duration.ofSeconds(9);
    private static final String REMARK =
            "this site belongs to " + SOMEBODY + ": what follows is from the engine alone; ";

    @TempDir private static Path base;
    private static FakeSite site = FakeSite.in(Path.of("-"));

    /// What a call said, and how it ended.
    private record Said(ExitCode exit, String out, String err) {}

    @BeforeAll
    static void bringUp() throws IOException {
        Shell.asRoot("give files to others");
        site = FakeSite.in(base.resolve("site")).up();
        Files.writeString(base.resolve("site/tandem.yaml"), FakeSite.PAIR);
        FakeSite.copy(base.resolve("site"), base.resolve("kept"));
    }

    @AfterEach
    void asItWas() throws IOException {
        FakeSite.copy(base.resolve("kept"), base.resolve("site"));
    }

    private static void give() throws IOException {
        Files.setAttribute(base.resolve("site/.tandem"), "unix:uid", SOMEBODY);
    }

    private static void write(String file, String text) {
        site.directory().note(file, text + "\n");
    }

    private Said run(String line) {
        Captured captured = new Captured(Style.LINES);
        String[] words = (line + " --file " + base.resolve("site/tandem.yaml")).split(" ");
        Cli cli = RealVerbs.cli(captured.console(), new Logging(site), site.await());
        return new Said(cli.run(words), captured.out(), captured.err());
    }

    /// The engine of the site; what its containers have logged is one line.
    private record Logging(FakeSite site) implements Runner {
        @Override
        public Output run(Command command, Consumer<String> line) {
            if (command.argv().contains("logs")) {
                line.accept("fake-haproxy-a  | init: VRRP MASTER");
                return new Output(0, "", "");
            }
            return site.engine().run(command, line);
        }

        @Override
        public Following follow(Command command, Path file) {
            return site.engine().follow(command, file);
        }
    }

    @Test
    void statusIsWhatTheEngineShows() throws IOException {
        Said owner = run("status");
        give();
        Said said = run("status");
        assertThat(said.exit()).as(said.toString()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("haproxy-a  MASTER  serves").doesNotContain("not built");
        assertThat(said.err().lines().filter(line -> line.startsWith(REMARK))).hasSize(1);
        assertThat(owner.err()).doesNotContain(REMARK);
    }

    private Optional<ExitCode> itIsWell() {
        return Optional.of(run("status").exit()).filter(ExitCode.OK::equals);
    }

    @Test
    void itsExitCodeIsThatOfWhatWasSeen() throws IOException {
        give();
        site.engine().run(Command.of(LIMIT, List.of("docker", "kill", "fake-web-b")));
        Said said = run("status");
        site.engine().run(Command.of(LIMIT, List.of("docker", "start", "fake-web-b")));
        assertThat(said.exit()).isEqualTo(ExitCode.NO);
        assertThat(said.out()).contains("web-b: its container is exited");
        assertThat(site.await().until(LIMIT, this::itIsWell)).as("well again").isPresent();
    }

    /// The last column: what its owner is told because of it.
    @ParameterizedTest
    @CsvSource({
        "haproxy-a/haproxy.cfg, edited, is not what tandem.yaml asks for",
        ".orders, web-a drain, haproxy-a/servers.state is not what",
        ".journal, nonsense, a change",
        "tls/balancer/site.pem, nonsense, certificate"
    })
    void noFileOfItsStateChangesTheAnswer(String file, String text, String known)
            throws IOException {
        assertThat(run("status").out()).doesNotContain("not well", "drift:");
        write(file, text);
        Said owner = run("status");
        assertThat(owner.exit()).as(owner.toString()).isEqualTo(ExitCode.NO);
        assertThat(owner.out()).contains(known);

        give();
        Said said = run("status");
        assertThat(said.exit()).as(said.toString()).isEqualTo(ExitCode.OK);
    }

    @ParameterizedTest
    @CsvSource({".format, format 9999", "faults/x.fault, nonsense"})
    void noFileOfItsStateIsInTheWay(String file, String text) throws IOException {
        write(file, text);
        assertThat(run("status").exit()).as("its owner").isEqualTo(ExitCode.REFUSED);
        give();
        assertThat(run("status").exit()).isEqualTo(ExitCode.OK);
    }

    @Test
    void logsAreThoseOfTheEngine() throws IOException {
        write(".format", "format 9999");
        assertThat(run("logs haproxy-a").exit()).as("its owner").isEqualTo(ExitCode.REFUSED);
        give();
        assertThat(run("logs haproxy-a"))
                .isEqualTo(new Said(ExitCode.OK, "fake-haproxy-a  | init: VRRP MASTER\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain web-a", "apply --yes", "history", "down"})
    void whatReadsOrChangesTheStateIsItsOwners(String line) throws IOException {
        give();
        Said said = run(line);
        assertThat(said.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(said.err()).startsWith("tandem: this site belongs to " + SOMEBODY);
    }
}
