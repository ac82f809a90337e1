package dev.tandem.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Command;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Reached;
import dev.tandem.docker.Runner;
import dev.tandem.docker.Unreachable;
import dev.tandem.prepare.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A look at a site on two machines: `haproxy-a` and `web-a` on m1, the others on m2.
class MachinesLookTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Unreachable OFF =
            new Unreachable("m1", Unreachable.Why.OFF, "it is off", "ping m1");

    private final Machine m1 = new Machine("haproxy-a", "web-a", "lan-route");
    private final Machine m2 = new Machine("haproxy-b", "web-b", "lan-route");

    /// A machine whose nodes run.
    private static class Machine implements Runner {
        final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
        private final List<String> services;

        Machine(String... services) {
            this.services = List.of(services);
        }

        @Override
        public Output run(Command command, Consumer<String> line) {
            String text = command.toString();
            log.add(text);
            if (text.startsWith("docker ps")) {
                return new Output(0, containers(), "");
            }
            if (text.startsWith("docker exec tandem-haproxy")) {
                return new Output(0, "vrrp=MASTER\nweb=web-a loaded=12ab\n\n", "");
            }
            return new Output(0, text.endsWith(" node-state") ? "loaded=34cd\n" : "", "");
        }

        private String containers() {
            return services.stream()
                    .map(name ->
                            "tandem-%1$s\trunning\tUp\timage\t%1$s\ttandem\t/\tweb\tstamp\n"
                                    .formatted(name))
                    .collect(Collectors.joining());
        }

        List<String> execs() {
            return log.stream().filter(one -> one.startsWith("docker exec")).toList();
        }

        @Override
        public Following follow(Command command, Path file) {
            throw new UnsupportedOperationException(command.toString());
        }
    }

    private static Snapshot look(Reached first, Reached second, Duration limit) {
        Map<String, Reached> ways = Map.of("m1", first, "m2", second);
        Runner own = new Machine();
        try (Fleet fleet =
                new Fleet(own, machine -> Objects.requireNonNull(ways.get(machine.name())))) {
            return new Observer(fleet, limit, InstantSource.system()).lookAtAll(Sample.spread());
        }
    }

    private static Reached to(Runner runner) {
        return new Reached.Direct(runner);
    }

    private static MachineHeard.Silent silence(Snapshot seen, String machine) {
        return Objects.requireNonNull(seen.placement().silent().get(machine));
    }

    @Test
    void eachNodeIsAskedOnItsMachineAndWebServersByAnyBalancer() {
        Snapshot seen = look(to(m1), to(m2), LONG);

        assertThat(m1.execs())
                .singleElement()
                .asString()
                .startsWith("docker exec tandem-haproxy-a node-state web-a=192.168.0.161 web-b=");
        assertThat(m2.execs()).hasSize(2).contains("docker exec tandem-web-b node-state");
        assertThat(seen.answers()).hasSize(2);
        assertThat(seen.ownServers()).containsOnlyKeys("web-a", "web-b");
        assertThat(seen.ownServers().values())
                .allMatch(one -> one instanceof OwnServerSeen.Answered);
        assertThat(seen.placement().silent()).isEmpty();
        assertThat(seen.placement().running("web-b")).containsExactly("m2");
        assertThat(seen.placement().running("lan-route")).containsExactly("m1", "m2");
    }

    @Test
    void theNodesOfASilentMachineAreUnknownAndTheOthersSaySomething() {
        Snapshot seen = look(OFF, to(m2), LONG);

        assertThat(silence(seen, "m1"))
                .isEqualTo(new MachineHeard.Silent("off", "it is off", "ping m1"));
        assertThat(seen.state("web-a")).isEqualTo("unknown");
        assertThat(seen.state("web-b")).isEqualTo("running");
        assertThat(seen.state("web-c")).as("no node of the file").isEqualTo("absent");
        assertThat(seen.balancers().get("haproxy-a"))
                .isEqualTo(new BalancerSeen.Silent("m1 is silent"));
        assertThat(seen.answer("haproxy-b")).isPresent();
    }

    @Test
    void anEngineThatAnswersNothingInTimeIsSilent() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Machine hangs =
                new Machine() {
                    @Override
                    public Output run(Command command, Consumer<String> line) {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                        return new Output(130, "", "interrupted");
                    }
                };
        Snapshot seen = look(to(hangs), to(m2), Duration.ofMillis(300));

        assertThat(silence(seen, "m1").reason()).isEqualTo("engine-hangs");
        assertThat(silence(seen, "m1").seen()).contains("has not answered within");
        assertThat(seen.state("haproxy-a")).isEqualTo("unknown");
        assertThat(interrupted)
                .as("its command is ended")
                .satisfies(one -> assertThat(one.await(20, TimeUnit.SECONDS)).isTrue());
    }

    /// What balancers on it said before does not count: a machine is never half known.
    @Test
    void anEngineWhoseListOfContainersFailsIsSilent() {
        Machine broken =
                new Machine() {
                    @Override
                    public Output run(Command command, Consumer<String> line) {
                        return command.toString().startsWith("docker ps")
                                ? new Output(1, "", "no space left on device")
                                : super.run(command, line);
                    }
                };
        Snapshot seen = look(to(broken), to(m2), LONG);

        assertThat(silence(seen, "m1"))
                .isEqualTo(
                        new MachineHeard.Silent(
                                "disk-full",
                                "no space left on device",
                                "on m1: df -h / /var/lib/docker"));
        assertThat(seen.answer("haproxy-a")).isEmpty();
    }

    @Test
    void allMachinesAreAskedAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        List<Machine> machines =
                Stream.of("haproxy-a", "haproxy-b")
                        .<Machine>map(name ->
                                new Machine(name) {
                                    @Override
                                    public Output run(Command command, Consumer<String> line) {
                                        if (command.toString().startsWith("docker ps")) {
                                            meet(both);
                                        }
                                        return super.run(command, line);
                                    }
                                })
                        .toList();
        Snapshot seen = look(to(machines.getFirst()), to(machines.getLast()), LONG);

        assertThat(seen.placement().silent()).isEmpty();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("one after the other", e);
        }
    }

    @Test
    void ofTwinsTheOneOnItsOwnMachineIsMeant() {
        Machine both = new Machine("haproxy-a", "haproxy-b", "web-b", "lan-route");
        Snapshot seen = look(to(m1), to(both), LONG);

        assertThat(seen.placement().running("haproxy-a")).containsExactly("m1", "m2");
        assertThat(both.execs()).noneMatch(one -> one.contains("haproxy-a "));
    }

    @Test
    void aNodeOnAnotherMachineIsFoundThere() {
        Machine all = new Machine("haproxy-a", "haproxy-b", "web-a", "web-b", "lan-route");
        Snapshot seen = look(to(new Machine("lan-route")), to(all), LONG);

        assertThat(seen.placement().running("web-a")).containsExactly("m2");
        assertThat(seen.placement().machine("web-a")).contains("m1");
        assertThat(seen.state("web-a")).isEqualTo("running");
    }
}
