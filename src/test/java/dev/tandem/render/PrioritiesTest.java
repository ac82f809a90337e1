package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Return;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The bands of priorities never touch: the balancer with fewer handicaps wins, then the one that
/// comes first in the file.
class PrioritiesTest {

    /// The possible handicaps of a balancer that still takes part, from the best band to the worst.
    private enum Handicap {
        NONE,
        LEAVING,
        SERVERS_DOWN,
        SERVERS_DOWN_AND_LEAVING,
        SERVERS_AND_LISTENER_DOWN,
        ALL
    }

    /// One balancer as VRRP sees it.
    private record Candidate(int place, Handicap handicap) {
        int priority(Priorities priorities) {
            int own = priorities.priority(place);
            return switch (handicap) {
                case NONE -> own;
                case LEAVING -> own + priorities.leaving();
                case SERVERS_DOWN -> own + priorities.serversDown();
                case SERVERS_DOWN_AND_LEAVING ->
                        own + priorities.leaving() + priorities.serversDown();
                case SERVERS_AND_LISTENER_DOWN ->
                        own + priorities.serversDown() + priorities.listenerDown();
                case ALL ->
                        own
                                + priorities.leaving()
                                + priorities.serversDown()
                                + priorities.listenerDown();
            };
        }
    }

    /// The order in which balancers should win.
    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparing(Candidate::handicap).thenComparingInt(Candidate::place);

    static IntStream counts() {
        return IntStream.concat(IntStream.rangeClosed(1, 16), IntStream.of(42));
    }

