package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Changes that clients notice whatever the order of the steps: the plan says before what they will
/// notice, and they notice nothing else.
@Tag("containers")
@Tag("counting")
@Tag("slow")
class AnnouncedGapTest {
    @RegisterExtension static final ChangingSite LIVE = new ChangingSite();
    private static final TestSite SITE = LIVE.site();
    private static final List<String> THREE = List.of("haproxy-a", "haproxy-b", "haproxy-c");
    private static final String SECOND = "    hostname: bl2\n";
    private static final String THIRD = "  haproxy-c:\n    hostname: bl3\n";

    private static final String GAP =
            "clients will notice: without a hand-over,"
                    + " connections that are open when the VIP moves are reset";

    /// Seconds in which what was under way has ended.
    private static final int IN_FLIGHT = 3;

    private static final String FILE = SITE.text();

    @BeforeEach
    void asItWasAtFirst() {
        if (!SITE.text().equals(FILE)) {
            SITE.file("tandem.yaml", FILE);
            LIVE.applied();
            LIVE.load().goOn(IN_FLIGHT);
            LIVE.lost();
        }
    }

    /// Two balancers hand open connections over, three do not: so those break that are open when
    /// the VIP moves. A new one is always taken, and between the moves nothing is lost.
    @Test
    void aThirdBalancerComesAndGoes() {
        String two = SITE.text();
        try (LanClient onlooker = LanClient.of(SITE, "onlooker");
                OwnerWatch watch = OwnerWatch.of(SITE, onlooker)) {
            LIVE.edit(SECOND, SECOND + THIRD);
            assertThat(LIVE.plan())
                    .contains("replace    haproxy-b  balancers.haproxy-c: added\n")
                    .contains("create     haproxy-c  there is no container\nprobe      haproxy-c")
                    .endsWith(GAP);
            LIVE.applied();
            threeServe();

            SITE.file("tandem.yaml", two);
            assertThat(LIVE.plan())
                    .startsWith("remove     haproxy-c  no longer in the site\n")
                    .endsWith(GAP);
            LIVE.applied();
            twoServe();

            LIVE.load().goOn(IN_FLIGHT);
            OwnerMoves moves = new OwnerMoves(LIVE.load(), watch.spans());
            assertThat(LIVE.lost())
                    .filteredOn(record -> !moves.caught(record))
                    .as(() -> "not open when the VIP moved: " + moves.owners())
                    .isEmpty();
        }
    }

    private static void threeServe() {
        assertThat(SITE.vipOwners(THREE)).containsExactly("haproxy-a");
        for (int balancer : List.of(50, 60, 70)) {
            isServed(SITE.network(balancer).toString());
        }
        LIVE.nothingIsLeftToDo();
    }

    private static void twoServe() {
        String container = SITE.container("haproxy-c");
        assertThat(Shell.run(Shell.HOME, "docker", "inspect", container).ok()).isFalse();
        assertThat(SITE.rendered().resolve("haproxy-c")).doesNotExist();
        assertThat(SITE.vipOwners(THREE)).containsExactly("haproxy-a");
        LIVE.answers();
        LIVE.nothingIsLeftToDo();
    }

    /// The balancer that holds the old VIP takes no new connections any more when the one with the
    /// new VIP is told to take over. By the time its container is made again, the new VIP answers.
    @Test
    void theVipIsAnotherAddress() throws Exception {
        String old = SITE.text();
        String gap = "clients of the old address are no longer served";
        LIVE.edit("address: " + SITE.lan(150), "address: " + SITE.lan(160));
        assertThat(LIVE.plan())
                .contains(
                        "clients will notice: vip.address: %s → %s: %s"
                                .formatted(SITE.lan(150), SITE.lan(160), gap));
        try (StartedTandem apply =
                StartedTandem.with(SITE, "apply", "--yes", "--watch-time", "1")) {
            apply.await("begin", "replace haproxy-a");
            isServed(SITE.lan(160).toString());
            assertThat(apply.exit()).as(apply.said()).isZero();
        }

        Instant end = times().first("begin switchover haproxy-b");
        assertThat(LIVE.lost()).allMatch(lost -> LIVE.load().time(lost.done()).isAfter(end));
        isServed(SITE.lan(160).toString());
        assertThat(SITE.curl("http://" + SITE.lan(150) + "/").exit()).isNotZero();
        assertThat(LIVE.holders()).containsExactly("haproxy-a");
        LIVE.nothingIsLeftToDo();

        SITE.file("tandem.yaml", old);
        LIVE.applied();
        LIVE.answers();
        LIVE.nothingIsLeftToDo();
        long back = LIVE.load().nanos();
        LIVE.load().goOn(IN_FLIGHT);
        assertThat(LIVE.lost()).allMatch(lost -> lost.planned() < back);
    }

    private static void isServed(String address) {
        for (String scheme : List.of("http", "https")) {
            assertThat(SITE.curl("--fail", scheme + "://" + address + "/").exit()).isZero();
        }
    }

    /// When what was done, from the journal of the last change.
    private static Times times() throws IOException {
        try (Stream<Path> changes = Files.list(SITE.rendered().resolve("history"))) {
            Path last =
                    changes.max(
                                    Comparator.comparingInt(
                                            p -> Integer.parseInt(p.getFileName().toString())))
                            .orElseThrow();
            return Times.of(Files.readAllLines(last.resolve("journal")));
        }
    }

    /// @param moments begin and end of each step, in their order: `begin replace haproxy-a`
    private record Times(List<Moment> moments) {
        /// @param what `begin` or `done`, and the step
        record Moment(String what, Instant at) {}

        static Times of(List<String> journal) {
            Map<String, String> steps = new HashMap<>();
            List<Moment> moments = new ArrayList<>();
            for (String line : journal) {
                String[] words = line.split(" +", -1);
                if (words[0].equals("step")) {
                    steps.put(words[1], words[2] + " " + words[3]);
                } else if (words[0].equals("begin") || words[0].equals("done")) {
                    Instant at = Instant.parse(words[2]);
                    moments.add(new Moment(words[0] + " " + steps.get(words[1]), at));
                }
            }
            return new Times(moments);
        }

        Instant first(String what) {
            return moments.stream()
                    .filter(m -> m.what().equals(what))
                    .findFirst()
                    .orElseThrow()
                    .at();
        }
    }
}
