package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The real shells complete the command lines of the real verbs. Only the program that they ask for
/// names is one that a test can look into.
class CompletionTest {
    private static final String ASKED = "asked";

    @TempDir private Path base;

    @BeforeEach
    void makeAProgram() throws IOException {
        Path program = base.resolve("tandem");
        Files.writeString(
                program,
                """
                #!/bin/sh
                case $1 in
                  candidates) echo "$@" >>%s/asked; printf '%%s\\n' web-a web-b haproxy-a ;;
                  *) echo "typed: $*" ;;
                esac
                """
                        .formatted(base));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String shell : List.of("bash", "zsh", "fish")) {
            Files.writeString(base.resolve("_tandem." + shell), script(shell));
        }
        Files.createDirectory(base.resolve("a directory"));
        Files.writeString(base.resolve("a file.yaml"), "");
    }

    private static String script(String shell) {
        Captured captured = new Captured(Style.LINES);
        assertThat(RealVerbs.cli(captured.console()).run("completion", shell))
                .isEqualTo(ExitCode.OK);
        return captured.out();
    }

    /// What a program prints, with this text typed to it.
    private String run(String typed, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(base.toFile());
        builder.environment().put("PATH", base + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", base.toString());
        builder.environment().put("TERM", "dumb");
        Process process = builder.redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(typed.getBytes(StandardCharsets.UTF_8));
        }
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(shown).isZero();
        return shown;
    }

    /// What bash offers for the last of these words.
    private List<String> bash(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "bash",
                                "-c",
                                "source _tandem.bash; COMP_WORDS=(tandem \"$@\"); COMP_CWORD=$#\n"
                                        + "_tandem tandem; printf '%s\\n' \"${COMPREPLY[@]}\"",
                                "bash"));
        command.addAll(List.of(words));
        return run("", command).lines().filter(line -> !line.isEmpty()).toList();
    }

    private String asked() throws IOException {
        Path asked = base.resolve(ASKED);
        return Files.exists(asked) ? Files.readString(asked).strip() : "";
    }

    @Test
    void bashCompletesVerbs() throws Exception {
        assertThat(bash(""))
                .contains("up", "drain", "completion", "help")
                .doesNotContain("rehearse");
        assertThat(bash("sta")).containsExactly("status");
        assertThat(bash("help", "dr")).containsExactly("drain", "drill");
        assertThat(asked()).isEmpty();
    }

    @Test
    void bashCompletesOptionsOfTheVerb() throws Exception {
        assertThat(bash("drain", "--wa")).containsExactlyInAnyOrder("--wait", "--wait-timeout");
        assertThat(bash("plan", "--wa")).isEmpty();
        assertThat(bash("down", "--no")).containsExactly("--no-keep-images");
        assertThat(bash("drain", "--wait-timeout", "")).isEmpty();
        assertThat(asked()).isEmpty();
    }

    @Test
    void bashAsksTheProgramForNames() throws Exception {
        assertThat(bash("drain", "web")).containsExactly("web-a", "web-b");
        assertThat(asked()).isEqualTo("candidates drain");
        assertThat(bash("drain", "web-a", "")).isEmpty();
        assertThat(bash("drain", "--wait", "h")).containsExactly("haproxy-a");
        assertThat(bash("drill", "web-a", "web-b", "h")).containsExactly("haproxy-a");
        assertThat(bash("status", "")).isEmpty();
    }

    @Test
    void bashNamesTheSiteFileThatWasTyped() throws Exception {
        assertThat(bash("drain", "-f", "other.yaml", "web-b")).containsExactly("web-b");
        assertThat(bash("drain", "--file", "=", "~/it.yaml", "web-b")).containsExactly("web-b");
        assertThat(asked())
                .isEqualTo(
                        "candidates drain --file other.yaml\ncandidates drain --file %s/it.yaml"
                                .formatted(base));
    }

    @Test
    void bashCompletesFilesAndDirectories() throws Exception {
        assertThat(bash("up", "--file", "=", "a"))
                .containsExactlyInAnyOrder("a file.yaml", "a directory");
    }

    @Test
    void bashCompletesDirectories() throws Exception {
        assertThat(bash("render", "-o", "a")).containsExactly("a directory");
        assertThat(bash("report", "a")).containsExactly("a directory");
    }

    @Test
    void bashCompletesTheFilesOfAnImport() throws Exception {
        assertThat(bash("import", "a")).containsExactlyInAnyOrder("a file.yaml", "a directory");
        assertThat(bash("import", "haproxy.cfg", "a"))
                .containsExactlyInAnyOrder("a file.yaml", "a directory");
    }

    /// Keys that are pressed on a terminal of its own.
    private String typed(String shell, String keys) throws Exception {
        return run(keys, List.of("script", "-qec", shell, "/dev/null"));
    }

    @Test
    void aKeyInBashCompletesWhatWasTyped() throws Exception {
        assertThat(
                        typed(
                                "bash --noprofile --norc -i",
                                """
                                source _tandem.bash
                                tandem dra\tweb-b\t--wai\t\t
                                ./tandem sta\t
                                exit
                                """))
                .contains("typed: drain web-b --wait")
                .contains("typed: status");
    }

    @Test
    @Tag("slow")
    void aKeyInZshCompletesWhatWasTyped() throws Exception {
        assertThat(
                        typed(
                                "zsh -f -i",
                                """
                                autoload -U compinit; compinit -u -D
                                source _tandem.zsh
                                tandem dra\tweb-b\t --forc\t
                                tandem ready -f o.yaml h\t
                                tandem comp\t--he\t
                                exit
                                """))
                .contains("typed: drain web-b --force")
                .contains("typed: ready -f o.yaml haproxy-a")
                .contains("typed: completion --help");
        assertThat(asked()).contains("candidates drain", "candidates ready --file o.yaml");
    }

    @ParameterizedTest
    @CsvSource({
        "sta,                status",
        "drain --forc,       --force",
        "drain h,            haproxy-a",
        "ready -f o.yaml h,  haproxy-a",
        "up --file=a\\ f,    --file=a file.yaml",
        "render --output a,  a directory/"
    })
    @Tag("slow")
    void fishOffers(String typed, String offered) throws Exception {
        String shown =
                run(
                        "",
                        List.of(
                                "fish",
                                "--no-config",
                                "-c",
                                "source _tandem.fish; complete -C 'tandem " + typed + "'"));
        assertThat(shown.lines().map(line -> line.split("\t", 2)[0])).containsExactly(offered);
    }

    @ParameterizedTest
    @CsvSource({
        "drain,       'web-a web-b'",
        "ready,       'haproxy-a haproxy-b web-a web-b web'",
        "switchover,  'haproxy-a haproxy-b'",
        "logs,        'haproxy-a haproxy-b web-a web-b lan-route'",
        "completion,  'bash zsh fish'",
        "status,      ''",
        "nonsense,    ''"
    })
    void theProgramKnowsTheNamesOfItsSite(String verb, String names) {
        Captured captured = new Captured(Style.LINES);
        ExitCode exit = RealVerbs.cli(captured.console()).run("candidates", verb);
        assertThat(exit).isEqualTo(ExitCode.OK);
        assertThat(captured.out().lines())
                .containsExactlyInAnyOrder(names.isEmpty() ? new String[0] : names.split(" ", -1));
    }

    @Test
    void theFaultsOfADrillAndTheVerbsOfTheManualAreKnown() {
        Captured captured = new Captured(Style.LINES);
        RealVerbs.cli(captured.console()).run("candidates", "drill");
        RealVerbs.cli(captured.console()).run("candidates", "man");
        assertThat(captured.out().lines()).contains("web-kill", "change", "drain", "up");
    }

    @Test
    void anotherShellIsAskedFor() {
        Captured captured = new Captured(Style.LINES);
        ExitCode exit = RealVerbs.cli(captured.console()).run("completion", "ksh");
        assertThat(exit).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err()).contains("  next:  tandem completion bash | zsh | fish\n");
    }
}
