package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.carry.Force;
import dev.tandem.change.plan.Step;
import dev.tandem.docker.Runner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tandem is killed at every moment of every kind of change. What it leaves serves, and goes on
/// serving when nobody comes; the next `apply` brings it where it should be, and then there is
/// nothing left to do.
///
/// Containers are those of a fake engine: that real ones lose no request by it is {@link
/// dev.tandem.scenario.KilledChangeTest}.
class KilledTest {
    @RegisterExtension static final FakeSites SITES = new FakeSites();

    /// What Java needs to start, and nodes need to be well or not.
    private static final Duration MOMENT = Duration.ofSeconds(2);

    static List<Alteration> all() {
        return Alteration.all();
    }

    /// The site before the change, which somebody is about to call for.
    private static FakeSite scene(Alteration alteration) {
        FakeSite site = SITES.well();
        alteration.scene().accept(site);
        return site;
    }

    @ParameterizedTest
    @MethodSource("all")
    void aChangeIsPlannedAsItIsMeantAndClientsNoticeNothing(Alteration alteration) {
        FakeSite site = scene(alteration);
        List<String> unserved = new ArrayList<>(site.unserved().stream().toList());
        List<String> planned = new ArrayList<>();
        site.onPlan(plan -> plan.steps().forEach(s -> planned.add(s.verb() + " " + s.node())));
        Mortal watched = new Mortal(site, Mortal.IMMORTAL);

        watched.watched().lives(runner -> alteration.call().accept(site, runner));

        assertThat(planned).containsExactlyElementsOf(alteration.steps());
        if (alteration.clients() == Alteration.Clients.NOTICE_NOTHING) {
            unserved.addAll(watched.unserved());
            assertThat(unserved).isEmpty();
        }
        assertThat(site.unserved()).isEmpty();
        assertThat(site.steps()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("calculating")
    void killedAtAnyMomentItServesAndTheNextApplyFinishes(Alteration alteration)
            throws IOException {
        FakeSite site = scene(alteration);
        List<FakeSite.Moment> deaths = deaths(site, to -> alteration.call().accept(site, to));
        assertThat(deaths).hasSizeGreaterThan(2);
        for (int death = 0; death < deaths.size(); death++) {
            site.last(deaths.get(death));
            String when = alteration + ", killed at moment " + death + " of " + deaths.size();
            boolean served = alteration.clients() == Alteration.Clients.NOTICE_NOTHING;
            assertThat(site.unserved().isPresent() && served).as(when).isFalse();
            site.pass(MOMENT);
            assertThat(site.unserved().isPresent() && served).as(when + ", then").isFalse();
            isPutRight(site, when);
        }
    }

    /// What is left of each kill: the engine and the disk as they were at that moment.
    private static List<FakeSite.Moment> deaths(FakeSite site, Consumer<Runner> call) {
        List<FakeSite.Moment> deaths = new ArrayList<>();
        new Mortal(site, Mortal.IMMORTAL).atEach(() -> deaths.add(site.moment())).lives(call);
        return deaths;
    }

    private static int moments(Alteration alteration, FakeSite site) {
        Mortal whole = new Mortal(site, Mortal.IMMORTAL);
        whole.lives(runner -> alteration.call().accept(site, runner));
        return whole.moments();
    }

    private static void kill(Alteration alteration, FakeSite site, int death) {
        Mortal mortal = new Mortal(site, death);
        assertThat(mortal.lives(to -> alteration.call().accept(site, to))).isFalse();
    }

    private static void isPutRight(FakeSite site, String when) {
        site.apply();
        assertThat(site.unserved()).as(when + ", then apply").isEmpty();
        assertThat(site.steps()).as(when + ": what is left to do after apply").isEmpty();
        assertThat(site.engine().volumeNames()).as(when + ": locks").isEmpty();
    }

    /// The second time when it goes on after the first. Here what dies unwinds as well.
    @Test
    void killedTwiceTheNextApplyFinishes() {
        Alteration both =
                all().stream()
                        .filter(one -> one.name().equals("the address of a web server"))
                        .findFirst()
                        .orElseThrow();
        FakeSite site = scene(both);
        FakeSite.Moment begin = site.moment();
        int moments = moments(both, site);
        for (int death = 0; death < moments; death++) {
            site.back(begin);
            kill(both, site, death);
            site.pass(MOMENT);
            String when = "killed at moment " + death + " of " + moments + ", and again";
            new Mortal(site, moments - death).lives(runner -> apply(site, runner));
            site.pass(MOMENT);
            assertThat(site.unserved()).as(when).isEmpty();
            isPutRight(site, when);
        }
    }

    private static void apply(FakeSite site, Runner runner) {
        site.apply(runner, Force.NONE);
    }

    @Test
    void killedAtAnyMomentOfTheFirstUpTheNextUpFinishes() throws IOException {
        FakeSite site = SITES.fresh();
        List<FakeSite.Moment> deaths = deaths(site, site::up);
        assertThat(deaths).hasSizeGreaterThan(2);
        for (int death = 0; death < deaths.size(); death++) {
            site.last(deaths.get(death));
            site.pass(MOMENT);
            site.up();
            assertThat(site.unserved()).as("killed at moment " + death).isEmpty();
            assertThat(site.steps()).as("killed at moment " + death).isEmpty();
        }
    }

    @Test
    void everyKindOfStepIsAmongThem() {
        Set<String> met =
                all().stream()
                        .flatMap(one -> one.steps().stream())
                        .map(step -> step.split(" ", -1)[0])
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known =
                Arrays.stream(Step.class.getPermittedSubclasses())
                        .map(kind -> kind.getSimpleName().toLowerCase(Locale.ROOT))
                        .map(kind -> kind.equals("resume") ? "unpause" : kind)
                        .map(kind -> kind.equals("stand") ? "duty" : kind)
                        .filter(kind -> !kind.equals("move")) // over machines: SeveralMachinesTest
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(met).isEqualTo(known);
    }
}
