package dev.tandem.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Attachment;
import dev.tandem.docker.Await;
import dev.tandem.docker.Nodes;
import dev.tandem.docker.Processes;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Grounds;
import dev.tandem.drill.ground.Node;
import dev.tandem.drill.journal.Company;
import dev.tandem.drill.journal.OpenFaults;
import dev.tandem.model.Backend;
import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.LanInterface;
import dev.tandem.model.Listen;
import dev.tandem.model.Network;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Subnet;
import dev.tandem.model.Tls;
import dev.tandem.model.Vip;
import dev.tandem.scenario.Shell;
import dev.tandem.scenario.TestSite;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every fault on a real site: its effect is seen from outside, and another Tandem that knows only
/// the journal heals it.
@Tag("containers")
class FaultsOnASiteTest {
    private static final TestSite SITE = TestSite.likeTheCustomers();
    private static final Nodes NODES = new Nodes(new Processes(), Await.real());
    private static final List<String> BALANCERS = List.of("haproxy-a", "haproxy-b");

    private static final String BUSY = "cpu-starvation";
    private static final Set<String> ELSEWHERE =
            Set.of("engine-restart", "engine-kill", "machine-reboot", "web-busy", BUSY);

    private static Ground ground = Grounds.customers();

    @TempDir private Path directory;

    @BeforeAll
    static void bringUp() {
        SITE.up();
        ground = Ground.of(site(), NODES);
        assertThat(ground.master().addresses())
                .contains(SITE.lan(151).toString(), SITE.network(50).toString());
    }

    /// The site's nodes, as a ground names them.
    private static Site site() {
        Ip4 any = SITE.network(50);
        Subnet subnet = Subnet.around(any, 24);
        return new Site(
                SITE.name(),
                new Vip(SITE.lan(150), subnet, new LanInterface.Auto(), Optional.empty(), 51),
                new Network(SITE.name(), subnet),
                BALANCERS.stream().map(name -> new Balancer(name, name, any, any)).toList(),
                new Listen(80, 443, 8404),
                new Backend(Backend.Balance.ROUNDROBIN, 2, "/"),
                List.of(
                        new Server.Own("web-a", any, Optional.empty()),
                        new Server.Own("web-b", any, Optional.empty())),
                new Tls(List.of(), Optional.empty()));
    }

    private static Node node(String name) {
        return Ground.look(name, SITE.container(name), NODES);
    }

    @AfterAll
    static void takeDown() {
        SITE.close();
    }

    static List<String> names() {
        // This engine is shared: EngineRestartedTest has one of its own. BusyServersTest has what
        // web-busy needs.
        Stream<String> known =
                Faults.known().all().stream()
                        .map(Fault::name)
                        .filter(name -> !ELSEWHERE.contains(name));
        return Stream.concat(known, Stream.of("packet-loss-5")).toList();
    }

    /// Not in parallel with another test, which it would disturb.
    @Test
    @Tag("exact")
    void fullProcessorsAreNoticedAndHealed() {
        breaksWhatItSaysAndIsHealedByTheNextCall(BUSY);
    }

    @ParameterizedTest
    @MethodSource("names")
    void breaksWhatItSaysAndIsHealedByTheNextCall(String name) {
        Fault fault = Faults.known().named(name).orElseThrow();
        assertThat(fault.obstacle(ground)).isEmpty();
        fault.heal(ground);
        assertThat(fault.unhealed(ground)).as("nothing was broken").isEmpty();

        Set<String> before = startsAndProcesses();
        OpenFaults drill = journal();
        drill.open(fault, ground, Company.ALONE);
        try {
            fault.inject(ground);
            TestSite.await(name + " shows", () -> shows(name, before));
        } finally {
            drill.abandoned(name);
            assertThat(journal().healAll(NODES)).containsExactly(name);
        }

        fault.heal(ground);
        assertThat(fault.unhealed(ground)).as("healed twice").isEmpty();
        TestSite.await("haproxy-a holds the VIP, alone", () -> owners().equals("[haproxy-a]"));
        SITE.awaitWell();
        assertThat(ground.balancers()).isEqualTo(BALANCERS.stream().map(one -> node(one)).toList());
        assertThat(NODES.labelled(List.of("dev.tandem.site=" + SITE.name()))).isEmpty();
    }

