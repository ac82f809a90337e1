package dev.tandem.load;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// The schedule: fixed in advance, evenly spaced, with exact shares.
class ScheduleTest {
    private static final Target TARGET = Target.of(InetAddress.getLoopbackAddress(), 80, 443);
    private static final ClassPlan NEW = ClassPlan.of(RequestClass.NEW_HTTP, 3);
    private static final ClassPlan UPLOAD = ClassPlan.of(RequestClass.UPLOAD, 1);
    private static final ClassPlan IDLE =
            ClassPlan.of(RequestClass.IDLE, 1).lasting(Duration.ofMillis(200));

    @Test
    void arrivals_are_evenly_spaced_over_the_whole_duration() {
        assertThat(all(plan(300, Duration.ofSeconds(1), NEW)))
                .hasSize(300)
                .allSatisfy(one ->
                        assertThat(one.nanos()).isEqualTo(one.number() * 1_000_000_000L / 300));
    }

    @Test
    void every_class_has_exactly_its_share() {
        List<Planned> all = all(plan(400, Duration.ofSeconds(1), NEW, UPLOAD));

        assertThat(counts(all))
                .isEqualTo(Map.of(RequestClass.NEW_HTTP, 300L, RequestClass.UPLOAD, 100L));
        for (int block = 0; block < 400; block += 4) {
            assertThat(counts(all.subList(block, block + 4))).hasSize(2);
        }
    }

    @Test
    void only_the_seed_decides_the_order() {
        LoadPlan plan = plan(400, Duration.ofSeconds(1), NEW, UPLOAD);

        assertThat(all(plan)).isEqualTo(all(plan)).isNotEqualTo(all(plan.seeded(2)));
    }

    @Test
    void an_idle_connection_sends_again_after_its_silence() {
        List<Planned> all = all(plan(100, Duration.ofMillis(500), IDLE));

        // Of 50 connections, those opened in the first 300 ms send a second request.
        assertThat(all).hasSize(80).extracting(Planned::number).doesNotHaveDuplicates().isSorted();
        assertThat(all).extracting(Planned::nanos).isSorted();
        assertThat(all.stream().filter(one -> one.follows() != Planned.NONE))
                .hasSize(30)
                .allSatisfy(again ->
                        assertThat(again.nanos() - byNumber(all, again.follows()).nanos())
                                .isEqualTo(200_000_000));
    }

    @Test
    void two_threads_with_their_own_classes_take_everything_once() {
        LoadPlan plan = plan(500, Duration.ofSeconds(1), NEW, UPLOAD, IDLE);
        List<Planned> both = new ArrayList<>(walk(plan, kind -> kind == RequestClass.IDLE));
        both.addAll(walk(plan, kind -> kind != RequestClass.IDLE));

        assertThat(both).containsExactlyInAnyOrderElementsOf(all(plan));
    }

    @Test
    void a_stopped_run_is_the_beginning_of_the_whole() {
        LoadPlan plan = plan(500, Duration.ofSeconds(1), NEW, IDLE);
        long end = 123_456_789;

        assertThat(Schedule.count(plan, end))
                .isEqualTo(all(plan).stream().filter(one -> one.nanos() < end).count());
    }

    @Test
    void an_invalid_plan_is_refused_with_the_reason() {
        Duration second = Duration.ofSeconds(1);

        refused("rate: 0 is not between 1 and 5000", () -> plan(0, second, NEW));
        refused("rate: 5001 is not", () -> plan(5001, second, NEW));
        refused("duration: PT0S is not", () -> plan(1, Duration.ZERO, NEW));
        refused("classes: 0 is not", () -> plan(1, second));
        refused("classes: NEW_HTTP twice", () -> plan(1, second, NEW, NEW));
        refused("tag: \"a b\"", () -> LoadPlan.of(TARGET, "a b", 1, second, NEW));
        refused("inFlightLimit: 0", () -> plan(1, second, NEW).atMost(0));
        refused("none would speak again", () -> plan(1, Duration.ofMillis(200), IDLE));
        refused("weight: 0", () -> ClassPlan.of(RequestClass.NEW_HTTP, 0));
        refused("path: \"x\"", () -> NEW.asking("x"));
        refused("path", () -> NEW.asking("/ HTTP/1.1\r\nX: y"));
        refused("host", () -> TARGET.named("a\r\nb"));
        refused(
                "lasting: PT10S is not below",
                () -> ClassPlan.of(RequestClass.SLOW, 1).lasting(Duration.ofSeconds(10)));
        refused(
                "no certificate authority",
                () -> plan(1, second, ClassPlan.of(RequestClass.NEW_HTTPS, 1)));
    }

    private static void refused(String why, Runnable plan) {
        assertThatThrownBy(plan::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static LoadPlan plan(int rate, Duration duration, ClassPlan... classes) {
        return LoadPlan.of(TARGET, "t1", rate, duration, classes);
    }

    private static List<Planned> all(LoadPlan plan) {
        return walk(plan, kind -> true);
    }

    private static List<Planned> walk(LoadPlan plan, Predicate<RequestClass> mine) {
        Schedule schedule = new Schedule(plan, mine);
        List<Planned> all = new ArrayList<>();
        while (schedule.next(plan.duration().toNanos()) != Long.MAX_VALUE) {
            all.add(schedule.take());
        }
        return all;
    }

    private static Planned byNumber(List<Planned> all, long number) {
        return all.get((int) number);
    }

    private static Map<RequestClass, Long> counts(List<Planned> some) {
        return some.stream().collect(groupingBy(one -> one.plan().kind(), counting()));
    }
}
