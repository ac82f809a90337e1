package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.docker.fake.FakeEngine;
import dev.tandem.docker.fake.FakeTime;
import dev.tandem.docker.fake.Trouble;
import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Which machine a command goes to that names a container.
class SiteRunnerTest {
    private static final String FILE =
            """
            site: shop
            vip: {address: 192.168.0.150, interface: ens33}
            machines: {m1: {ssh: root@192.168.0.11}, m2: {ssh: root@192.168.0.12}}
            balancers: {haproxy-a: {machine: m1}, haproxy-b: {machine: m2}}
            servers: {web-a: {machine: m1}, web-b: {machine: m2}, b: {machine: m1}}
            """;

    private static final Site SITE =
            ((Reading.Good)
                            SiteReader.read(
                                    "tandem.yaml",
                                    FILE.getBytes(StandardCharsets.UTF_8),
                                    new FakeSurroundings()))
                    .site();

    /// What the engines of the fixture say that their clocks are.
    private static final Instant THEIRS = Instant.parse("2026-11-28T12:00:00Z");

    private final FakeEngine one = new FakeEngine(new FakeTime());
    private final FakeEngine other = new FakeEngine(new FakeTime());

    private SiteRunner runner(Instant here) {
        Map<String, Reached> ways =
                Map.of("m1", new Reached.Direct(one), "m2", new Reached.Direct(other));
        Fleet fleet =
                new Fleet(
                        new FakeEngine(new FakeTime()),
                        machine -> Objects.requireNonNull(ways.get(machine.name())));
        return new SiteRunner(() -> fleet.of(SITE), SITE, InstantSource.fixed(here));
    }

    private final SiteRunner runner = runner(THEIRS);

    private Output run(String line) {
        return runner.run(Command.of(Duration.ofSeconds(5), List.of(line.split(" "))));
    }

    private void answers(FakeEngine engine, String commands, int exit, String said) {
        engine.meets(
                Trouble.answering(
                        commands,
                        exit == 0 ? new Output(0, said, "") : new Output(exit, "", said)));
    }

    @Test
    void aCommandGoesToTheMachineOfTheContainerThatItNames() {
        run("docker kill shop-haproxy-b");
        run("docker exec --user 0 shop-web-a true");
        assertThat(other.log()).containsExactly("docker kill shop-haproxy-b");
        assertThat(one.log()).containsExactly("docker exec --user 0 shop-web-a true");
    }

    /// `b` is the end of `web-b` as well.
    @Test
    void whatCarriesTheNameOfANodeAtItsEndIsOnItsMachine() {
        answers(one, "rm", 0, "");
        answers(other, "rm", 0, "");
        run("docker rm --force shop-fault-web-500-web-b");
        run("docker rm --force shop-b");
        assertThat(other.log()).containsExactly("docker rm --force shop-fault-web-500-web-b");
        assertThat(one.log()).containsExactly("docker rm --force shop-b");
    }

    @Test
    void whatIsStartedInANodesNetworkIsOnItsMachineFromThenOn() {
        answers(other, "run|logs", 0, "");
        run("docker run --detach --name shop-vip-watch --network container:shop-haproxy-b image");
        run("docker logs shop-vip-watch");
        assertThat(other.log())
                .containsSubsequence(
                        "docker run --detach --name shop-vip-watch --network"
                                + " container:shop-haproxy-b image",
                        "docker logs shop-vip-watch");
        assertThat(one.log()).noneMatch(line -> line.contains("vip-watch"));
    }

    @Test
    void aListIsThatOfAllMachinesOrNone() {
        answers(one, "ps", 0, "a\n");
        answers(other, "ps", 0, "b\n");
        assertThat(run("docker ps --all").stdout()).isEqualTo("a\nb\n");
        other.isWell();
        answers(other, "ps", 1, "the daemon is away");
        assertThat(run("docker ps --all").ok()).isFalse();
    }

    @Test
    void whatNobodyKnowsIsAskedOfAllAndOneIsEnough() {
        String no = "Error: No such container: x";
        answers(one, "logs", 1, no);
        answers(other, "logs", 0, "said\n");
        assertThat(run("docker logs x").stdout()).isEqualTo("said\n");
        other.isWell();
        answers(other, "logs", 1, no);
        assertThat(run("docker logs x").noSuch()).isTrue();
        other.isWell();
        answers(other, "logs", 1, "the daemon is away");
        assertThat(run("docker logs x").noSuch()).isFalse();
    }

    @Test
    void timesAreAskedForAndToldByTheClockOfThisMachine() {
        SiteRunner behind = runner(THEIRS.minusSeconds(60));
        answers(one, "logs", 0, "2026-11-28T12:00:05Z hello\n");
        List<String> argv =
                List.of("docker", "logs", "--since", "2026-11-28T11:59:00Z", "shop-web-a");
        Output said = behind.run(Command.of(Duration.ofSeconds(5), argv));
        assertThat(said.stdout()).isEqualTo("2026-11-28T11:59:05Z hello\n");
        assertThat(one.log()).contains("docker logs --since 2026-11-28T12:00:00Z shop-web-a");
        assertThat(behind.clockWords()).contains("m1 60 s ahead, within 0 s");
        assertThat(runner.clockWords()).contains("m2 the same within 0 s");
    }

    @Test
    void theEnginesOfItsMachinesAreNotRestartedFromHere() {
        Nodes nodes = new Nodes(runner, EngineHere.elsewhere(runner, new FakeTime().await()));
        assertThat(nodes.engine().obstacle()).isPresent();
        assertThatThrownBy(() -> nodes.kill("shop-haproxy-a")).isInstanceOf(Stop.class);
    }
}
