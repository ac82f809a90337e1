package dev.tandem.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Why the VIP moved, from what the inits log. That they do log it: `NodeFailureTest`.
class VipMoveTest {
    private static final Instant ZERO = Instant.parse("2026-11-29T14:00:00Z");

    private final List<Said> lines = new ArrayList<>();

    VipMoveTest() {
        said("haproxy-a", 0, "VRRP MASTER");
        said("haproxy-b", 100, "VRRP BACKUP");
    }

    private void said(String node, long millis, String text) {
        lines.add(new Said(node, ZERO.plusMillis(millis), "init: " + text));
    }

    private VipMove last() {
        Collections.shuffle(lines);
        return VipMove.in(lines).getLast();
    }

    @Test
    void theFirstHolderIsNobodysSuccessor() {
        assertThat(last().from()).isEmpty();
        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.START);
        assertThat(VipMove.in(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "haproxy ended at 2026-11-29T14:01:00.010Z: signal 9 | ENDED |"
                        + " HAProxy ended (signal 9)",
                "keepalived ended at 2026-11-29T14:01:00.010Z: exit 1 | ENDED |"
                        + " Keepalived ended (exit 1)",
                "haproxy_down=1 | HANGS | HAProxy did not answer",
                "keepalived hangs: it does nothing | HANGS | Keepalived hung (it does nothing)",
                "servers_unseen=1 | NO_SERVER | saw no web server",
                "clients do not reach http:80 here; haproxy-b works | LISTENER |"
                        + " clients did not reach http:80",
                "haproxy-b works, and does not reach https:443 here | LISTENER |"
                        + " its peer did not reach https:443",
                "duty: serve -> yield | ORDER | was told: yield",
                "running -> demoting | STOPPED | was told to stop",
                "no interface holds 192.168.0.151 any more | LAN | its LAN was gone",
                "VRRP FAULT | LAN | its LAN was down (VRRP FAULT)",
            })
    void whatItSaidFirstIsTheCause(String text, MoveCause.Kind kind, String words) {
        said("haproxy-a", 20_000, "haproxy_down=1");
        said("haproxy-a", 20_500, "haproxy_down=0");
        said("haproxy-a", 60_020, text);
        said("haproxy-a", 60_030, "listener_down=1");
        said("haproxy-b", 60_064, "VRRP MASTER");
        said("haproxy-a", 60_080, "VRRP BACKUP");

        VipMove move = last();

        assertThat(move.from()).contains("haproxy-a");
        assertThat(move.to()).isEqualTo("haproxy-b");
        assertThat(move.cause().kind()).isEqualTo(kind);
        assertThat(move.cause().words()).isEqualTo(words);
        assertThat(move.isReturn()).isFalse();
        long after = kind == MoveCause.Kind.ENDED ? 54 : 44;
        assertThat(move.after()).isEqualTo(Duration.ofMillis(after));
        assertThat(move.evidence()).extracting(Said::text).contains("init: " + text);
    }

