package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A machine goes away at every step of a change, once without power, once cut off while its
/// containers run. The call ends with its name and why, keeps no lock on the others, and clients
/// are served by what is left. When it is back, the next `apply` brings everything where it should
/// be.
///
/// And the other one who changes the site: from the same directory, and from another one.
class SpreadSilentTest {
    @RegisterExtension static final SpreadSites SITES = new SpreadSites();

    private static final Duration MOMENT = Duration.ofSeconds(2);

    static List<SpreadChange> all() {
        return SpreadChange.all();
    }

    /// m1 has what clients use: its balancer holds the VIP.
    @ParameterizedTest
    @MethodSource("all")
    @Tag("calculating")
    void aMachineThatLosesItsPowerAtAnyStep(SpreadChange change) {
        goesAway(change, "m1", true);
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("calculating")
    void aMachineThatIsCutOffAtAnyStep(SpreadChange change) {
        goesAway(change, change.name().equals("rollback") ? "m1" : "m2", false);
    }

    private static void goesAway(SpreadChange change, String machine, boolean power) {
        SpreadSite site = SITES.well();
        change.scene().accept(site);
        SpreadSite.Moment begin = site.moment();
        boolean silent = true;
        for (int last = 0; silent; last++) {
            site.back(begin);
            List<String> ran = new ArrayList<>();
            Silencing ways =
                    new Silencing(
                            site,
                            machine,
                            last,
                            () -> {
                                if (power) {
                                    ran.addAll(site.on(machine).off());
                                }
                            });
            Optional<Stop> stop = stopped(() -> change.call().accept(site, ways));
            silent = ways.isSilent();
            String when = "%s, %s away after %d of its steps".formatted(change, machine, last);
            if (silent) {
                String words = stop.map(one -> one.getMessage() + "\n" + one.seen()).orElse("");
                assertThat(words).as(when).contains(machine + ": it is off");
                assertThat(site.locksBut(machine)).as(when).isEmpty();
            }
            site.pass(MOMENT);
            if (!power) {
                assertThat(site.vipUnserved()).as(when).isEmpty();
                assertThat(site.twins()).as(when).isSubsetOf(moving(change));
            }
            site.on(machine).on(ran);
            site.pass(MOMENT);
            site.apply();
            assertThat(site.unserved()).as(when + ", then apply").isEmpty();
            assertThat(site.steps()).as(when + ", then apply").isEmpty();
            assertThat(site.untidy()).as(when + ", then apply").isEmpty();
        }
    }

    /// A web server that was on its way is started again where it was, although the machine that is
    /// cut off may have it, too: from here that looks like a machine without power. The next
    /// `apply` ends that.
    private static List<String> moving(SpreadChange change) {
        boolean moves = List.of("a web server moves", "rollback").contains(change.name());
        return moves ? List.of("198.51.100.161") : List.of();
    }

    private static Optional<Stop> stopped(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (Stop stop) {
            return Optional.of(stop);
        }
    }

    @Test
    void whoChangesItAtTheSameTimeFromElsewhereIsRefusedByEachLock() {
        SpreadSite site = SITES.well();
        site.edit("balance: roundrobin", "balance: leastconn");
        List<Optional<Stop>> second = new ArrayList<>();
        site.onPlan(() -> {
            site.from("there");
            second.add(stopped(site::apply));
            site.from("here");
        });

        site.apply();

        assertThat(second.getFirst().orElseThrow())
                .hasMessage("another change of this site is under way");
        assertThat(site.steps()).isEmpty();
        assertThat(site.untidy()).isEmpty();
    }

    @Test
    void whoChangesItAfterwardsFromElsewhereIsToldThatItIsBehind() {
        SpreadSite site = SITES.well();
        List<String> before = site.on("m2").log();
        site.from("there");

        assertThatThrownBy(site::apply)
                .hasMessage("m1 is at change 1 of this site, this directory at 0");

        assertThat(site.on("m2").log().subList(before.size(), site.on("m2").log().size()))
                .noneMatch(line -> line.startsWith("docker compose") || line.contains(" cp "));
        site.from("here");
        assertThat(site.untidy()).isEmpty();
        assertThat(site.steps()).isEmpty();
    }
}
