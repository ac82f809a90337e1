package dev.tandem.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Container;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.BalancerSeen.Silent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who holds the VIP, from what the balancers report about themselves and about the LAN.
class SnapshotTest {
    private static final String MAC_A = "02:42:c0:a8:00:97";
    private static final String MAC_B = "02:42:c0:a8:00:98";
    private static final String FOREIGN = "52:54:00:12:34:56";

    private static Answered holding(String mac, String... arp) {
        return answered(true, mac, arp);
    }

    private static Answered waiting(String mac, String... arp) {
        return answered(false, mac, arp);
    }

    private static Answered answered(boolean holds, String mac, String... arp) {
        Vrrp vrrp = holds ? Vrrp.MASTER : Vrrp.BACKUP;
        List<String> answers = List.of(arp);
        return new Answered(
                vrrp, "", true, holds, mac, answers, Loaded.UNKNOWN, Standing.UNKNOWN, List.of());
    }

    private static Snapshot seen(BalancerSeen a, BalancerSeen b) {
        return new Snapshot(Map.of(), Map.of("haproxy-a", a, "haproxy-b", b));
    }

    @Test
    void itHasOneHolderWhenOneHoldsItAndTheOtherHearsIt() {
        assertThat(seen(holding(MAC_A), waiting(MAC_B, MAC_A)).vipHolders())
                .containsExactly("haproxy-a");
    }

    @Test
    void itHasNoHolderWhenNoBalancerHasItAndNoneAnswers() {
        assertThat(seen(waiting(MAC_A), waiting(MAC_B)).vipHolders()).isEmpty();
    }

    @Test
    void bothHoldItInASplitBrain() {
        assertThat(seen(holding(MAC_A), holding(MAC_B)).vipHolders())
                .containsExactly("haproxy-a", "haproxy-b");
        assertThat(seen(holding(MAC_A, MAC_B), holding(MAC_B, MAC_A)).vipHolders())
                .containsExactly("haproxy-a", "haproxy-b");
    }

    @Test
    void aMachineThatIsNotABalancerIsListedByItsMac() {
        assertThat(seen(holding(MAC_A, FOREIGN), waiting(MAC_B, MAC_A, FOREIGN)).vipHolders())
                .containsExactly(FOREIGN, "haproxy-a");
    }

    @Test
    void aSilentHolderIsKnownOnlyByItsMacOnTheLan() {
        assertThat(seen(new Silent("not running"), waiting(MAC_B, MAC_A)).vipHolders())
                .containsExactly(MAC_A);
    }

    @Test
    void aHolderThatDoesNotReportItIsNamedWhenTheOtherHearsIt() {
        assertThat(seen(waiting(MAC_A), waiting(MAC_B, MAC_A)).vipHolders())
                .containsExactly("haproxy-a");
    }

    @Test
    void onlyBalancersThatAnsweredHaveAnAnswer() {
        Answered b = waiting(MAC_B);
        assertThat(seen(new Silent("not running"), b).answers()).containsExactly(b);
    }

    @Test
    void aBalancerThatIsSilentOrWasNotAskedHasNoAnswer() {
        Answered b = waiting(MAC_B);
        Snapshot snapshot = seen(new Silent("not running"), b);
        assertThat(snapshot.answer("haproxy-a")).isEmpty();
        assertThat(snapshot.answer("haproxy-b")).hasValue(b);
        assertThat(snapshot.answer("haproxy-c")).isEmpty();
    }

    @Test
    void aServiceWithoutAContainerIsAbsent() {
        Container web =
                new Container(
                        "tandem-web-a",
                        "web-a",
                        "paused",
                        "Up 5 seconds (Paused)",
                        "tandem/web:1",
                        "tandem",
                        "/srv/.tandem/tandem",
                        "web",
                        "0123456789ab");
        Snapshot snapshot = new Snapshot(Map.of("web-a", web), Map.of());
        assertThat(snapshot.state("web-a")).isEqualTo("paused");
        assertThat(snapshot.container("web-a")).contains(web);
        assertThat(web.running()).isFalse();
        assertThat(snapshot.state("web-b")).isEqualTo("absent");
        assertThat(snapshot.container("web-b")).isEmpty();
    }
}
