package dev.tandem.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.drill.ground.Grounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The list of faults.
class FaultsTest {
    private static final Faults FAULTS = Faults.known();

    @Test
    void everyNameIsUniqueAndOneWordOnTheCommandLine() {
        assertThat(FAULTS.all()).extracting(Fault::name).doesNotHaveDuplicates();
        assertThat(FAULTS.all()).allMatch(fault -> fault.name().matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }

    @Test
    void everySummaryIsUniqueAndFitsOnALine() {
        assertThat(FAULTS.all()).extracting(Fault::summary).doesNotHaveDuplicates();
        assertThat(FAULTS.all())
                .allSatisfy(fault ->
                        assertThat(fault.summary()).hasSizeBetween(10, 75).matches("\\S.*\\S"));
    }

    @Test
    void everyFaultNamesWhatItWillBreakOnThisSite() {
        assertThat(FAULTS.all())
                .allSatisfy(
                        fault -> assertThat(fault.what(Grounds.customers())).contains("tandem-"));
    }

    @Test
    void everyFaultIsDescribedInTheDocuments() throws IOException {
        Path home = Path.of(System.getProperty("tandem.home", "."));
        String page = Files.readString(home.resolve("docs/drills/faults.md"));

        assertThat(FAULTS.all())
                .allSatisfy(fault ->
                        assertThat(page)
                                .contains("| `" + String.join("` `", fault.words()) + "` |"));
    }

    @ParameterizedTest
    @CsvSource({
        "web-kil,         web-kill",
        "webkill,         web-kill",
        "web_kill,        web-kill",
        "HAPROXY-HANG,    haproxy-hang",
        "keepalived-kil,  keepalived-kill",
        "packet-lost,     packet-loss",
        "packet-los=5%,   packet-loss=5%",
        "packet-loss=5,   packet-loss=5%",
        "packet-loss=0%,  packet-loss=5%",
        "packet-loss=05%, packet-loss=5%",
        "packet-loss=100%, packet-loss=5%",
        "packet-loss-100, packet-loss",
        "switch,          switchover",
        "starvation,      cpu-starvation",
        "balancer-cut-of, balancer-cut-off"
    })
    void anAlmostCorrectNameSuggestsTheRightOne(String wrong, String right) {
        assertThat(FAULTS.named(wrong)).isEmpty();
        assertThat(FAULTS.closest(wrong)).contains(right);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "rm -rf", "database-kill-all", "tandem"})
    void aNameThatIsNotCloseSuggestsNone(String wrong) {
        assertThat(FAULTS.closest(wrong)).isEmpty();
    }

    @Test
    void everyFaultIsFoundByItsName() {
        assertThat(FAULTS.all())
                .allSatisfy(fault -> assertThat(FAULTS.named(fault.name())).contains(fault));
    }

    /// The journal and the directory of a run keep only the name.
    @ParameterizedTest
    @CsvSource({
        "packet-loss=1%,  packet-loss-1,  1",
        "packet-loss=5%,  packet-loss-5,  5",
        "packet-loss=99%, packet-loss-99, 99"
    })
    void aPercentageOfPacketLossIsFoundAgainByItsName(String asked, String name, String percent) {
        Fault fault = FAULTS.named(asked).orElseThrow();

        assertThat(fault.name()).isEqualTo(name);
        assertThat(FAULTS.named(name)).contains(fault);
        assertThat(fault.summary()).contains(percent + " %");
        assertThat(fault.what(Grounds.customers()))
                .contains("drop " + percent + " % of the packets");
    }

    @Test
    void everySuggestedWordNamesAFault() {
        assertThat(FAULTS.all())
                .allSatisfy(fault ->
                        assertThat(fault.words())
                                .contains(fault.name())
                                .allSatisfy(word -> assertThat(FAULTS.named(word)).isPresent()));
    }
}
