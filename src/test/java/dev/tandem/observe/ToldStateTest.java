package dev.tandem.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Command;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Page;
import dev.tandem.docker.Runner;
import dev.tandem.drill.SampleSite;
import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import dev.tandem.prepare.Sample;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a balancer tells on its health port is believed of that balancer, and of now; any other is
/// asked by a command in its container.
class ToldStateTest {
    private static final Site SITE = SampleSite.of(2, 2, 2);
    private static final Balancer FIRST = SITE.balancers().getFirst();
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00.950Z");

    private static String told(String site, String node, String container, String time) {
        return "site=%s\nnode=%s\ncontainer=%s\ntime=%s\n%s"
                .formatted(site, node, container, time, NodeStateTest.MASTER);
    }

    private static String told(Balancer balancer, Instant time) {
        return told(SITE.name(), balancer.name(), SITE.container(balancer.name()), time.toString());
    }

    private static boolean isBelieved(String text) {
        return ToldState.believed(Optional.of(text), SITE, FIRST, NOW).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "1000, true",
        "-1000, true",
        "1001, false",
        "-1001, false",
        "86400000, false"
    })
    void itIsOfNow(long milliseconds, boolean expected) {
        assertThat(isBelieved(told(FIRST, NOW.minusMillis(milliseconds)))).isEqualTo(expected);
    }

    @Test
    void anotherSitesAnotherNodesAndAnotherContainersAreNot() {
        String name = FIRST.name();
        String container = SITE.container(name);
        String other = SITE.balancers().getLast().name();
        assertThat(isBelieved(told(SITE.name(), name, container, NOW.toString()))).isTrue();
        assertThat(isBelieved(told("other", name, container, NOW.toString()))).isFalse();
        assertThat(isBelieved(told(SITE.name(), other, container, NOW.toString()))).isFalse();
        assertThat(isBelieved(told(SITE.name(), name, SITE.container(other), NOW.toString())))
                .isFalse();
        assertThat(isBelieved(told(SITE.name(), name, container, "yesterday"))).isFalse();
    }

    /// The first is that of a `speaker` that knows no such question.
    @ParameterizedTest
    @ValueSource(strings = {"{\"version\":1}\n", "", "\n\n\n\n", "vrrp=MASTER\n\n", "<html>"})
    void whatSaysNotWhoseItIsIsNot(String text) {
        assertThat(isBelieved(text)).isFalse();
        assertThat(ToldState.believed(Optional.empty(), SITE, FIRST, NOW)).isEmpty();
    }

    @Test
    void theQuestionNamesTheWebServersAsLongAsItIsShort() {
        Page page = ToldState.page(SITE, FIRST, SITE.ownServers());
        assertThat(page.path()).isEqualTo("/status.json?as=node-state&web=web-0,web-1");
        assertThat(page.port()).isEqualTo(8404);
        assertThat(page.address()).isEqualTo(FIRST.address());
        Site large = SampleSite.of(2, 800, 2);
        assertThat(ToldState.page(large, FIRST, large.ownServers()).path())
                .isEqualTo("/status.json?as=node-state");
    }

    /// An engine whose balancers tell this, and say that they are BACKUP when a command asks.
    private record Engine(
            Function<Balancer, Optional<String>> tells, ConcurrentLinkedQueue<String> commands)
            implements Runner {
        @Override
        public Output run(Command command, Consumer<String> line) {
            commands.add(command.toString());
            return command.toString().contains(" node-state")
                    ? new Output(0, "vrrp=BACKUP\n\n", "")
                    : new Output(0, "", "");
        }

        @Override
        public Optional<String> read(Page page) {
            return SITE.balancers().stream()
                    .filter(one -> one.address().equals(page.address()))
                    .findFirst()
                    .flatMap(tells);
        }

        @Override
        public Following follow(Command command, Path file) {
            throw new UnsupportedOperationException(command.toString());
        }

        Map<String, BalancerSeen> seen() {
            return new Observer(new Docker(this), InstantSource.system()).look(SITE).balancers();
        }

        List<String> execs() {
            return commands.stream().filter(one -> one.contains(" exec ")).toList();
        }
    }

    private static Engine engine(Function<Balancer, Optional<String>> tells) {
        return new Engine(tells, new ConcurrentLinkedQueue<>());
    }

    private static Vrrp vrrp(BalancerSeen seen) {
        return seen instanceof BalancerSeen.Answered answered ? answered.vrrp() : Vrrp.UNKNOWN;
    }

    @Test
    void whoTellsItIsAskedNothingMoreAndIsSeenAsByACommand() {
        Engine engine = engine(one -> Optional.of(told(one, Instant.now())));
        assertThat(engine.seen().values())
                .hasSize(2)
                .allMatch(
                        NodeState.parse(
                                        NodeStateTest.MASTER,
                                        java.util.Set.copyOf(SITE.namesOfChecked()),
                                        Map.of())
                                ::equals);
        assertThat(engine.execs()).isEmpty();
    }

    @Test
    void whoIsSilentOrTellsOfAnotherOrOfThePastIsAskedByACommand() {
        Instant past = Instant.now().minusSeconds(2);
        for (Function<Balancer, Optional<String>> tells :
                List.<Function<Balancer, Optional<String>>>of(
                        _ -> Optional.empty(),
                        one -> Optional.of(told(one, past)),
                        one -> Optional.of(told(other(one), Instant.now())))) {
            Engine engine = engine(tells);
            assertThat(engine.seen().values()).hasSize(2).allMatch(it -> vrrp(it) == Vrrp.BACKUP);
            assertThat(engine.execs()).hasSize(2);
        }
    }

    private static Balancer other(Balancer balancer) {
        return SITE.balancers().stream()
                .filter(one -> !one.equals(balancer))
                .findFirst()
                .orElseThrow();
    }

    /// Else Java would not record what reading a real one takes, and nobody would notice.
    @Test
    void whatIsRehearsedIsReadAsThatOfARealSite() {
        Snapshot seen = MadeUpSite.of(SITE, InstantSource.fixed(NOW));

        assertThat(seen.balancers().values())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one).isInstanceOf(BalancerSeen.Answered.class));
        assertThat(seen.ownServers()).containsKey("web-a");
        assertThat(seen.containers()).containsOnlyKeys(FIRST.name());
        assertThat(seen.restart()).containsValue("unless-stopped");
        assertThat(seen.attached()).isPresent();
    }

    /// The same over machines.
    @Test
    void everyMachineThatIsRehearsedAnswers() {
        Site site = Sample.spread();
        Snapshot seen = MadeUpSite.of(site, InstantSource.fixed(NOW));

        assertThat(seen.placement().machines().values())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one).isInstanceOf(MachineHeard.Answered.class));
        assertThat(seen.balancers().values())
                .allSatisfy(one -> assertThat(one).isInstanceOf(BalancerSeen.Answered.class));
    }
}
