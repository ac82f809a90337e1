package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who is dealt to which machine: examples, and what holds whatever a file says.
class MachinePlacesTest {
    private static final Map<String, String> NOTHING = Map.of();

    /// What a file says of machines, and where its nodes were before.
    private record Asked(
            List<String> machines,
            SequencedMap<String, Optional<String>> balancers,
            SequencedMap<String, Optional<String>> servers,
            Map<String, String> kept) {
        static Asked of(long seed) {
            Random random = new Random(seed);
            List<String> machines = numbered("m", 1 + random.nextInt(5));
            SequencedMap<String, Optional<String>> balancers =
                    named(numbered("b", 1 + random.nextInt(6)), machines, random);
            SequencedMap<String, Optional<String>> servers =
                    named(numbered("w", random.nextInt(12)), machines, random);
            Map<String, String> kept = new HashMap<>();
            List<String> before = numbered("m", 6);
            for (String node : numbered(random.nextBoolean() ? "w" : "b", random.nextInt(9))) {
                kept.put(node, before.get(random.nextInt(before.size())));
            }
            return new Asked(machines, balancers, servers, kept);
        }

        private static List<String> numbered(String letter, int count) {
            return IntStream.rangeClosed(1, count).mapToObj(n -> letter + n).toList();
        }

        private static SequencedMap<String, Optional<String>> named(
                List<String> nodes, List<String> machines, Random random) {
            SequencedMap<String, Optional<String>> named = new LinkedHashMap<>();
            for (String node : nodes) {
                named.put(
                        node,
                        Optional.of(machines.get(random.nextInt(machines.size())))
                                .filter(_ -> random.nextInt(3) == 0));
            }
            return named;
        }

        SequencedMap<String, String> dealt() {
            return MachinePlaces.of(machines, balancers, servers, kept);
        }

        SequencedMap<String, String> dealtAfter(Map<String, String> before) {
            return MachinePlaces.of(machines, balancers, servers, before);
        }

        Asked withMachines(List<String> other) {
            return new Asked(other, balancers, servers, kept);
        }

        Asked withServer(String name, Optional<String> machine) {
            SequencedMap<String, Optional<String>> more = new LinkedHashMap<>(servers);
            more.put(name, machine);
            return new Asked(machines, balancers, more, kept);
        }
    }

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    private static SequencedMap<String, Optional<String>> unnamed(String... nodes) {
        SequencedMap<String, Optional<String>> named = new LinkedHashMap<>();
        for (String node : nodes) {
            named.put(node, Optional.empty());
        }
        return named;
    }

    private static SequencedMap<String, String> dealt(String... machines) {
        return MachinePlaces.of(
                List.of(machines), unnamed("b1", "b2"), unnamed("w1", "w2", "w3", "w4"), NOTHING);
    }

    @Test
    void balancersGetOneMachineEachAndServersFollowInTurn() {
        assertThat(dealt("m1", "m2"))
                .containsExactly(
                        Map.entry("b1", "m1"),
                        Map.entry("b2", "m2"),
                        Map.entry("w1", "m1"),
                        Map.entry("w2", "m2"),
                        Map.entry("w3", "m1"),
                        Map.entry("w4", "m2"));
    }

    @Test
    void aBalancerIsDealtAwayFromOneThatTheFileNamesLater() {
        SequencedMap<String, Optional<String>> balancers = unnamed("b1", "b2");
        balancers.put("b2", Optional.of("m1"));
        assertThat(MachinePlaces.of(List.of("m1", "m2"), balancers, unnamed("w1"), NOTHING))
                .containsEntry("b1", "m2")
                .containsEntry("b2", "m1");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyNodeHasOneOfTheMachinesAndTheOneThatIsNamed(long seed) {
        Asked asked = Asked.of(seed);
        List<String> nodes = new ArrayList<>(asked.balancers().sequencedKeySet());
        nodes.addAll(asked.servers().keySet());

        SequencedMap<String, String> dealt = asked.dealt();

        assertThat(dealt.sequencedKeySet()).containsExactlyElementsOf(nodes);
        assertThat(dealt.values()).isSubsetOf(asked.machines());
        asked.balancers().forEach((name, at) -> named(dealt, name, at));
        asked.servers().forEach((name, at) -> named(dealt, name, at));
        assertThat(asked.dealt()).isEqualTo(dealt);
    }

    private static void named(Map<String, String> dealt, String node, Optional<String> machine) {
        machine.ifPresent(at -> assertThat(dealt).containsEntry(node, at));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aServerThatIsAppendedMovesNobodyAlsoWhereNothingWasApplied(long seed) {
        Asked asked = Asked.of(seed);
        for (Map<String, String> before : List.of(NOTHING, asked.kept())) {
            SequencedMap<String, String> dealt = asked.dealtAfter(before);
            for (Optional<String> machine :
                    List.of(Optional.<String>empty(), Optional.of(asked.machines().getLast()))) {
                assertThat(asked.withServer("last", machine).dealtAfter(before))
                        .containsAllEntriesOf(dealt);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aBalancerThatComesMovesNoServer(long seed) {
        Asked asked = Asked.of(seed);
        SequencedMap<String, Optional<String>> more = new LinkedHashMap<>(asked.balancers());
        more.putFirst("first", Optional.empty());
        Asked after = new Asked(asked.machines(), more, asked.servers(), NOTHING);
        SequencedMap<String, String> before = asked.dealtAfter(NOTHING);
        before.keySet().removeAll(more.keySet());

        assertThat(after.dealtAfter(NOTHING)).containsAllEntriesOf(before);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasAppliedStaysWhenMachinesComeAndOrGoElsewhere(long seed) {
        Asked asked = Asked.of(seed);
        SequencedMap<String, String> applied = asked.dealt();
        List<String> more = new ArrayList<>(asked.machines());
        more.addFirst("m0");
        more.add("m9");

        assertThat(asked.withMachines(more).dealtAfter(applied)).isEqualTo(applied);
        assertThat(asked.withMachines(more.reversed()).dealtAfter(applied)).isEqualTo(applied);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onlyThoseMoveWhoseMachineIsGone(long seed) {
        Asked asked = Asked.of(seed);
        SequencedMap<String, String> applied = asked.dealt();
        List<String> fewer = new ArrayList<>(asked.machines());
        fewer.add("m9");
        String gone = fewer.removeFirst();
        Asked after =
                new Asked(
                        fewer,
                        without(asked.balancers(), gone),
                        without(asked.servers(), gone),
                        applied);

        after.dealtAfter(applied)
                .forEach((node, machine) ->
                        assertThat(machine)
                                .satisfies(at ->
                                        assertThat(at.equals(applied.get(node)))
                                                .isEqualTo(!gone.equals(applied.get(node)))));
    }

    private static SequencedMap<String, Optional<String>> without(
            SequencedMap<String, Optional<String>> nodes, String machine) {
        SequencedMap<String, Optional<String>> rest = new LinkedHashMap<>(nodes);
        rest.replaceAll((_, at) -> at.filter(name -> !name.equals(machine)));
        return rest;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noMachineHasTwoBalancersThatWereDealtWhileAnotherHasNone(long seed) {
        Asked asked = Asked.of(seed);
        SequencedMap<String, Optional<String>> free =
                unnamed(asked.balancers().keySet().toArray(String[]::new));
        List<String> held =
                List.copyOf(MachinePlaces.of(asked.machines(), free, unnamed(), NOTHING).values());
        if (held.size() > held.stream().distinct().count()) {
            assertThat(held).containsAll(asked.machines());
        }
    }
}