    /// It was a backup when it began, which is not why the other one has the VIP.
    @Test
    void whoIsKilledSoonAfterItCameBackWasNotOutbid() {
        said("haproxy-b", 10_000, "VRRP MASTER");
        said("haproxy-a", 20_000, "keepalived started, process 21");
        said("haproxy-a", 20_010, "VRRP BACKUP");
        said("haproxy-a", 20_170, "VRRP MASTER");
        said("haproxy-b", 20_180, "VRRP BACKUP");
        said("haproxy-b", 21_700, "VRRP MASTER");

        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.SILENT);
        assertThat(last().isReturn()).isFalse();
    }

    /// It is logged when it is over, long after the VIP has moved.
    @Test
    void aStandstillBeganBeforeItWasLogged() {
        said("haproxy-b", 10_000, "VRRP MASTER");
        said("haproxy-a", 30_200, "this balancer did not run for 20.6 s");
        said("haproxy-a", 30_210, "VRRP BACKUP");

        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.STANDSTILL);
        assertThat(last().after()).isEqualTo(Duration.ofMillis(400));
    }

    /// What was over long before the move has not moved it.
    @ParameterizedTest
    @CsvSource({
        "8600, this balancer did not run for 1.2 s, connections are handed over",
        "8600, keepalived did not run for 0.3 s, connections are handed over",
        "100, haproxy_down=1, haproxy_down=0",
        "100, servers_down=1, servers_down=0",
        "100, duty: serve -> yield, duty: yield -> serve",
        "100, haproxy ended at 2026-11-29T14:00:00.100Z: signal 9, haproxy_down=0"
    })
    void whatWasOverIsNotTheCause(long at, String trouble, String next) {
        said("haproxy-a", at, trouble);
        said("haproxy-a", at + 100, next);
        said("haproxy-b", 10_000, "VRRP MASTER");

        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.SILENT);
    }

    /// A moment of being able again stops nobody who has begun to take over.
    @Test
    void whatWasOverJustBeforeTheMoveIsTheCause() {
        said("haproxy-a", 9000, "haproxy_down=1");
        said("haproxy-a", 9500, "haproxy_down=0");
        said("haproxy-b", 10_000, "VRRP MASTER");

        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.HANGS);
    }

    /// HAProxy was killed, and back before anybody took over; then it hung.
    @Test
    void whatHappenedAfterItWasBackIsTheCause() {
        said("haproxy-a", 8000, "haproxy ended at 2026-11-29T14:00:08Z: signal 9");
        said("haproxy-a", 8010, "haproxy_down=1");
        said("haproxy-a", 8300, "haproxy_down=0");
        said("haproxy-a", 9900, "haproxy_down=1");
        said("haproxy-b", 10_000, "VRRP MASTER");

        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.HANGS);
        assertThat(last().after()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aBalancerThatIsBackTakesTheVip() {
        said("haproxy-a", 5000, "haproxy ended at 2026-11-29T14:00:05Z: signal 9");
        said("haproxy-b", 5050, "VRRP MASTER");
        said("haproxy-a", 5300, "haproxy_down=0");
        said("haproxy-a", 5400, "VRRP MASTER");
        said("haproxy-b", 5401, "VRRP BACKUP");

        VipMove back = last();

        assertThat(back.cause().kind()).isEqualTo(MoveCause.Kind.RETURN);
        assertThat(back.cause().words()).isEqualTo("its HAProxy answers again");
        assertThat(back.isReturn()).isTrue();
        assertThat(VipMove.in(lines))
                .extracting(VipMove::to)
                .containsExactly("haproxy-a", "haproxy-b", "haproxy-a");
    }

    /// One that has just begun, and had not heard the holder yet.
    @Test
    void whoWasMasterForAMomentDidNotTakeTheVip() {
        said("haproxy-b", 3000, "VRRP MASTER");
        said("haproxy-b", 3600, "VRRP BACKUP");
        assertThat(VipMove.in(lines)).hasSize(1);

        said("haproxy-a", 20_000, "duty: serve -> yield");
        said("haproxy-b", 20_050, "VRRP MASTER");
        said("haproxy-a", 20_060, "VRRP BACKUP");
        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.ORDER);
        assertThat(last().from()).contains("haproxy-a");
    }

    /// A container that was paused is master again as if nothing had been.
    @Test
    void aShortPauseIsAMoveAllTheSame() {
        said("haproxy-b", 10_000, "VRRP MASTER");
        said("haproxy-b", 12_000, "VRRP BACKUP");
        said("haproxy-a", 12_010, "this balancer did not run for 2.4 s");

        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.STANDSTILL);
        assertThat(last().to()).isEqualTo("haproxy-b");
    }

    /// After a split brain, who was master all the time has the VIP, without a word.
    @Test
    void afterASplitBrainTheFirstOneHoldsItAgain() {
        said("haproxy-b", 10_000, "VRRP MASTER");
        said("haproxy-a", 12_000, "servers_unseen=0");
        said("haproxy-b", 70_000, "VRRP BACKUP");
        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.CUT);

        said("haproxy-a", 90_000, "haproxy_down=1");
        said("haproxy-b", 90_020, "VRRP MASTER");
        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.HANGS);
        assertThat(VipMove.in(lines)).hasSize(3);
    }

    @Test
    void advertsOfAHigherPriorityThatNothingExplainsAreNamed() {
        said("haproxy-b", 90_000, "VRRP MASTER");
        said("haproxy-a", 90_001, "VRRP BACKUP");

        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.OUTBID);
        assertThat(last().isReturn()).isFalse();
    }

    @Test
    void oneThatSaysNothingMoreEndedAndOneThatGoesOnWasNotHeard() {
        said("haproxy-a", 50_000, "connections are handed over");
        said("haproxy-b", 60_000, "VRRP MASTER");
        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.SILENT);
        assertThat(last().cause().line().node()).isEqualTo("haproxy-a");

        said("haproxy-a", 75_000, "clients may have 4000 connections, one address 2000 of them");
        assertThat(last().cause().kind())
                .as("it was started again")
                .isEqualTo(MoveCause.Kind.SILENT);

        lines.removeIf(line -> line.text().contains("may have"));
        said("haproxy-a", 62_000, "servers_unseen=0");
        assertThat(last().cause().kind()).isEqualTo(MoveCause.Kind.CUT);
    }

    @Test
    void aRequestIsFollowedThroughTheNodes() {
        String id = "drill-7";
        List<Said> said =
                List.of(
                        new Said(
                                "web-b",
                                ZERO.plusMillis(3),
                                "172.20.0.1 - [2026-11-29T14:00:00+00:00] \"GET / HTTP/1.1\" 200 5"
                                        + " \"-\" \"-\" http by 172.20.0.50 id=drill-7"),
                        new Said(
                                "haproxy-a",
                                ZERO.plusMillis(900),
                                "10.0.0.9:5001 [29/Nov/2026:14:00:00.000] http web/web-b"
                                        + " 0/0/1/-1/899 -1 0 - - SD-- 1/1/0/0/0 0/0 {drill-7}"
                                        + " \"GET / HTTP/1.1\""),
                        new Said("web-a", ZERO, "... by 172.20.0.50 id=drill-71"));

        Optional<RequestStory> story = RequestStory.of(id, said);

        assertThat(story.map(RequestStory::toString))
                .contains(
                        """
                        web-b answered it to 172.20.0.50.
                        haproxy-a gave it to web-b; the client got no answer: the web server refused or \
                        ended the connection while the answer was under way.\
                        """);
        assertThat(RequestStory.of("drill", said)).isEmpty();
        assertThat(RequestStory.end("----")).isEmpty();
        assertThat(RequestStory.end("sH--"))
                .isEqualTo(
                        "the web server was silent for too long (timing.server) before the headers"
                                + " of the answer");
    }
}
