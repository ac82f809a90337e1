package dev.tandem.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.evidence.Event.Kind;
import dev.tandem.evidence.Scene.Moment;
import dev.tandem.load.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What happened, in order, from the records of the nodes and of the watch on the VIP.
class TimelineTest {
    private static final EngineLog NO_ENGINE = new EngineLog(List.of());

    private static final long MS = Scenes.MS;
    private static final Scene SCENE =
            Scenes.pair().with(Moment.INJECTING, 100 * MS).with(Moment.HEALING, 900 * MS);

    @Test
    void a_nodes_log_is_read_on_the_clock_of_the_requests() {
        NodeLog log =
                log(
                        1,
                        """
                        2026-11-22T11:59:59.500000000Z before
                        a line of its own
                        2026-11-22T12:00:00.250000001Z init: VRRP MASTER

                        2026-11-22T12:00:01Z
                        """);

        assertThat(log.lines())
                .containsExactly(
                        new NodeLog.Line(-500 * MS, "before"),
                        new NodeLog.Line(250 * MS + 1, "init: VRRP MASTER"));
    }

    @Test
    void the_events_of_all_nodes_are_in_one_order() {
        NodeLog log =
                log(
                        1,
                        """
                        2026-11-22T12:00:00.300Z init: VRRP MASTER
                        2026-11-22T12:00:00.200Z Server web/web-a is DOWN, reason: Layer4 timeout, x
                        2026-11-22T12:00:00.985Z init: haproxy ended at 2026-11-22T12:00:00.950Z: signal 9
                        2026-11-22T12:00:00.960Z (VI_1) Entering MASTER STATE
                        2026-11-22T12:00:00.970Z nothing in particular
                        2026-11-22T12:00:00.980Z init: keepalived did not run for 0.4 s
                        2026-11-22T12:00:00.990Z init: keepalived ended: exit 1
                        """);
        Owners owners = new Owners(List.of(new Owners.Span(310 * MS, List.of("haproxy-b"))));

        assertThat(Timeline.of(SCENE, List.of(), List.of(log), NO_ENGINE, owners).events())
                .containsExactly(
                        new Event(100 * MS, Kind.DRILL, "", "the fault is being injected"),
                        new Event(
                                200 * MS,
                                Kind.CHECK,
                                "haproxy-b",
                                "sees web/web-a DOWN (Layer4 timeout)"),
                        new Event(300 * MS, Kind.VRRP, "haproxy-b", "MASTER"),
                        new Event(310 * MS, Kind.OWNER, "", "haproxy-b"),
                        new Event(900 * MS, Kind.DRILL, "", "it is being healed"),
                        new Event(950 * MS, Kind.PROGRAM, "haproxy-b", "haproxy ended: signal 9"),
                        new Event(
                                980 * MS,
                                Kind.PROGRAM,
                                "haproxy-b",
                                "keepalived did not run for 0.4 s"),
                        new Event(990 * MS, Kind.PROGRAM, "haproxy-b", "keepalived ended: exit 1"));
    }

    @Test
    void without_tandems_init_keepaliveds_own_words_count() {
        NodeLog log = log(1, "2026-11-22T12:00:00.3Z Sun Nov 22: (VI_1) Entering MASTER STATE");
        Timeline timeline =
                Timeline.of(SCENE, List.of(), List.of(log), NO_ENGINE, new Owners(List.of()));
        List<Witness> peers = SCENE.balancers().subList(1, 2);

        assertThat(timeline.mastered(peers, 0)).contains(300 * MS);
        assertThat(timeline.mastered(peers, 301 * MS)).isEmpty();
        assertThat(timeline.mastered(SCENE.balancers().subList(0, 1), 0)).isEmpty();
    }

    @Test
    void the_owners_of_the_vip_are_named_and_unknown_ones_are_not_hidden() {
        Owners owners =
                Owners.parse(
                        """
                        1795348799.500000 owner 02:42:ac:14:00:32
                        # a remark
                        1795348800.310000 owner none
                        1795348800.400000 owner 02:42:ac:14:00:3c,02:42:ac:14:00:32
                        1795348800.500000 owner 0a:00:27:00:00:01
                        """,
                        SCENE);

        assertThat(owners.spans())
                .containsExactly(
                        new Owners.Span(-500 * MS, List.of("haproxy-a")),
                        new Owners.Span(310 * MS, List.of()),
                        new Owners.Span(400 * MS, List.of("haproxy-a", "haproxy-b")),
                        new Owners.Span(500 * MS, List.of("0a:00:27:00:00:01")));
        Timeline timeline = Timeline.of(SCENE, List.of(), List.of(), NO_ENGINE, owners);
        assertThat(timeline.owned(SCENE.balancers().subList(1, 2), 0)).contains(400 * MS);
        assertThat(timeline.events())
                .filteredOn(event -> event.kind() == Kind.OWNER)
                .extracting(Event::text)
                .containsExactly(
                        "haproxy-a", "nobody", "haproxy-a and haproxy-b", "0a:00:27:00:00:01");
    }

