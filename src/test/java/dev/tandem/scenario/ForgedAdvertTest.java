package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.model.Ip4;
import java.util.ArrayList;
import java.util.List;
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
/// address with TTL 255 is believed: docs/security.md says what helps.
@Tag("containers")
@Tag("exact")
@Tag("slow")
class ForgedAdvertTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite();
    private static final TestSite SITE = LIVE.site();
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
    private static Output forge(
            TestSite site, int source, int ttl, int router, int priority, int... targets) {
        List<String> arguments = new ArrayList<>(List.of(site.lan(source).toString()));
        Stream.of(ttl, router, priority).map(String::valueOf).forEach(arguments::add);
        arguments.addAll(List.of(site.lan(150).toString(), "3"));
        for (int target : targets) {
            arguments.add(lanAddress(site, target).toString());
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

    private static void nothingIsLost() {
        load.goOn(1);
        assertThat(load.lost().stream().skip(told).toList()).isEmpty();
        told = load.lost().size();
    }

    private static void sent(Output forged) {
        assertThat(forged.exit()).as(forged.stderr()).isZero();
        assertThat(Integer.parseInt(forged.stdout().strip())).isGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({"99, 255, 1", "99, 5, 1", "152, 9, 1", "99, 255, 2", "151, 9, 2"})
    void whatIsNotThePeersMovesNothing(int source, int ttl, int target) {
        String before = SITE.fact("haproxy-a", "since") + SITE.fact("haproxy-b", "since");

        sent(forge(SITE, source, ttl, 150, 255, target));

        assertThat(SITE.fact("haproxy-a", "since") + SITE.fact("haproxy-b", "since"))
                .isEqualTo(before);
        assertThat(SITE.vipOwners(LiveSite.BALANCERS)).containsExactly("haproxy-a");
        nothingIsLost();
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
        nothingIsLost();
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
        System.out.println("claimed again after (ms): " + claimed.stdout().replace('\n', ' '));
        assertThat(claimed.stdout().lines()).hasSize(6).doesNotContain("-");
        assertThat(SITE.log("haproxy-a"))
                .contains("claims the VIP and is no balancer of this site");
        nothingIsLost();
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
        System.out.println("stray packets: " + sent + " sent, passed on " + passed + " times");
        assertThat(passed).isPositive().isLessThanOrEqualTo(2 * sent);
        nothingIsLost();
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

    /// The proof that these packets are adverts: one that is the peer's in all that can be seen.
    @Test
    void aNeighbourThatIsThePeerInAllThatCanBeSeenIsBelieved() {
        String before = SITE.fact("haproxy-a", "since");

        sent(forge(SITE, 152, 255, 150, 255, 1));

        assertThat(SITE.fact("haproxy-a", "since")).isNotEqualTo(before);
        LIVE.masterIs("haproxy-a");
        load.goOn(2);
        told = load.lost().size();
    }
}
