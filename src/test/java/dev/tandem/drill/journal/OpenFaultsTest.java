package dev.tandem.drill.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.drill.fault.Faults;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Grounds;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journal of open faults.
class OpenFaultsTest {
    private static final Ground GROUND = Grounds.customers();

    @TempDir private Path root;

    private FileFault fault(String name) {
        return new FileFault(name, root.resolve("broken-" + name));
    }

    private Path directory() {
        return root.resolve("faults");
    }

    /// A journal as another call of Tandem opens it.
    private OpenFaults journal() {
        Faults faults = new Faults(List.of(fault("one"), fault("two")));
        return new OpenFaults(directory(), faults, Duration.ofMillis(300), Clock.systemUTC());
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("drill.lock"))
                    .sorted()
                    .toList();
        }
    }

    /// A fault left behind by a Tandem that has ended.
    private void leaveBehind(String name) {
        OpenFaults journal = journal();
        journal.open(fault(name), GROUND, Company.ALONE);
        fault(name).inject(GROUND);
        journal.abandoned(name);
    }

    @Test
    void anOpenFaultIsListedUntilItIsHealed() throws IOException {
        OpenFaults journal = journal();

        journal.open(fault("one"), GROUND, Company.ALONE);
        assertThat(files()).containsExactly("one.fault");
        assertThat(journal.underWay()).isTrue();

        journal.healed("one");
        assertThat(files()).isEmpty();
        assertThat(journal.underWay()).isFalse();
    }

    @Test
    void aSecondFaultIsRefusedUnlessTheDrillAllowsBoth() throws IOException {
        OpenFaults journal = journal();
        journal.open(fault("one"), GROUND, Company.ALONE);

        assertThatExceptionOfType(Stop.class)
                .isThrownBy(() -> journal.open(fault("two"), GROUND, Company.ALONE))
                .satisfies(stop -> {
                    assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
                    assertThat(stop).hasMessage("two is not injected");
                    assertThat(stop.seen()).contains("one is open");
                });
        journal.open(fault("two"), GROUND, Company.WITH_OTHERS);

        assertThat(files()).containsExactly("one.fault", "two.fault");
        journal.healed("one");
        journal.healed("two");
        assertThat(journal.underWay()).isFalse();
    }

    @Test
    void theSameFaultIsNeverOpenTwice() {
        OpenFaults journal = journal();
        journal.open(fault("one"), GROUND, Company.ALONE);

        assertThatExceptionOfType(Stop.class)
                .isThrownBy(() -> journal.open(fault("one"), GROUND, Company.WITH_OTHERS));
        journal.healed("one");
    }

    @Test
    void aFaultLeftBehindIsHealedByTheNextCall() throws IOException {
        leaveBehind("one");
        assertThat(fault("one").unhealed(GROUND)).isPresent();

        assertThat(journal().healAll(Grounds.NODES)).containsExactly("one");

        assertThat(fault("one").unhealed(GROUND)).isEmpty();
        assertThat(files()).isEmpty();
        assertThat(journal().healAll(Grounds.NODES)).isEmpty();
    }

    @Test
    void nothingIsInjectedWhileAFaultLeftBehindIsOpen() {
        leaveBehind("one");

        for (Company company : Company.values()) {
            assertThatExceptionOfType(Stop.class)
                    .isThrownBy(() -> journal().open(fault("two"), GROUND, company))
                    .satisfies(stop -> assertThat(stop.seen()).contains("one, opened by process"));
        }
    }

    @Test
    void theFaultOfARunningDrillIsNotHealedByAnotherCall() {
        OpenFaults drill = journal();
        drill.open(fault("one"), GROUND, Company.ALONE);
        fault("one").inject(GROUND);

        assertThat(journal().underWay()).isTrue();
        assertThatExceptionOfType(Stop.class)
                .isThrownBy(() -> journal().healAll(Grounds.NODES))
                .withMessage("another drill is under way");

        assertThat(fault("one").unhealed(GROUND)).isPresent();
        drill.healed("one");
    }

    @Test
    void aFileThatCannotBeReadIsReportedAndTheOthersAreHealed() throws IOException {
        leaveBehind("one");
        Files.writeString(directory().resolve("two.fault"), "fault two\nproc");

        assertThatExceptionOfType(Stop.class)
                .isThrownBy(() -> journal().healAll(Grounds.NODES))
                .satisfies(stop -> {
                    assertThat(stop.seen()).contains("two.fault: its end is missing");
                    assertThat(stop.state()).contains("healed: one");
                    assertThat(stop.next()).contains("two.fault");
                });

        assertThat(fault("one").unhealed(GROUND)).isEmpty();
        assertThat(files()).containsExactly("two.fault");
        assertThatExceptionOfType(Stop.class)
                .isThrownBy(() -> journal().open(fault("one"), GROUND, Company.WITH_OTHERS))
                .withMessage("the journal of open faults cannot be read");
    }

    @Test
    void anUnknownFaultIsReported() throws IOException {
        leaveBehind("one");
        Path file = directory().resolve("one.fault");
        Files.writeString(file, Files.readString(file).replace("fault one", "fault later"));

        assertThat(journal().entries(Grounds.NODES))
                .containsExactly(
                        new OpenFaults.Entry.Garbled(file, "there is no fault called later"));
    }

    @Test
    void anUnfinishedFileMeansThatNothingWasInjected() throws IOException {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve(".one.fault.new"), "fault o");

        assertThat(journal().entries(Grounds.NODES)).isEmpty();
        journal().open(fault("one"), GROUND, Company.ALONE);
        assertThat(files()).containsExactly("one.fault");
    }

    @Test
    void aJournalThatCannotBeWrittenStopsBeforeAnythingIsBroken() throws IOException {
        Files.writeString(directory(), "a file is in its place");

        assertThatExceptionOfType(Stop.class)
                .isThrownBy(() -> journal().open(fault("one"), GROUND, Company.ALONE))
                .satisfies(stop -> assertThat(stop.state()).isEqualTo("nothing was broken"));
    }

    @Test
    void whenNothingWasEverBrokenThereIsNothingToHeal() {
        assertThat(journal().healAll(Grounds.NODES)).isEmpty();
        assertThat(journal().underWay()).isFalse();
        assertThat(Files.exists(directory())).isFalse();
    }
}