    @ParameterizedTest
    @MethodSource("counts")
    void of_two_balancers_the_better_one_has_the_higher_priority(int count) {
        Priorities priorities = Priorities.of(count, Return.ALWAYS);
        List<Candidate> all = candidates(count);

        for (Candidate one : all) {
            for (Candidate other : all) {
                if (one.place() != other.place() && BEST_FIRST.compare(one, other) < 0) {
                    assertThat(one.priority(priorities))
                            .as("%s against %s of %d", one, other, count)
                            .isGreaterThan(other.priority(priorities));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("counts")
    void every_priority_is_valid_in_vrrp_and_unique(int count) {
        Priorities priorities = Priorities.of(count, Return.ALWAYS);
        List<Integer> all =
                candidates(count).stream()
                        .sorted(BEST_FIRST)
                        .map(candidate -> candidate.priority(priorities))
                        .toList();

        // Keepalived clamps priorities to 1 and 254: at either end, two balancers could end up
        // equal.
        assertThat(all).allMatch(priority -> priority >= 1 && priority <= 254);
        assertThat(all).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("counts")
    void every_weight_is_valid_in_keepalived(int count) {
        Priorities priorities = Priorities.of(count, Return.ALWAYS);

        assertThat(priorities.leaving()).isBetween(-253, -1);
        assertThat(priorities.serversDown()).isBetween(-253, -1);
        assertThat(priorities.listenerDown()).isEqualTo(priorities.serversDown());
    }

    @ParameterizedTest
    @MethodSource("counts")
    void a_master_that_leaves_falls_below_all_that_stay(int count) {
        Priorities priorities = Priorities.of(count, Return.ALWAYS);

        assertThat(priorities.priority(0) + priorities.leaving())
                .isLessThan(priorities.priority(count - 1));
    }

    @ParameterizedTest
    @MethodSource("counts")
    void with_equal_handicaps_the_order_of_the_file_decides(int count) {
        Priorities priorities = Priorities.of(count, Return.ALWAYS);

        for (Handicap handicap : Handicap.values()) {
            List<Integer> inOrder =
                    IntStream.range(0, count)
                            .mapToObj(place -> new Candidate(place, handicap).priority(priorities))
                            .toList();
            assertThat(inOrder).isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    @Test
    void the_first_in_the_file_begins_at_the_top() {
        assertThat(counts())
                .allMatch(count -> Priorities.of(count, Return.ALWAYS).priority(0) == 254);
    }

    @Test
    void a_pair_has_priorities_that_an_administrator_can_read() {
        Priorities pair = Priorities.of(2, Return.ALWAYS);

        assertThat(pair.priority(0)).isEqualTo(254);
        assertThat(pair.priority(1)).isEqualTo(244);
        assertThat(pair.leaving()).isEqualTo(-20);
        assertThat(pair.serversDown()).isEqualTo(-40);
    }

    /// Whoever has the VIP is the first of its band, and no band touches the next: in all
    /// combinations, also while some of the balancers go by the other rule already.
    @ParameterizedTest
    @MethodSource("countsOfTheFile")
    void where_the_vip_stays_its_holder_wins_and_a_better_balancer_all_the_same(int count) {
        Priorities stays = Priorities.of(count, Return.NEVER);
        Priorities returns = Priorities.of(count, Return.ALWAYS);
        for (Candidate holder : candidates(count)) {
            int own = holder.priority(stays) + stays.holds();
            assertThat(own).isBetween(1, 254);
            for (Candidate other : candidates(count)) {
                String as = "%s with the VIP against %s of %d".formatted(holder, other, count);
                if (holder.place() == other.place()) {
                    continue;
                }
                boolean isBetter = other.handicap().compareTo(holder.handicap()) < 0;
                assertThat(other.priority(stays) > own).as(as).isEqualTo(isBetter);
                if (other.handicap() != holder.handicap()) {
                    assertThat(other.priority(returns) > own).as(as).isEqualTo(isBetter);
                    assertThat(other.priority(stays) > holder.priority(returns))
                            .as(as)
                            .isEqualTo(isBetter);
                }
            }
        }
        assertThat(stays.leaving()).isEqualTo(returns.leaving());
        assertThat(stays.serversDown()).isEqualTo(returns.serversDown());
    }

    static IntStream countsOfTheFile() {
        return IntStream.rangeClosed(2, 16);
    }

    @Test
    void alone_there_is_nobody_to_return_from() {
        assertThat(Priorities.of(1, Return.NEVER)).isEqualTo(Priorities.of(1, Return.ALWAYS));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 43, Integer.MAX_VALUE})
    void more_balancers_than_fit_are_refused(int count) {
        assertThatThrownBy(() -> Priorities.of(count, Return.ALWAYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(count + " balancers; possible are 1 to 42");
    }

    /// Who serves more pools comes first, whatever else; then who does not leave; then the first of
    /// the file. Whom clients do not reach is worse than who serves nothing.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 31, 50, 100})
    void theBalancerThatServesMorePoolsWins(int pools) {
        for (int count : List.of(1, 2, 3, 16, 42)) {
            Priorities priorities = Priorities.of(count, pools, Return.ALWAYS);
            assertThat(priorities.pools()).isBetween(1, pools);
            List<Integer> order = new ArrayList<>();
            for (int listener = 0; listener <= 1; listener++) {
                for (int lost = listener; lost <= priorities.pools(); lost++) {
                    for (int leaving = 0; leaving <= 1; leaving++) {
                        for (int place = 0; place < count; place++) {
                            order.add(
                                    priorities.priority(place)
                                            + leaving * priorities.leaving()
                                            + lost * priorities.serversDown()
                                            + listener * priorities.listenerDown());
                        }
                    }
                }
            }
            assertThat(order).isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(order).doesNotHaveDuplicates().allMatch(one -> one >= 1 && one <= 254);
            assertThat(priorities.pools() * priorities.serversDown()).isGreaterThan(-253);
        }
    }

    /// Balancer.pm in the image has the same, and a test of its own for it.
    @Test
    void soManyPoolsCanBeToldFromOneAnother() {
        assertThat(IntStream.of(1, 2, 3, 16, 42).map(Priorities::mostPools))
                .containsExactly(31, 15, 10, 1, 1);
    }

    private static List<Candidate> candidates(int count) {
        return IntStream.range(0, count)
                .boxed()
                .flatMap(place ->
                        Stream.of(Handicap.values())
                                .map(handicap -> new Candidate(place, handicap)))
                .toList();
    }

    @Test
    void vipsOfABalancerBeginThereAndGoOnRoundTheOthers() {
        Priorities three = Priorities.of(3, Return.ALWAYS);
        assertThat(IntStream.range(0, 3).map(place -> three.priority(place, 1)))
                .containsExactly(234, 254, 244);
        assertThat(IntStream.range(0, 3).map(place -> three.priority(place, 0)))
                .containsExactly(254, 244, 234);
    }
}
