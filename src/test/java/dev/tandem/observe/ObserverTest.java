package dev.tandem.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Command;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.drill.SampleSite;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How a site with many web servers is asked. A command in a container is dear, and many at once
/// answer too late.
class ObserverTest {
    private static final int SERVERS = 40;

    /// An engine whose web servers each wait until as many are asked as may be at a time.
    private static final class Busy implements Runner {
        final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
        final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger now = new AtomicInteger();
        private final CyclicBarrier together = new CyclicBarrier(Observer.AT_ONCE);
        private final String nodeState;

        /// @param nodeState what a balancer says
        Busy(String nodeState) {
            this.nodeState = nodeState;
        }

        @Override
        public Output run(Command command, Consumer<String> line) {
            String text = command.toString();
            log.add(text);
            if (text.startsWith("docker ps")) {
                return new Output(0, containers(), "");
            }
            if (text.contains("-lb-")) {
                return new Output(0, nodeState, "");
            }
            if (!text.endsWith(" node-state")) {
                return new Output(0, "", "");
            }
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                together.await(20, TimeUnit.SECONDS);
                return new Output(0, "loaded=12ab\nloaded_certificate=34cd\n", "");
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new AssertionError("fewer at a time than may be", e);
            } finally {
                now.decrementAndGet();
            }
        }

        private static String containers() {
            return names().stream()
                    .map(name ->
                            "many-%1$s\trunning\tUp\timage\t%1$s\tmany\t/\tweb\tstamp\n"
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

    private static List<String> names() {
        return IntStream.range(0, SERVERS).mapToObj("web-%d"::formatted).toList();
    }

    private static Snapshot look(Runner engine) {
        return new Observer(new Docker(engine), InstantSource.system())
                .lookAtAll(SampleSite.of(2, SERVERS, 2));
    }

    /// What all of them say.
    private static void areKnown(Snapshot seen) {
        assertThat(seen.ownServers()).hasSize(SERVERS);
        assertThat(seen.ownServers().values())
                .containsOnly(new OwnServerSeen.Answered(Optional.of("12ab"), Optional.of("34cd")));
    }

    @Test
    void theBalancersAskThemAndNoCommandRunsInThem() {
        String told =
                names().stream()
                        .map(name -> "web=" + name + " loaded=12ab loaded_certificate=34cd\n")
                        .collect(Collectors.joining());
        Busy engine = new Busy("vrrp=MASTER\n" + told + "\n");

        areKnown(look(engine));

        assertThat(engine.execs())
                .hasSize(2)
                .allMatch(one -> one.contains("node-state web-0=172.20.0.2 web-1="));
        assertThat(engine.log)
                .as("one list of containers, two networks, one look at all")
                .hasSize(6);
    }

    /// Those of an earlier Tandem do not tell their balancers.
    @Test
    void thoseThatNoBalancerHeardAreAskedSomeAtATime() {
        Busy engine = new Busy("vrrp=MASTER\n\n");

        areKnown(look(engine));

        assertThat(engine.execs()).hasSize(2 + SERVERS);
        assertThat(engine.most).hasValue(Observer.AT_ONCE);
    }

    @Test
    void thoseThatDoNotRunAreNotAsked() {
        Busy engine = new Busy("vrrp=MASTER\n\n");

        Snapshot seen =
                new Observer(new Docker(engine), InstantSource.system())
                        .lookAtAll(SampleSite.of(2, SERVERS + 2, 2));

        assertThat(engine.execs()).hasSize(2 + SERVERS);
        assertThat(seen.ownServers())
                .containsEntry("web-40", new OwnServerSeen.Silent("not running"))
                .containsEntry("web-41", new OwnServerSeen.Silent("not running"));
    }
}
