package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.docker.fake.Trouble;
import dev.tandem.model.Orders;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A step of a change fails, each of every kind: the site goes back to the state before, and the
/// message says so. When the way back fails as well, the message says where the site stands, what
/// is healthy serves, and the next `apply` finishes.
class TakenBackTest {
    @RegisterExtension static final FakeSites SITES = new FakeSites();

    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final String BACK = "the change was taken back: the site runs as before it";
    private static final String BETWEEN = "between the two states; what is healthy keeps serving";

    private static final String NOT_CHECKED =
            "no container was started or changed, nor any file that one reads";
    private static final String NOT_ASKED = "what it would answer is unknown";

    static List<Alteration> all() {
        return Alteration.all();
    }

    private static FakeSite scene(Alteration alteration) {
        FakeSite site = SITES.well();
        alteration.scene().accept(site);
        return site;
    }

    /// What it does to the engine, but for the lock.
    private static List<String> acts(Alteration alteration, FakeSite site) {
        Mortal whole = new Mortal(site, Mortal.IMMORTAL);
        whole.lives(runner -> alteration.call().accept(site, runner));
        return whole.acts().stream().filter(act -> !act.contains(" volume ")).toList();
    }

    /// Trouble with one of these commands and not with the same ones before it.
    private static Trouble trouble(List<String> acts, int number) {
        String act = acts.get(number);
        int same = (int) acts.subList(0, number).stream().filter(act::equals).count();
        return Trouble.failing(Pattern.quote(act), "it does not").after(same);
    }

    private static Optional<Stop> stopped(Alteration alteration, FakeSite site) {
        try {
            alteration.call().accept(site, site.engine());
            return Optional.empty();
        } catch (Stop stop) {
            return Optional.of(stop);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("calculating")
    void aStepThatFailsIsTakenBack(Alteration alteration) {
        FakeSite site = scene(alteration);
        Orders orders = site.orders();
        Optional<String> unserved = site.unserved();
        List<String> drift = leftToDo(site);
        FakeSite.Moment begin = site.moment();
        List<String> acts = acts(alteration, site);
        for (int i = 0; i < acts.size(); i++) {
            site.back(begin);
            site.engine().meets(trouble(acts, i).times(1));
            String when = alteration + ", " + acts.get(i) + " fails";

            Stop stop = stopped(alteration, site).orElseThrow(() -> new AssertionError(when));

            assertThat(stop.kind()).as(when).isEqualTo(Stop.Kind.ENVIRONMENT);
            assertThat(stop.state()).as(when).isIn(BACK, NOT_CHECKED, NOT_ASKED);
            site.pass(MOMENT);
            assertThat(site.orders()).as(when).isEqualTo(orders);
            assertThat(leftToDo(site)).as(when).isIn(List.of(), drift);
            assertThat(site.unserved()).as(when).isIn(Optional.empty(), unserved);
            assertThat(site.engine().volumeNames()).as(when + ": locks").isEmpty();
        }
    }

    /// What differs from the state that was applied last.
    private static List<String> leftToDo(FakeSite site) {
        site.text(site.applied());
        return site.steps();
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("calculating")
    void whenTheWayBackFailsTooTheMessageSaysWhereTheSiteStands(Alteration alteration) {
        FakeSite site = scene(alteration);
        FakeSite.Moment begin = site.moment();
        List<String> acts = acts(alteration, site);
        for (int i = 0; i < acts.size(); i++) {
            site.back(begin);
            site.engine().meets(trouble(acts, i));
            String when = alteration + ", " + acts.get(i) + " fails, and fails again";

            Stop stop = stopped(alteration, site).orElseThrow(() -> new AssertionError(when));

            assertThat(stop.state()).as(when).isIn(BACK, NOT_CHECKED, NOT_ASKED, BETWEEN);
            assertThat(stop.seen().contains("\non the way back: "))
                    .as(when)
                    .isEqualTo(stop.state().equals(BETWEEN));
            site.pass(MOMENT);
            if (alteration.clients() == Alteration.Clients.NOTICE_NOTHING) {
                assertThat(site.unserved()).as(when).isEmpty();
            }
            site.engine().isWell();
            site.apply();
            assertThat(site.steps()).as(when + "; then apply").isEmpty();
            assertThat(site.unserved()).as(when + "; then apply").isEmpty();
        }
    }

    /// A node that says nothing is not well, however long it has been known to be.
    @Test
    void aNodeThatDoesNotAnswerStopsTheChangeAndTheWayBackCannotBeSeen() {
        FakeSite site = SITES.well();
        site.edit("balance: roundrobin", "balance: leastconn");
        Trouble slow = Trouble.slow("exec fake-haproxy-b node-state", Duration.ofSeconds(10));
        site.engine().meets(slow.after(2));

        assertThatThrownBy(site::apply)
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.seen())
                                    .contains("haproxy-b: no answer within 3 s")
                                    .contains("on the way back: ");
                            assertThat(stop.state()).isEqualTo(BETWEEN);
                        });

        site.engine().isWell();
        site.apply();
        assertThat(site.steps()).isEmpty();
    }

    @Test
    void aNodeThatIsOnlyLateIsHeardOnTheWayBack() {
        FakeSite site = SITES.well();
        site.edit("balance: roundrobin", "balance: leastconn");
        Trouble slow = Trouble.slow("exec fake-haproxy-b node-state", Duration.ofSeconds(10));
        site.engine().meets(slow.after(2).times(10));

        assertThatThrownBy(site::apply)
                .isInstanceOfSatisfying(
                        Stop.class, stop -> assertThat(stop.state()).isEqualTo(BACK));

        assertThat(site.engine().log())
                .filteredOn(line -> line.equals("docker exec fake-haproxy-b reload haproxy"))
                .as("there and back")
                .hasSize(2);
        assertThat(leftToDo(site)).isEmpty();
    }

    @Test
    void tooManyRequestsThatFailTakeTheChangeBackBeforeTheMasterIsTouched() {
        FakeSite site = SITES.well();
        site.engine().failing(text -> text.contains("balance leastconn") ? 0.1 : 0);
        site.edit("balance: roundrobin", "balance: leastconn");

        assertThatThrownBy(site::apply)
                .hasMessage("too many requests failed at haproxy-b since it took the VIP")
                .isInstanceOfSatisfying(
                        Stop.class, stop -> assertThat(stop.state()).isEqualTo(BACK));

        assertThat(site.engine().log()).noneMatch(line -> line.contains("haproxy-a reload"));
        assertThat(leftToDo(site)).isEmpty();
        assertThat(site.holders()).containsExactly("haproxy-a");
    }

    /// The balancers look for it at its old address, then at a page that is not there: to go back
    /// must not wait for either.
    @Test
    void aWebServerThatMovedBeforeABadCheckIsTakenBack() {
        FakeSite site = SITES.well();
        site.edit("203.0.113.12}", "203.0.113.22}");
        site.edit("check: /", "check: /no-such-page");

        assertThatThrownBy(site::apply)
                .isInstanceOfSatisfying(
                        Stop.class, stop -> assertThat(stop.state()).isEqualTo(BACK));

        assertThat(leftToDo(site)).isEmpty();
        assertThat(site.unserved()).isEmpty();
    }
}