    @Test
    void anUnhealedFaultRemovesItsRulesWhenItsTimeIsOver() {
        Fault fault = Faults.known().named("web-refuse").orElseThrow();
        try {
            fault.inject(ground);
            assertThat(refuses("http")).isTrue();

            String container = SITE.name() + "-fault-web-refuse-web-a";
            Optional.ofNullable(System.getenv("TANDEM_CHECK_ID"))
                    .map(id -> NODES.labelled(List.of("dev.tandem.check=" + id)))
                    .ifPresent(swept -> assertThat(swept).contains(container));
            Shell.answer("docker", "stop", container);

            assertThat(refuses("http")).isFalse();
        } finally {
            fault.heal(ground);
        }
        assertThat(fault.unhealed(ground)).isEmpty();
        SITE.awaitWell();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-kill", "web-500", "balancer-cut-off", "haproxy-hang"})
    void nothingIsLeftToHealOnASiteThatWasTakenDown(String name) {
        Node balancer = new Node("a", SITE.name() + "-gone-a", ground.master().attachments());
        Node server = new Node("w", SITE.name() + "-gone-w", List.of());
        List<Node> servers = List.of(server);
        Ground gone = new Ground(SITE.name(), ground.toolbox(), List.of(balancer), servers, NODES);
        OpenFaults drill = journal();
        drill.open(Faults.known().named(name).orElseThrow(), gone, Company.ALONE);
        drill.abandoned(name);

        assertThat(journal().healAll(NODES)).containsExactly(name);
        assertThat(journal().entries(NODES)).isEmpty();
    }

    /// Another call of Tandem.
    private OpenFaults journal() {
        return new OpenFaults(directory, Faults.known(), Duration.ofSeconds(40), Clock.systemUTC());
    }

    /// Whether the effect of a fault is visible from outside.
    private static boolean shows(String fault, Set<String> before) {
        return switch (fault) {
            case "web-kill", "web-stop" -> state("web-a").equals("exited") && onlyWebB();
            case "web-hang" ->
                    state("web-a").equals("paused") && SITE.whoAnswers(web()).equals("curl 28");
            case "web-refuse" -> refuses("http") && refuses("https") && onlyWebB();
            case "web-500" ->
                    status(web()).equals("500") && status(webTls()).equals("500") && onlyWebB();
            case "web-slow" -> isSlow(web()) && isSlow(webTls());
            case "web-all-down" -> status(vip()).equals("503") && owners().equals("[haproxy-a]");
            case "haproxy-kill", "keepalived-kill", "keepalived-hang", "balancers-restart" ->
                    restarted(fault, before);
            case "haproxy-hang", "balancer-kill", "balancer-stop" -> movedAndServes();
            case "balancer-cut-off" ->
                    movedAndServes() && node("haproxy-a").attachments().isEmpty();
            case "balancer-cut-from-servers", "switchover" -> movedAndServes();
            // A frozen node cannot release the VIP either: its kernel still answers.
            case "balancer-cut-from-peer", "balancer-pause" ->
                    owners().equals("[haproxy-a, haproxy-b]");
            case "packet-loss", "packet-loss-5" -> loses(fault);
            case "cpu-starvation" -> burns();
            default -> throw new AssertionError("nobody knows what " + fault + " looks like");
        };
    }

    private static boolean movedAndServes() {
        return owners().equals("[haproxy-b]") && SITE.whoAnswers(vip()).startsWith("web-");
    }

    private static boolean onlyWebB() {
        return SITE.whoAnswers(vip(), 4).stream().allMatch("web-b"::equals);
    }

    private static boolean refuses(String scheme) {
        return SITE.curl("-k", scheme + "://" + webAddress() + "/").exit() == 7;
    }

    private static boolean isSlow(String url) {
        String answer =
                SITE.curl("-k", "-o", "/dev/null", "-w", "%{http_code} %{time_total}", url)
                        .stdout();
        return answer.startsWith("200 ") && Double.parseDouble(answer.substring(4)) >= 0.2;
    }

    /// Whether other processes run, or containers were restarted.
    private static boolean restarted(String fault, Set<String> before) {
        Set<String> gone = new HashSet<>(before);
        gone.removeAll(startsAndProcesses());
        return switch (fault) {
            case "haproxy-kill" -> gone.stream().anyMatch(one -> one.startsWith("haproxy "));
            // The init kills a hung one.
            case "keepalived-kill", "keepalived-hang" ->
                    gone.stream().anyMatch(one -> one.startsWith("keepalived "));
            default -> gone.stream().filter(one -> one.startsWith("start ")).count() == 2;
        };
    }

    private static Set<String> startsAndProcesses() {
        Set<String> all = new HashSet<>();
        for (String balancer : BALANCERS) {
            String container = SITE.container(balancer);
            all.add(
                    "start "
                            + Shell.answer(
                                    "docker", "inspect", "-f", "{{.State.StartedAt}}", container));
        }
        String processes =
                Shell.answer("docker", "top", SITE.container("haproxy-a"), "-o", "comm,pid");
        processes.lines().map(line -> line.replaceAll(" +", " ").strip()).forEach(all::add);
        return all;
    }

    /// Whether the rules have dropped packets.
    private static boolean loses(String fault) {
        String table = "tandem_" + fault.replace('-', '_');
        return SITE.exec("haproxy-a", "nft", "list", "table", "inet", table).lines().stream()
                .anyMatch(line -> line.matches(".*counter packets [1-9]\\d* .*drop"));
    }

    /// Whether the loops have used more than a second of processor time.
    private static boolean burns() {
        String container = SITE.name() + "-fault-cpu-starvation-haproxy-a";
        return Shell.answer("docker", "top", container, "-o", "cputimes,pid")
                        .lines()
                        .map(line -> line.strip().split(" +", 2)[0])
                        .filter(word -> word.matches("\\d+"))
                        .mapToInt(Integer::parseInt)
                        .sum()
                > 1;
    }

    private static String state(String node) {
        return NODES.state(SITE.container(node));
    }

    private static String owners() {
        return SITE.vipOwners(BALANCERS).toString();
    }

    private static String status(String url) {
        return SITE.curl("-k", "-o", "/dev/null", "-w", "%{http_code}", url).stdout().strip();
    }

    private static String vip() {
        return "http://" + SITE.lan(150) + "/";
    }

    private static String web() {
        return "http://" + webAddress() + "/";
    }

    private static String webTls() {
        return "https://" + webAddress() + "/";
    }

    private static String webAddress() {
        return ground.servers().getFirst().attachments().stream()
                .map(Attachment::address)
                .findFirst()
                .orElseThrow();
    }
}
