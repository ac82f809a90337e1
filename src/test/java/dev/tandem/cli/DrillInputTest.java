package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `drill` and `report` say about invalid input. No engine is asked, nothing is broken.
class DrillInputTest {
    private final Captured captured = new Captured(Style.LINES);
    @TempDir private Path base;

    private ExitCode run(String... arguments) {
        return RealVerbs.cli(captured.console()).run(arguments);
    }

    private Path pair(String text) throws IOException {
        return Files.writeString(base.resolve("pair.yaml"), text);
    }

    @Test
    void anUnknownFaultIsRefusedWithASuggestion() {
        assertThat(run("drill", "web-kil", "--yes")).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err())
                .isEqualTo(
                        """
                        tandem: no fault 'web-kil'
                          did you mean 'web-kill'?
                          next:  tandem drill --list
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "--rate, 0, 1 to 5000",
        "--rate, 5001, 1 to 5000",
        "--rate, -1, 1 to 5000",
        "--hold, 0, 1 to 600",
        "--hold, 601, 1 to 600",
        "--repeat, 0, 1 to 1000",
        "--repeat, 1001, 1 to 1000"
    })
    void aNumberOutOfRangeIsRefused(String option, String number, String range) {
        assertThat(run("drill", "web-kill", "--yes", option, number)).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err())
                .isEqualTo("tandem: " + option + " " + number + ": must be " + range + "\n");
    }

    @Test
    void allNumbersOutOfRangeAreReportedAtOnce() {
        assertThat(run("drill", "--rate", "0", "--hold", "0", "--repeat", "0"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(captured.err()).contains("--rate", "--hold", "--repeat");
    }

    @Test
    void anInvalidNumberIsRefused() {
        assertThat(run("drill", "--rate", "fast")).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err()).contains("--rate", "fast", "tandem drill --help");
    }

    @Test
    void aBudgetThatCannotBeReadIsRefused() {
        assertThat(run("drill", "web-kill", "--budget", "losst=0,outage=5"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(captured.err())
                .contains(
                        "tandem: --budget: unknown limit \"losst\"; did you mean \"lost\"?",
                        "tandem: --budget: outage=5: not a time");
        assertThat(run("report", "--budget", "x")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aPairAndASiteAtOnceAreRefused() {
        assertThat(run("drill", "web-kill", "--pair", "a", "--file", "b"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(captured.err())
                .isEqualTo(
                        """
                        tandem: --pair and --file: a drill runs on a pair or on a site
                          next:  leave one of them out
                        """);
    }

    @Test
    void loadFromAMachineIsForASiteThatHasIt() throws IOException {
        assertThat(run("drill", "web-kill", "--pair", "a", "--from", "m1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(captured.err())
                .isEqualTo(
                        """
                        tandem: --from and --pair: a pair file names no machines
                          next:  leave one of them out
                        """);

        String vip = "site: shop\nvip: {address: 192.168.0.150, interface: ens33}\n";
        String one = vip + "balancers: {a: }\nservers: {b: }\n";
        assertThat(fromM3(one))
                .endsWith(
                        """
                        tandem: --from m3: the site has no machines, so nothing says how to get to one
                          next:  leave it out: the requests are sent from where tandem runs
                        """);

        String two =
                vip
                        + "machines: {m1: {ssh: root@192.168.0.11}, m2: {ssh: root@192.168.0.12}}\n"
                        + "balancers: {a: {machine: m1}, b: {machine: m2}}\n"
                        + "servers: {c: {machine: m1}, d: {machine: m2}}\n";
        assertThat(fromM3(two))
                .endsWith("tandem: --from m3: the site has no machine m3; there are: m1, m2\n");
    }

    private String fromM3(String site) throws IOException {
        String file = Files.writeString(base.resolve("tandem.yaml"), site).toString();
        assertThat(run("drill", "web-kill", "--yes", "--from", "m3", "--file", file))
                .isEqualTo(ExitCode.USAGE);
        return captured.err();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drill change | change: there is no command to run",
                "drill change --run | Missing required parameter",
                "drill web-kill --run true | --run and --expect-exit go with 'change'",
                "drill --run true | --run and --expect-exit go with 'change'",
                "drill change web-kill --run true | --run and --expect-exit go with 'change'",
                "drill change --expect-exit 3 | change: there is no command to run",
                "drill change --run true --expect-exit 256 | --expect-exit 256: must be 0 to 255",
                "drill change --run true --hold 3 | --hold: a change lasts as long as its commands",
                "drill change --run true --rate 0 | --rate 0: must be 1 to 5000"
            })
    void aChangeThatMakesNoSenseIsRefused(String line, String why) {
        assertThat(run(line.split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err()).contains(why);
    }

    @Test
    void aChangeIsNotInTheListOfFaultsButIsMentionedNextToIt() {
        assertThat(run("drill", "--list")).isEqualTo(ExitCode.OK);
        assertThat(captured.out()).contains("web-kill ").doesNotContain("change ");
        assertThat(captured.err()).contains("tandem drill change --run 'COMMAND'");
    }

    @Test
    void aMissingPairFileIsExplained() {
        String file = base.resolve("none.yaml").toString();
        assertThat(run("drill", "web-kill", "--pair", file)).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err())
                .startsWith("tandem: cannot read " + file + "\n  seen:  there is no such file\n")
                .contains("\n  state: nothing was started or changed\n  next:  ");
    }

    @Test
    void everyProblemOfAPairFileIsShownWithItsPosition() throws IOException {
        String file = pair("pair: usual\nvpi: 10.98.0.150\nbalancers: [a b]\n").toString();
        assertThat(run("drill", "web-kill", "--pair", file)).isEqualTo(ExitCode.SITE_FILE);
        assertThat(captured.err())
                .contains(file + ":2:1: unknown key 'vpi'", "did you mean 'vip'?", ":3:13: ")
                .endsWith("\n2 problems; nothing was started or changed.\n");
        assertThat(base.resolve(".tandem")).doesNotExist();
    }

    @Test
    void anUnknownRunIsExplained() throws IOException {
        String site = "vip: {address: 192.168.0.150}\nbalancers: {a: }\nservers: {b: }\n";
        String file = Files.writeString(base.resolve("tandem.yaml"), site).toString();
        assertThat(run("report", "20200101-000000", "--file", file))
                .isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(captured.err())
                .startsWith("tandem: there is no run '20200101-000000'\n  seen:  no run in ")
                .endsWith("  state: nothing was written\n  next:  tandem drill\n");
    }
}
