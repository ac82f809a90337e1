package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.load.RequestRecord;
import dev.tandem.model.Ip4;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody on the LAN sends adverts of the highest priority, 50 a second to every balancer. What
/// is not from the peer, or came over a router, changes nothing. A neighbour that forges the peer's
/// address with TTL 255 is believed: docs/security.md says what helps. Each attack prints a line
/// for the table of `bench/attack`.
@Tag("containers")
@Tag("counting")
@Tag("slow")
class ForgedAdvertTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite();
    private static final TestSite SITE = LIVE.site();

    /// Where adverts of pairs go that know no addresses of each other.
    private static final String MULTICAST = "224.0.0.18";

    /// How long somebody forges.
    private static final int SECONDS = 3;

    /// What the holder of the VIP may take, in milliseconds.
    private static final double AT_ONCE = 200;

    private static UnderLoad load;
    private static int told;

    @BeforeAll
    static void begin() throws Exception {
        load = UnderLoad.of(SITE);
        told = 0;
    }

    @AfterAll
    static void end() {
        load.close();
    }

    /// @param source the last number of the sender's address on the LAN
    /// @param targets the balancers, counted from 1; 0 for the multicast address
    private static Output forge(
            TestSite site, int source, int ttl, int router, int priority, int... targets) {
        List<String> arguments = new ArrayList<>(List.of(site.lan(source).toString()));
        Stream.of(ttl, router, priority).map(String::valueOf).forEach(arguments::add);
        // Balancers know a beacon by its address, and the VIP's adverts by theirs.
        String address = router == 150 ? site.lan(150).toString() : "127.0.77.1";
        arguments.addAll(List.of(address, "" + SECONDS));
        for (int target : targets) {
            arguments.add(target == 0 ? MULTICAST : lanAddress(site, target).toString());
        }
        return onTheLan(site, "forge-vrrp", List.of(), arguments);
    }

    /// Runs a script of the tests in a container of its own on the LAN.
    private static Output onTheLan(
            TestSite site, String script, List<String> options, List<String> arguments) {
        List<String> argv =
                new ArrayList<>(
                        List.of("docker", "run", "--rm", "--network", site.name() + "_lan"));
        argv.addAll(List.of("--label", "dev.tandem.check=" + TestSite.CHECK));
        argv.addAll(List.of("--cap-drop", "ALL", "--cap-add", "NET_RAW", "--entrypoint", "perl"));
        argv.addAll(List.of("--volume", Shell.HOME.resolve("src/test/perl/" + script) + ":/it:ro"));
        argv.addAll(options);
        argv.addAll(List.of(site.balancerImage(), "/it"));
        argv.addAll(arguments);
        return Shell.run(Shell.HOME, argv.toArray(String[]::new));
    }

    /// The addresses of the balancers on the LAN follow the VIP's.
    private static Ip4 lanAddress(TestSite site, int balancer) {
        return site.lan(150 + balancer);
    }

    /// Says what an attack got, and that others lost nothing meanwhile.
    private static void nothingIsLost(String attack, String got) {
        load.goOn(1);
        List<RequestRecord> lost = lost();
        System.out.printf("attack | %s | %s | %d%n", attack, got, lost.size());
        assertThat(lost).as(attack).isEmpty();
    }

    /// What was lost since it was asked for the last time.
    private static List<RequestRecord> lost() {
        List<RequestRecord> lost = load.lost().stream().skip(told).toList();
        told += lost.size();
        return lost;
    }

    private static void sent(Output forged) {
        assertThat(forged.exit()).as(forged.stderr()).isZero();
        assertThat(Integer.parseInt(forged.stdout().strip())).isGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({"99, 255, 1", "99, 5, 1", "152, 9, 1", "99, 255, 2", "151, 9, 2", "99, 255, 0"})
    void whatIsNotThePeersMovesNothing(int source, int ttl, int target) {
        String before = SITE.fact("haproxy-a", "since") + SITE.fact("haproxy-b", "since");

        sent(forge(SITE, source, ttl, 150, 255, target));

        assertThat(SITE.fact("haproxy-a", "since") + SITE.fact("haproxy-b", "since"))
                .isEqualTo(before);
        assertThat(SITE.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-a");
        String sender = source == 99 ? "a stranger" : "the peer's address";
        String receiver = target == 0 ? MULTICAST : "haproxy-" + (target == 1 ? "a" : "b");
        nothingIsLost("adverts of %s, TTL %d, to %s".formatted(sender, ttl, receiver), "nothing");
    }

    /// A beacon that says "I am gone", of the peer, while connections are handed over to it.
    @ParameterizedTest
    @ValueSource(ints = {151, 152})
    void aForgedFarewellCutsNothingThatIsHandedOver(int router) throws Exception {
        Thread forger =
                Thread.ofPlatform()
                        .start(() -> {
                            int source = router; // each balancer's beacon has its number
                            sent(forge(SITE, source, 9, router, 0, router == 151 ? 2 : 1));
                        });
        Output over = SITE.tandem("switchover");
        assertThat(over.exit()).as(over.stderr()).isZero();
        forger.join();
        assertThat(SITE.tandem("ready", "haproxy-a").exit()).isZero();
        LIVE.masterIs("haproxy-a");
        nothingIsLost(
                "a forged farewell of the peer to haproxy-%s, two switchovers"
                        .formatted(router == 151 ? "b" : "a"),
                "nothing");
    }

    /// Without a hand-over Keepalived alone has to tell them apart.
    @ParameterizedTest
    @ValueSource(strings = {"handover: off\n", "alone"})
    void withoutAHandOverNeither(String how) {
        try (TestSite site = TestSite.forLoad()) {
            String pair = site.text();
            String alone = pair.replaceAll(" {2}haproxy-b:.*\n( {4}.*\n)*", "");
            site.file("tandem.yaml", how.equals("alone") ? alone : pair + how);
            site.up();
            String before = site.fact("haproxy-a", "since");

            sent(forge(site, 99, 255, 150, 255, 1));
            sent(forge(site, 152, 9, 150, 255, 1));

            assertThat(site.fact("haproxy-a", "since")).isEqualTo(before);
            assertThat(site.fact("haproxy-a", "vip")).isEqualTo("here");
            assertThat(site.whoAnswers("http://" + site.lan(150) + "/")).startsWith("web");
        }
    }

    /// Clients believe whoever spoke last; Keepalived alone would say so again after up to ten
    /// seconds.
    @Test
    void aStrangersClaimOfTheVipIsAnsweredAtOnce() {
        String own = SITE.lan(99).toString();

        Output claimed =
                onTheLan(
                        SITE,
                        "claim-vip",
                        List.of("--ip", own),
                        List.of(own, SITE.lan(150).toString(), "6", "1"));

        assertThat(claimed.exit()).as(claimed.stderr()).isZero();
        assertThat(claimed.stdout().lines()).hasSize(6).doesNotContain("-");
        List<Double> after = claimed.stdout().lines().map(Double::valueOf).sorted().toList();
        assertThat(after.get(after.size() / 2)).as("ms, the middle one").isLessThan(AT_ONCE);
        assertThat(SITE.log("haproxy-a"))
                .contains("claims the VIP and is no balancer of this site");
        nothingIsLost(
                "6 claims of the VIP over ARP",
                "claimed again after %.1f to %.1f ms".formatted(after.getFirst(), after.getLast()));
    }

    /// Balancers send to each other what belongs to no connection of theirs, and the TTL says what
    /// was done with it. Whoever sets it from outside gets no packet to go round.
    @Test
    void strayPacketsDoNotGoRoundBetweenTheBalancers() {
        String own = SITE.lan(98).toString();
        int before = passedOn("haproxy-a") + passedOn("haproxy-b");

        int sent = 0;
        for (int target : List.of(150, 151, 152)) {
            Output stray =
                    onTheLan(
                            SITE,
                            "stray-segments",
                            List.of("--ip", own),
                            List.of(own, SITE.lan(target).toString(), "80", "50"));
            assertThat(stray.exit()).as(stray.stderr()).isZero();
            sent += Integer.parseInt(stray.stdout().strip());
        }

        int passed = passedOn("haproxy-a") + passedOn("haproxy-b") - before;
        assertThat(passed).isPositive().isLessThanOrEqualTo(2 * sent);
        nothingIsLost(sent + " packets of no connection", "passed on %d times".formatted(passed));
    }

    /// How many packets the hand-over has sent to the other balancer.
    private static int passedOn(String balancer) {
        String list =
                SITE.exec(balancer, "nft", "list", "counters", "table", "ip", "handover").stdout();
        return Pattern.compile("packets (\\d+)")
                .matcher(list)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }

    /// A kernel that does not forward follows redirects, whatever compose.yaml asks of it: it would
    /// send what is for clients beyond the router to whoever says so. It remembers for minutes, so
    /// each call is about a client of its own.
    @Test
    void aForgedRedirectTurnsNothingAside() {
        String router = SITE.lan(1).toString();
        String own = SITE.lan(97).toString();
        String client = "203.0.113." + (1 + System.nanoTime() % 250);
        assertThat(wayTo(client)).contains(" via " + router + " ");

        redirect(router, own, client);
        assertThat(wayTo(client)).contains(" via " + router + " ").doesNotContain(own);
        nothingIsLost("ICMP redirects in the router's name", "nothing");

        SITE.exec("haproxy-a", "nft", "delete", "table", "ip", "redirects");
        try {
            redirect(router, own, client);
            assertThat(wayTo(client)).as("without the wall").contains(" via " + own + " ");
        } finally {
            String lib = "-I/usr/local/lib/tandem";
            String again = "print Redirects::refuse()";
            assertThat(SITE.exec("haproxy-a", "perl", lib, "-MRedirects", "-e", again).lines())
                    .isEmpty();
        }
    }

    private static String wayTo(String client) {
        return SITE.exec("haproxy-a", "ip", "route", "get", client).stdout();
    }

    private static void redirect(String router, String own, String client) {
        String balancer = lanAddress(SITE, 1).toString();
        List<String> arguments = List.of(router, own, balancer, client, "4");
        Output sent = onTheLan(SITE, "forge-redirect", List.of("--ip", own), arguments);
        assertThat(sent.exit()).as(sent.stderr()).isZero();
    }

    /// The proof that these packets are adverts: those that are the peer's in all that can be seen.
    /// Each balancer hears that the other one is master. What that costs is written down in
    /// docs/security.md.
    @Test
    void aNeighbourThatIsThePeerInAllThatCanBeSeenIsBelieved() {
        String before = SITE.fact("haproxy-a", "since");

        List<CompletableFuture<Output>> forged =
                Stream.of(1, 2)
                        .map(target ->
                                CompletableFuture.supplyAsync(
                                        () -> forge(SITE, 153 - target, 255, 150, 255, target),
                                        Thread::startVirtualThread))
                        .toList();
        double nobody = secondsWithoutHolder(forged);
        forged.forEach(one -> sent(one.join()));

        assertThat(SITE.fact("haproxy-a", "since")).isNotEqualTo(before);
        assertThat(nobody).as("s without a holder").isGreaterThan(SECONDS / 3.0);
        LIVE.masterIs("haproxy-a");
        load.goOn(2);
        List<RequestRecord> lost = lost();
        System.out.printf(
                "attack | adverts of the peer itself, TTL 255, to both, %d s | nobody held the VIP"
                        + " for %.1f s; others lose %d new connections | %d%n",
                SECONDS, nobody, lost.stream().filter(UnderLoad::isNew).count(), lost.size());
    }

    /// From the first look that found nobody to the next one that found somebody, once all forging
    /// has ended.
    private static double secondsWithoutHolder(List<CompletableFuture<Output>> all) {
        TestSite.await("nobody holds it", () -> SITE.vipOwners(LiveSite.BALANCERS).isEmpty());
        long first = load.nanos();
        all.forEach(CompletableFuture::join);
        TestSite.await("somebody does", () -> !SITE.vipOwners(LiveSite.BALANCERS).isEmpty());
        return (load.nanos() - first) / 1e9;
    }
}
