package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tandem is killed at every moment of a change over two and three machines. What it leaves serves,
/// and goes on serving when nobody comes; the next `apply` brings it where it should be on each
/// machine, `.applied` says there what lies there, and nothing is left over: neither locks, nor
/// files that lie aside, nor a node on two machines.
///
/// The machines are fake engines: that real ones do so is {@link
/// dev.tandem.scenario.SeveralMachinesTest}.
class SpreadKilledTest {
    @RegisterExtension static final SpreadSites SITES = new SpreadSites();

    private static final Duration MOMENT = Duration.ofSeconds(2);

    static List<SpreadChange> all() {
        return SpreadChange.all();
    }

    private static SpreadSite scene(SpreadChange change) {
        SpreadSite site = SITES.well();
        change.scene().accept(site);
        return site;
    }

    /// What is left of each kill: the engines and the disks as they were at that moment.
    private static List<SpreadSite.Moment> deaths(SpreadSite site, Consumer<SpreadSite.Ways> call) {
        List<SpreadSite.Moment> deaths = new ArrayList<>();
        Mortal whole = new Mortal(site, site.own(), Mortal.IMMORTAL);
        whole.atEach(() -> deaths.add(site.moment())).lives(_ -> call.accept(whole::to));
        return deaths;
    }

    @ParameterizedTest
    @MethodSource("all")
    void clientsNoticeNothingAndNothingIsLeftToDo(SpreadChange change) {
        SpreadSite site = scene(change);
        Mortal watched = new Mortal(site, site.own(), Mortal.IMMORTAL).watched();
        watched.lives(_ -> change.call().accept(site, watched::to));
        assertThat(watched.unserved()).isEmpty();
        isPutRight(site, change.name());
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("calculating")
    void killedAtAnyMomentItServesAndTheNextApplyFinishes(SpreadChange change) throws IOException {
        SpreadSite site = scene(change);
        List<SpreadSite.Moment> deaths = deaths(site, to -> change.call().accept(site, to));
        assertThat(deaths).hasSizeGreaterThan(2);
        for (int death = 0; death < deaths.size(); death++) {
            site.last(deaths.get(death));
            String when = change + ", killed at moment " + death + " of " + deaths.size();
            assertThat(site.unserved()).as(when).isEmpty();
            site.pass(MOMENT);
            assertThat(site.unserved()).as(when + ", then").isEmpty();
            site.apply();
            isPutRight(site, when + ", then apply");
        }
    }

    private static void isPutRight(SpreadSite site, String when) {
        assertThat(site.unserved()).as(when).isEmpty();
        assertThat(site.steps()).as(when + ": what is left to do").isEmpty();
        assertThat(site.untidy()).as(when).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    @Tag("calculating")
    void killedAtAnyMomentOfTheFirstUpTheNextUpFinishes(int machines) throws IOException {
        SpreadSite site = first(machines);
        List<SpreadSite.Moment> deaths = deaths(site, site::apply);
        assertThat(deaths).hasSizeGreaterThan(2);
        for (int death = 0; death < deaths.size(); death++) {
            site.last(deaths.get(death));
            site.pass(MOMENT);
            site.apply();
            isPutRight(site, "first up, killed at moment " + death + " of " + deaths.size());
        }
    }

    private static SpreadSite first(int machines) throws IOException {
        SpreadSite site = SITES.fresh();
        if (machines == 3) {
            SpreadChange.join(site);
        }
        return site;
    }
}
