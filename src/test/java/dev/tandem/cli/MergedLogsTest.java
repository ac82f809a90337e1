package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import dev.tandem.docker.Command;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.Following;
import dev.tandem.docker.LogPart;
import dev.tandem.docker.Output;
import dev.tandem.docker.Reached;
import dev.tandem.docker.Runner;
import dev.tandem.docker.Unreachable;
import dev.tandem.prepare.Sample;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The logs of a site on two machines: `haproxy-a` and `web-a` on m1, the others on m2.
class MergedLogsTest {
    private static final LogPart ALL = part(LogPart.Which.SO_FAR);
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:09Z");

    private final Captured captured = new Captured(Style.LINES);
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final Reached m1 =
            engine(
                    "tandem-haproxy-a  | 2026-11-29T12:00:01.5Z first",
                    "tandem-haproxy-a  | 2026-11-29T12:00:03.000000001Z third",
                    "tandem-web-a      | 2026-11-29T12:00:00Z before all");
    private final Reached m2 =
            engine("tandem-web-b  | 2026-11-29T13:00:02+01:00 second", "something of Compose's");

    private static LogPart part(LogPart.Which which, String... nodes) {
        return new LogPart(List.of(nodes), "100", Optional.empty(), which);
    }

    /// One whose clock says that.
    private Reached engineAt(Instant time, String... lines) {
        Runner logs = ((Reached.Direct) engine(lines)).runner();
        String info = "20.10\n/\n2\n1\n%s\ntrue\ninactive\n".formatted(time);
        return new Reached.Direct(
                new Runner() {
                    @Override
                    public Output run(Command command, Consumer<String> line) {
                        return command.toString().startsWith("docker info")
                                ? new Output(0, info, "")
                                : logs.run(command, line);
                    }

                    @Override
                    public Following follow(Command command, Path file) {
                        throw new UnsupportedOperationException(command.toString());
                    }
                });
    }

    private Reached engine(String... lines) {
        return new Reached.Direct(
                new Runner() {
                    @Override
                    public Output run(Command command, Consumer<String> line) {
                        asked.add(command.toString());
                        List.of(lines).forEach(line);
                        return new Output(0, "", "");
                    }

                    @Override
                    public Following follow(Command command, Path file) {
                        throw new UnsupportedOperationException(command.toString());
                    }
                });
    }

    private boolean show(Reached first, Reached second, LogPart part, boolean json) {
        Map<String, Reached> ways = Map.of("m1", first, "m2", second);
        Runner none = ((Reached.Direct) engine()).runner();
        try (Fleet fleet =
                new Fleet(none, machine -> Objects.requireNonNull(ways.get(machine.name())))) {
            return new MergedLogs(
                            captured.console(),
                            fleet.of(Sample.spread()),
                            Sample.spread(),
                            json,
                            () -> NOW)
                    .show(part);
        }
    }

    @Test
    void whatTheMachinesHaveIsMergedByTime() {
        assertThat(show(m1, m2, ALL, false)).isTrue();
        assertThat(captured.out())
                .isEqualTo(
                        """
                        tandem-web-a      | before all
                        tandem-haproxy-a  | first
                        tandem-web-b      | second
                        tandem-haproxy-a  | third
                        """);
        assertThat(captured.err()).isEqualTo("m2: something of Compose's\n");
    }

    @Test
    void forProgramsEachLineHasItsTime() {
        show(m1, m2, ALL, true);
        assertThat(captured.out().lines())
                .hasSize(4)
                .first()
                .isEqualTo(
                        "{\"node\":\"web-a\",\"time\":\"2026-11-29T12:00:00Z\","
                                + "\"text\":\"before all\"}");
    }

    @Test
    void whatIsFollowedIsShownAsItArrives() {
        show(m1, engine(), part(LogPart.Which.FOLLOWED), false);
        assertThat(captured.out())
                .isEqualTo(
                        """
                        tandem-haproxy-a  | first
                        tandem-haproxy-a  | third
                        tandem-web-a      | before all
                        """);
    }

    @Test
    void oneNodeIsAskedOnItsMachineAlone() {
        show(m1, m2, part(LogPart.Which.SO_FAR, "web-b"), false);
        assertThat(asked).singleElement().asString().endsWith("--tail 100 web-b");
        assertThat(captured.out()).isEqualTo("tandem-web-b      | second\n");
    }

    @Test
    void lanRouteIsOnEachMachine() {
        show(m1, m2, part(LogPart.Which.SO_FAR, "lan-route"), false);
        assertThat(asked).filteredOn(one -> one.contains(" logs ")).hasSize(2);
    }

    @Test
    void clocksThatDifferAreNotedOnceAndNoTimeIsChanged() {
        String late = "tandem-web-b  | 2026-11-29T12:00:06Z three seconds later by its clock";
        String early = "tandem-web-a  | 2026-11-29T12:00:05Z first";
        show(engineAt(NOW, early), engineAt(NOW.plusSeconds(3), late), ALL, true);
        assertThat(captured.out().lines().map(line -> line.replaceAll(".*time\":\"|\",\"te.*", "")))
                .containsExactly("2026-11-29T12:00:05Z", "2026-11-29T12:00:06Z");
        assertThat(captured.err().lines())
                .containsExactly(
                        "the clocks differ: m1 +0.000 s, m2 +3.000 s (beside this machine's,"
                                + " measured within 0 s); each line stands where its own machine's"
                                + " clock puts it");
    }

    @Test
    void clocksThatAgreeWithEachOtherAreNotSpokenOf() {
        show(engineAt(NOW.plusSeconds(60)), engineAt(NOW.plusSeconds(60)), ALL, false);
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void aSilentMachineIsNamedAndTheRestIsShown() {
        Unreachable off = new Unreachable("m1", Unreachable.Why.OFF, "it is off", "ping m1");
        assertThat(show(off, m2, ALL, false)).isFalse();
        assertThat(captured.out()).isEqualTo("tandem-web-b      | second\n");
        assertThat(captured.err())
                .contains("the engine of m1 cannot be reached; seen: it is off; next: ping m1");
    }
}
