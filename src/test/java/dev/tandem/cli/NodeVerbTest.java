package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.FakeSite;
import dev.tandem.cli.Console.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A verb for a node that names none, or one of the wrong kind, ends before anything is touched,
/// and no engine is asked. Else its answer says how the node is treated.
class NodeVerbTest {
    private static final String SITE =
            "vip: {address: 192.168.0.150}\nbalancers: {a: , b: }\nservers: {x: , y: }\n";

    private final Captured captured = new Captured(Style.LINES);
    @TempDir private Path base;

    @BeforeEach
    void writeTheFile() throws IOException {
        Files.writeString(base.resolve("tandem.yaml"), SITE);
    }

    private ExitCode run(String... words) {
        String[] line = java.util.Arrays.copyOf(words, words.length + 2);
        line[words.length] = "--file";
        line[words.length + 1] = base.resolve("tandem.yaml").toString();
        return RealVerbs.cli(captured.console()).run(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain", "weight", "ready", "maintenance"})
    void withoutANodeNothingHappens(String verb) {
        assertThat(run(verb)).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err())
                .startsWith("tandem: " + verb + " needs a NODE; none was named\n  there are: ");
        assertThat(base.resolve(".tandem")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain", "weight", "ready", "maintenance", "switchover"})
    void anEmptyNameIsNoNode(String verb) {
        assertThat(run(verb, "")).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err()).startsWith("tandem: " + verb + " needs a NODE; none was named");
        assertThat(base.resolve(".tandem")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "drain, a, a is a balancer; drain is for servers, tandem maintenance a",
        "weight, b, b is a balancer; weight is for servers, tandem maintenance b",
        "maintenance, x, x is a server; maintenance is for balancers, tandem drain x",
        "switchover, y, y is a server; switchover is for balancers, tandem drain y"
    })
    void aNodeOfTheOtherKindIsRefusedWithTheRightVerb(
            String verb, String node, String problem, String next) {
        assertThat(run(verb, node)).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err()).isEqualTo("tandem: " + problem + "\n  next:  " + next + "\n");
        assertThat(base.resolve(".tandem")).doesNotExist();
    }

    @Test
    void anUnknownNodeIsRefusedWithASuggestion() throws IOException {
        Files.writeString(base.resolve("tandem.yaml"), SITE.replace("x: ,", "web-a: ,"));
        assertThat(run("drain", "web-b")).isEqualTo(ExitCode.USAGE);
        assertThat(captured.err())
                .isEqualTo(
                        """
                        tandem: no node 'web-b' that can be given to drain
                          did you mean 'web-a'?
                          there are: web-a, y
                        """);
    }

    @Test
    void aWeightOfADrainedServerCountsOnlyWhenItIsReady() throws IOException {
        FakeSite site = FakeSite.in(base).up();
        Files.writeString(base.resolve("tandem.yaml"), FakeSite.PAIR);
        Cli cli = RealVerbs.cli(captured.console(), site.engine(), site.await());
        String file = "--file=" + base.resolve("tandem.yaml");

        assertThat(cli.run("drain", "web-a", file)).as(captured.err()).isEqualTo(ExitCode.OK);
        assertThat(cli.run("weight", "web-a", "20%", file)).isEqualTo(ExitCode.OK);
        assertThat(cli.run("weight", "web-b", "50%", file)).isEqualTo(ExitCode.OK);

        assertThat(captured.out())
                .isEqualTo(
                        """
                        web-a gets no new requests. To undo: tandem ready web-a
                        web-a still gets no new requests; after tandem ready web-a it gets 20 %\
                         of its share.
                        web-b gets 50 % of its share.
                        """);
        assertThat(site.directory().read(".orders"))
                .isEqualTo("web-a drain 20%\nweb-b ready 50%\n");
    }

    /// Others of the pool may be drained, and a pool in maintenance is meant as a whole.
    @Test
    void ofAPoolAndAServerOfOneNameReadyMeansThePoolOnlyInMaintenance() throws IOException {
        String both = FakeSite.PAIR.replace("web-a", "web");
        FakeSite site = FakeSite.in(base, both).up();
        Files.writeString(base.resolve("tandem.yaml"), both);
        Cli cli = RealVerbs.cli(captured.console(), site.engine(), site.await());
        String file = "--file=" + base.resolve("tandem.yaml");

        cli.run("drain", "web", file);
        cli.run("weight", "web-b", "50%", file);
        cli.run("ready", "web", file);
        cli.run("maintenance", "web", file);
        assertThat(site.directory().read(".orders")).isEqualTo("web maint\nweb-b maint 50%\n");
        cli.run("ready", "web", file);
        cli.run("drain", "web-b", file);
        cli.run("ready", "web", file);

        assertThat(captured.out().lines().filter(line -> !line.startsWith("web-b")))
                .as(captured.err())
                .containsExactly(
                        "web gets no new requests. To undo: tandem ready web",
                        "the server web is back as tandem.yaml has it.",
                        "web is out of service. To undo: tandem ready web",
                        "the pool web is back as tandem.yaml has it.",
                        "Nothing to do: it already is.");
        assertThat(site.directory().read(".orders")).isEqualTo("web-b drain 50%\n");
    }

    @Test
    void aBalancerThatDidNotAnswerIsNamedAsOneThatMayNotFollow() {
        assertThat(NodeVerb.unheard(List.of())).isEmpty();
        assertThat(NodeVerb.unheard(List.of("haproxy-b")))
                .hasValue(
                        "tandem: not known whether haproxy-b follows it: no answer"
                                + "\n  next:  tandem logs haproxy-b; then the same command again");
    }
}
