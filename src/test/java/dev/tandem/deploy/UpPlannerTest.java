package dev.tandem.deploy;

import static dev.tandem.deploy.Sample.container;
import static dev.tandem.deploy.Sample.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.observe.Snapshot;
import dev.tandem.render.Rendering;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Plans, compared as the text that a user reads.
class UpPlannerTest {
    private static final Site SITE = Sample.site();
    private static final Rendering WANTED =
            Sample.wanted("haproxy-a", "1", "haproxy-b", "1", "web-a", "1", "web-b", "1");

    private static String plan(Snapshot seen) {
        return UpPlanner.plan(SITE, WANTED, seen).toString();
    }

    private static Snapshot running(String haproxyA, String haproxyB, String webA, String webB) {
        return seen(
                container("haproxy-a", "running", haproxyA),
                container("haproxy-b", "running", haproxyB),
                container("web-a", "running", webA),
                container("web-b", "running", webB));
    }

    @Test
    void aFreshSiteIsMadeServersFirstAndTheMasterLast() {
        assertThat(plan(seen()))
                .isEqualTo(
                        """
                        create   web-a      there is no container
                        create   web-b      there is no container
                        create   haproxy-b  there is no container
                        create   haproxy-a  there is no container\
                        """);
    }

    @Test
    void aSecondUpHasNothingToDo() {
        Plan plan = UpPlanner.plan(SITE, WANTED, running("1", "1", "1", "1"));
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.toString()).isEmpty();
    }

    @Test
    void whatChangedIsReplacedServersFirstAndTheMasterLast() {
        assertThat(plan(running("0", "0", "0", "0")))
                .isEqualTo(
                        """
                        replace  web-a      its configuration changed
                        replace  web-b      its configuration changed
                        replace  haproxy-b  its configuration changed
                        replace  haproxy-a  its configuration changed\
                        """);
    }

    @Test
    void onlyWhatChangedIsReplaced() {
        assertThat(plan(running("1", "1", "1", "0")))
                .isEqualTo("replace  web-b  its configuration changed");
    }

    @Test
    void aContainerWithoutAStampIsReplaced() {
        assertThat(plan(running("1", "", "1", "1")))
                .isEqualTo("replace  haproxy-b  its configuration changed");
    }

    @ParameterizedTest
    @CsvSource({
        "exited, start    web-a  it is exited",
        "created, start    web-a  it is created",
        "dead, start    web-a  it is dead",
        "paused, unpause  web-a  it is paused"
    })
    void aNodeThatDoesNotRunIsBroughtBack(String state, String step) {
        assertThat(plan(with(state, "1"))).isEqualTo(step);
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "restarting"})
    void aNodeThatRunsOrIsJustBeingRestartedIsLeftAlone(String state) {
        assertThat(plan(with(state, "1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "restarting", "exited", "paused", "created"})
    void aNodeWithAnOlderStampIsReplacedInWhateverStateItIs(String state) {
        assertThat(plan(with(state, "0"))).isEqualTo("replace  web-a  its configuration changed");
    }

    private static Snapshot with(String stateOfWebA, String stamp) {
        return seen(
                container("haproxy-a", "running", "1"),
                container("haproxy-b", "running", "1"),
                container("web-a", stateOfWebA, stamp),
                container("web-b", "running", "1"));
    }

    @Test
    void whatTheSiteNoLongerHasGoesLast() {
        Snapshot seen =
                seen(
                        container("web-z", "exited", "1"),
                        container("haproxy-c", "running", "1"),
                        container("haproxy-a", "running", "1"),
                        container("haproxy-b", "running", "1"),
                        container("web-a", "running", "1"));
        assertThat(plan(seen))
                .isEqualTo(
                        """
                        create   web-b      there is no container
                        remove   haproxy-c  no longer in the site
                        remove   web-z      no longer in the site\
                        """);
    }

    @Test
    void aRemovalKnowsTheContainerByItsName() {
        Snapshot seen =
                new Snapshot(
                        java.util.Map.of("web-z", container("web-z", "running", "1")),
                        java.util.Map.of());
        Rendering nothing = Sample.wanted();
        Site none = Sample.serving(SITE, List.of());
        assertThat(UpPlanner.plan(none, nothing, seen).steps())
                .last()
                .isEqualTo(new Step.Remove("web-z", "tandem-web-z", "no longer in the site"));
    }

    @Test
    void theWayOfTheHostToTheVipComesAfterTheBalancers() {
        Rendering wanted =
                Sample.wanted(
                        "haproxy-a",
                        "1",
                        "haproxy-b",
                        "1",
                        "lan-route",
                        "1",
                        "web-a",
                        "1",
                        "web-b",
                        "1");
        assertThat(UpPlanner.plan(SITE, wanted, seen()).steps())
                .extracting(Step::service)
                .containsExactly("web-a", "web-b", "haproxy-b", "haproxy-a", "lan-route");
    }

    @Test
    void aServerThatWasThereAlreadyIsNoStep() {
        Server old =
                new Server.Existing("old", Server.Scheme.HTTP, "10.0.0.7", 8080, Optional.empty());
        Site site = Sample.serving(SITE, List.of(old, Sample.own("web-b", "172.20.0.3")));
        Rendering wanted = Sample.wanted("haproxy-a", "1", "haproxy-b", "1", "web-b", "1");
        assertThat(UpPlanner.plan(site, wanted, seen()).steps())
                .extracting(Step::service)
                .containsExactly("web-b", "haproxy-b", "haproxy-a");
    }
}
