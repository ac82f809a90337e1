package dev.tandem.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whether clients stayed with their web server, as the records of a drill show it.
class SessionsTest {
    private static final long MS = 1_000_000;

    /// Requests of number 1 and 9 are of one client; those of number 2 of another one.
    private static final int CLIENT = 1;

    private static final int AGAIN = 9;
    private static final int OTHER = 2;

    private final List<RequestRecord> records = new ArrayList<>();

    private void answer(RequestClass kind, int number, long ms, String server, Outcome outcome) {
        long at = ms * MS;
        records.add(
                new RequestRecord(
                        kind,
                        "switchover-1-" + number,
                        at,
                        at,
                        at,
                        at,
                        at + 5 * MS,
                        outcome,
                        200,
                        4,
                        server,
                        "haproxy-a"));
    }

    private void sticky(int number, long ms, String server) {
        answer(RequestClass.STICKY, number, ms, server, Outcome.OK);
    }

    private void others(long ms, String server) {
        answer(RequestClass.NEW_HTTP, 3, ms, server, Outcome.OK);
    }

    private Sessions sessions() {
        return Sessions.of(records).orElseThrow();
    }

    @Test
    void whoIsServedByAnotherOneThatAnswersBeforeAndAfterHasMoved() {
        sticky(CLIENT, 1000, "web-a");
        others(1400, "web-a");
        sticky(AGAIN, 1500, "web-b");
        others(1600, "web-a");
        assertThat(sessions().moved())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.request().id()).isEqualTo("switchover-1-9");
                    assertThat(one.from()).isEqualTo("web-a");
                });
        assertThat(sessions().clients()).isEqualTo(1);
        assertThat(sessions().answers()).isEqualTo(2);
    }

    @Test
    void whoLeavesOneThatAnswersNoMoreHasNot() {
        sticky(CLIENT, 1000, "web-a");
        others(1400, "web-a");
        sticky(AGAIN, 1500, "web-b");
        answer(RequestClass.NEW_HTTP, 3, 1600, "web-a", Outcome.HTTP_ERROR);
        others(9000, "web-a"); // it came back
        assertThat(sessions().moved()).isEmpty();
    }

    /// Others come to it for a moment longer than those who show its cookie.
    @Test
    void whoLeavesOneThatIsBeingDrainedHasNot() {
        sticky(CLIENT, 1000, "web-a");
        others(1400, "web-a");
        sticky(AGAIN, 1500, "web-b");
        others(1501, "web-a");
        sticky(OTHER, 1300, "web-a");
        sticky(OTHER + 8, 1800, "web-b");
        others(1900, "web-a"); // it is ready again
        assertThat(sessions().moved()).isEmpty();
    }

    @Test
    void whoStaysWithTheNewOneHasMovedOnce() {
        for (long ms = 0; ms < 4000; ms += 100) {
            others(ms, "web-a");
        }
        sticky(CLIENT, 1000, "web-a");
        sticky(AGAIN, 1500, "web-b");
        sticky(CLIENT + 16, 2000, "web-b");
        assertThat(sessions().moved()).hasSize(1);
    }

    /// Nobody was held to anything when it asked.
    @Test
    void whoAskedBeforeItHadAnAnswerHasNot() {
        others(990, "web-a");
        sticky(CLIENT, 1000, "web-a");
        sticky(AGAIN, 1002, "web-b");
        others(1010, "web-a");
        assertThat(sessions().moved()).isEmpty();
    }

    @Test
    void clientsAreHeldApartAndWhereNothingIsStickyThereAreNone() {
        others(900, "web-a");
        assertThat(Sessions.of(records)).isEmpty();
        sticky(CLIENT, 1000, "web-a");
        sticky(OTHER, 1100, "web-b");
        others(1200, "web-a");
        assertThat(sessions().moved()).isEmpty();
        assertThat(sessions().clients()).isEqualTo(2);
    }
}
