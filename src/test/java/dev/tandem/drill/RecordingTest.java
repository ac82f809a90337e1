package dev.tandem.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.drill.judge.Verdict;
import dev.tandem.drill.predict.Estimate;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.evidence.Place;
import dev.tandem.evidence.Scene;
import dev.tandem.evidence.Scene.Moment;
import dev.tandem.evidence.Witness;
import dev.tandem.model.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fault's directory, read and judged again from its files alone.
class RecordingTest {
    private static final long MS = RecordedRun.MS;
    private static final String HEAD =
            """
            # tandem load history, version 1
            # tag t
            # zero 2026-11-22T12:00:00Z
            # plan by hand
            # class\tid\tplanned\tsent\tconnected\tfirst byte\tdone\toutcome\tstatus\tbytes\tserver\tbalancer
            """;
    private static final Scene SCENE =
            new Scene(
                            "192.168.0.150",
                            Instant.parse("2026-11-22T12:00:00Z"),
                            List.of(
                                    node(Witness.Role.BALANCER, "haproxy-a", "02:42:ac:14:00:32"),
                                    node(Witness.Role.BALANCER, "haproxy-b", "02:42:ac:14:00:3c"),
                                    new Witness(
                                            Witness.Role.SERVER,
                                            "web-a",
                                            "tandem-web-a",
                                            List.of(),
                                            List.of())),
                            new TreeMap<>())
                    .with(Moment.INJECTING, 300 * MS)
                    .with(Moment.NORMAL, 600 * MS)
                    .with(Moment.ENDED, 1_000 * MS);
    private static final Account ACCOUNT =
            new Account(
                    "balancer-kill",
                    2,
                    SCENE,
                    Prediction.moves(
                            "balancer-kill",
                            new Estimate.Within(Duration.ofMillis(305), "3 × 0.1 s = 0.305 s"),
                            new Estimate.Unknown("no formula  holds")),
                    Map.of());

    @TempDir Path directory;

    @Test
    void an_account_is_the_same_after_writing_and_reading() {
        Account account = ACCOUNT.without(Map.of("web-a", "no such\ncontainer"));

        Account again = Account.parse(account.text());

        assertThat(again.scene()).isEqualTo(SCENE);
        assertThat(again.fault()).isEqualTo("balancer-kill");
        assertThat(again.round()).isEqualTo(2);
        assertThat(again.unread()).isEqualTo(Map.of("web-a", "no such container"));
        assertThat(again.prediction().answered()).isEqualTo(ACCOUNT.prediction().answered());
        assertThat(again.prediction().moved())
                .isEqualTo(Optional.of(new Estimate.Unknown("no formula holds")));
        assertThat(again.text()).isEqualTo(account.text());
    }

    @Test
    void every_kind_of_prediction_is_kept() {
        for (Estimate estimate :
                List.of(
                        new Estimate.Unbroken("the checks pass"),
                        new Estimate.UntilHealed("nobody is left"),
                        new Estimate.Unknown("why"))) {
            Prediction prediction = Prediction.stays("f", estimate);
            Account account = new Account("f", 1, SCENE, prediction, Map.of());
            assertThat(Account.parse(account.text())).isEqualTo(account);
        }
    }

    @Test
    void an_invalid_line_is_named() {
        assertThatThrownBy(() -> Account.parse(ACCOUNT.text() + "moment NEVER 1\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be read: moment NEVER 1");
        assertThatThrownBy(() -> Account.parse("something else"))
                .hasMessageContaining("does not begin with: # tandem drill, version 1");
        assertThatThrownBy(() -> Account.parse("# tandem drill, version 1\n"))
                .hasMessageContaining("it has no line: ");
    }

    @Test
    void a_complete_recording_is_judged_from_its_files_alone() throws IOException {
        record(ACCOUNT, requests() + end());

        FaultResult result = Recording.read(directory).judged(Budget.NONE);

        assertThat(Recording.isOne(directory)).isTrue();
        assertThat(result.title()).isEqualTo("balancer-kill (2)");
        assertThat(result.judgement().reasons()).isEmpty();
        assertThat(result.judgement().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.judgement().measured().takeover()).contains(Duration.ofMillis(50));
        assertThat(result.evidence().owners().spans()).hasSize(1);
        assertThat(result.evidence().ledger().losses())
                .singleElement()
                .satisfies(loss -> assertThat(loss.place()).isEqualTo(new Place.NeverReached()));
    }

    /// The engine noted the kill 50 ms after the peer had become master.
    @Test
    void a_trace_that_is_later_than_the_move_does_not_hide_the_move() throws IOException {
        Scene injected = SCENE.with(Moment.INJECTED, 500 * MS);
        Account account = new Account("balancer-kill", 2, injected, ACCOUNT.prediction(), Map.of());
        record(account, requests() + end());
        String container = SCENE.nodes().getFirst().container();
        Files.writeString(
                directory.resolve("engine.log"), "1795348800400000000 kill " + container + "\n");

        FaultResult result = Recording.read(directory).judged(Budget.NONE);

        assertThat(result.judgement().measured().takeover()).contains(Duration.ofMillis(50));
    }

    @Test
    void a_truncated_history_is_inconclusive() throws IOException {
        record(ACCOUNT, requests() + "NEW_HTTP\tt-10");

        assertThat(Recording.read(directory).judged(Budget.NONE).judgement().verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_log_that_could_not_be_read_then_is_not_expected_now() throws IOException {
        record(ACCOUNT.without(Map.of("haproxy-a", "it was gone")), requests() + end());
        Files.delete(directory.resolve("haproxy-a.log"));

        assertThat(Recording.read(directory).judged(Budget.NONE).evidence().ledger().losses())
                .singleElement()
                .satisfies(loss -> assertThat(loss.place()).isEqualTo(new Place.Unknown()));
    }

    @Test
    void an_invalid_account_is_named() throws IOException {
        record(ACCOUNT, requests() + end());
        Files.writeString(directory.resolve("drill"), "rubbish");

        assertThatThrownBy(() -> Recording.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.resolve("drill").toString());
    }

    private void record(Account account, String requests) throws IOException {
        Files.writeString(directory.resolve("drill"), account.text());
        Files.writeString(directory.resolve("requests.history"), HEAD + requests);
        Files.writeString(directory.resolve("haproxy-a.log"), "");
        Files.writeString(
                directory.resolve("haproxy-b.log"),
                "2026-11-22T12:00:00.350000000Z init: VRRP MASTER\n");
        Files.writeString(directory.resolve("web-a.log"), "");
        Files.writeString(
                directory.resolve("vip.log"), "1795348800.351000 owner 02:42:ac:14:00:3c\n");
    }

    /// One every 100 ms; the fourth is refused.
    private static String requests() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            long at = i * (100 * MS);
            text.append("NEW_HTTP\tt-").append(i).append('\t').append(at).append('\t').append(at);
            text.append(
                    i == 3
                            ? "\t-1\t-1\t%d\tREFUSED\t0\t0\t\t\n".formatted(at + MS)
                            : "\t%d\t%d\t%d\tOK\t200\t5\tweb-a\thaproxy-a\n"
                                    .formatted(at, at + MS, at + 2 * MS));
        }
        return text.toString();
    }

    private static String end() {
        return "# end length=PT1S requests=10 connections=9 lost-in-silence=0 own-faults=0"
                + " stall=PT0.001S collecting=PT0S lags=100000,128:10 notices=100000,128:10\n";
    }

    private static Witness node(Witness.Role role, String name, String mac) {
        return new Witness(role, name, "tandem-" + name, List.of("172.20.0.50"), List.of(mac));
    }
}
