package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import dev.tandem.golden.Golden;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `tandem init`: the questions, the options in their place, and the file that is written.
@Tag("golden")
class InitTest {
    private static final Path HOME = Path.of("/opt/tandem");

    @TempDir private Path base;

    private final Captured captured = new Captured(Style.LINES);

    /// The verb alone, on a terminal of its own.
    static final class Main {
        private Main() {}

        /// Runs it.
        ///
        /// @param file where the site file is to be
        public static void main(String[] file) {
            Console console = new Console(System.out, System.err, Style.LINES);
            Cli cli = new Cli(console, List.of(new InitVerb(console, HOME)));
            System.exit(cli.run("init", "--file", file[0]).number());
        }
    }

    private Path file() {
        return base.resolve("tandem.yaml");
    }

    private ExitCode run(String... options) {
        List<String> words = new ArrayList<>(List.of("init", "--file", file().toString()));
        words.addAll(List.of(options));
        Cli cli = new Cli(captured.console(), List.of(new InitVerb(captured.console(), HOME)));
        return cli.run(words.toArray(String[]::new));
    }

    private String written() throws IOException {
        return Files.readString(file()).stripTrailing();
    }

    @Test
    void theUsualAnswers() throws IOException {
        assertThat(run("--yes", "--name", "shop")).as(captured.err()).isEqualTo(ExitCode.OK);
        Golden.same("init/usual.yaml", written());
        assertThat(captured.out()).contains("tandem.yaml written. To see what it means: tandem v");
        assertThat(
                        GivenSite.of(new SiteFile(file().toString(), true, Path.of("")))
                                .site()
                                .services())
                .containsExactly("haproxy-a", "haproxy-b", "web-a", "web-b");
    }

    @Test
    void allAnswersAsOptions() throws IOException {
        ExitCode exit =
                run(
                        "--yes",
                        "--name=front",
                        "--vip=10.1.2.3",
                        "--servers=http://10.1.2.8:8080 https://app.example.org",
                        "--hostnames=shop.example.org, www.example.org");
        assertThat(exit).as(captured.err()).isEqualTo(ExitCode.OK);
        Golden.same("init/urls-and-names.yaml", written());
    }

    /// What stands in comments is right, too.
    @ParameterizedTest
    @CsvSource({"init/usual.yaml", "init/urls-and-names.yaml"})
    void aKeyThatIsCommentedOutCanBePutToUse(String golden) throws IOException {
        String text =
                Files.readString(Path.of("src/test/golden", golden))
                        .replaceAll("(?m)^# ((backend|  check|  balance|  interface):)", "$1");
        Files.writeString(file(), text);
        assertThat(GivenSite.of(new SiteFile(file().toString(), true, Path.of(""))).site().name())
                .isNotEmpty();
        assertThat(text).contains("\n  check: /", "\n  interface: auto");
    }

    @Test
    void aFileThatIsThereIsNotOverwritten() throws IOException {
        Files.writeString(file(), "mine\n");
        assertThat(run("--yes")).isEqualTo(ExitCode.REFUSED);
        assertThat(captured.err())
                .startsWith("tandem: there is a site file already, and init overwrites none\n")
                .contains("  seen:  " + file() + "\n", "  state: nothing was written\n");
        assertThat(file()).hasContent("mine");
    }

    /// A link that leads nowhere is something, too.
    @Test
    void norIsALink() throws IOException {
        Files.createSymbolicLink(file(), base.resolve("elsewhere"));
        assertThat(run("--yes")).isEqualTo(ExitCode.REFUSED);
        assertThat(base.resolve("elsewhere")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--vip=10.0.0.300,                 10.0.0.300",
        "--name=Shop_1,                    Shop_1",
        "--servers=0,                      servers",
        "--servers=http://localhost:80,    localhost",
        "--hostnames=a..b,                 a..b"
    })
    void aWrongAnswerWritesNothing(String option, String named) {
        assertThat(run("--yes", option)).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err()).contains(named, "nothing was started or changed.");
        assertThat(file()).doesNotExist();
    }

    @Test
    void withoutATerminalNothingIsAsked() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err()).contains("  next:  tandem init --file ", " --yes --vip ADDRESS");
        assertThat(file()).doesNotExist();
    }

    /// An answer that is wrong is asked for again, with what is wrong about it.
    @Test
    @Tag("slow")
    void fourQuestionsAreAskedOnATerminal() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command =
                "%s -XX:+UseSerialGC -cp %s '%s' %s"
                        .formatted(java, classPath(), Main.class.getName(), file());
        Process process =
                new ProcessBuilder("script", "-qec", command, "/dev/null")
                        .redirectErrorStream(true)
                        .start();
        try (var keys = process.getOutputStream()) {
            keys.write("shop\n10.0.0.300\n10.0.0.30\n\n\n".getBytes(StandardCharsets.UTF_8));
        }
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(shown).isZero();
        assertThat(shown)
                .contains("1 of 4: ", "2 of 4: ", "3 of 4: ", "4 of 4: ", "hint: ")
                .containsOnlyOnce("1 of 4: ");
        assertThat(written()).contains("site: shop\n", "address: 10.0.0.30\n", "\n  web-b:\n");
    }

    private static String classPath() throws URISyntaxException {
        List<String> all = new ArrayList<>(List.of(System.getProperty("java.class.path")));
        all.add(place(InitVerb.class));
        all.add(place(InitTest.class));
        return "'" + String.join(":", all) + "'";
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }
}