    @Test
    void clients_saw_a_last_good_answer_before_and_a_first_one_after() {
        Timeline timeline =
                Timeline.of(
                        SCENE,
                        List.of(
                                Scenes.request("a", 90, Outcome.OK),
                                Scenes.request("b", 110, Outcome.RESET),
                                Scenes.request("c", 120, Outcome.OK),
                                Scenes.request("d", 130, Outcome.TIMED_OUT),
                                Scenes.request("e", 140, Outcome.OK)),
                        List.of(),
                        NO_ENGINE,
                        new Owners(List.of()));

        assertThat(timeline.events())
                .filteredOn(event -> event.kind() == Kind.CLIENT)
                .containsExactly(
                        new Event(
                                92 * MS, Kind.CLIENT, "", "last good answer before the first loss"),
                        new Event(
                                142 * MS,
                                Kind.CLIENT,
                                "",
                                "first good answer after the last loss"));
    }

    private static NodeLog log(int node, String text) {
        return NodeLog.parse(SCENE.nodes().get(node), text, Scenes.ZERO);
    }

    @Test
    void a_fault_struck_when_the_engine_or_the_init_first_noted_it() {
        EngineLog engine =
                EngineLog.parse(
                        """
                        1795348800150000000 kill tandem-haproxy-a
                        1795348800170000000 die tandem-haproxy-a
                        1795348800160000000 kill somebody-elses
                        1795348800180000000 start tandem-fault-packet-loss-haproxy-a
                        nothing in particular
                        """,
                        SCENE);
        Timeline timeline = Timeline.of(SCENE, List.of(), List.of(), engine, new Owners(List.of()));

        assertThat(engine.events())
                .extracting(Event::text)
                .containsExactly("docker: kill", "docker: die", "docker: start");
        assertThat(timeline.struck(injected(100, 200))).contains(150 * MS);
        assertThat(timeline.struck(injected(100, 120))).as("no trace").contains(100 * MS);
        assertThat(timeline.struck(Scenes.pair())).as("nothing was done").isEmpty();
    }

    private static Scene injected(long from, long to) {
        return SCENE.with(Moment.INJECTING, from * MS).with(Moment.INJECTED, to * MS);
    }

    /// On a busy machine Docker writes its events down late.
    @Test
    void a_trace_that_is_younger_than_what_followed_from_it_is_none() {
        Event trace = new Event(150 * MS, Event.Kind.ENGINE, "haproxy-a", "docker: kill");
        Event noted = new Event(140 * MS, Event.Kind.VRRP, "haproxy-a", "FAULT");
        Event moved = new Event(160 * MS, Event.Kind.VRRP, "haproxy-b", "MASTER");
        Timeline timeline = new Timeline(List.of(noted, trace, moved));

        assertThat(timeline.moved(injected(100, 200))).contains(160 * MS);
        assertThat(timeline.struck(injected(100, 200))).contains(100 * MS);
    }

    @Test
    void a_change_strikes_with_its_first_command() {
        Event trace = new Event(150 * MS, Event.Kind.ENGINE, "haproxy-a", "docker: restart");
        Scene changed = SCENE.with(Moment.CHANGING, 100 * MS).with(Moment.CHANGED, 200 * MS);

        assertThat(new Timeline(List.of(trace)).struck(changed)).contains(100 * MS);
    }

    @Test
    void a_move_is_not_a_split_brain_but_a_longer_overlap_is() {
        String a = "02:42:ac:14:00:32";
        String b = "02:42:ac:14:00:3c";
        Owners owners =
                Owners.parse(
                        """
                        1795348799.500000 owner %1$s
                        1795348800.100000 owner %1$s,%2$s
                        1795348800.200000 owner %2$s
                        1795348801.000000 owner %1$s,%2$s
                        1795348801.900000 owner none
                        # a remark
                        """
                                .formatted(a, b),
                        SCENE);

        assertThat(owners.spans())
                .containsExactly(
                        new Owners.Span(-500 * MS, List.of("haproxy-a")),
                        new Owners.Span(100 * MS, List.of("haproxy-b")),
                        new Owners.Span(1000 * MS, List.of("haproxy-a", "haproxy-b")),
                        new Owners.Span(1900 * MS, List.of()));
    }
}
