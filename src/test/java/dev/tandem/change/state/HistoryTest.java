package dev.tandem.change.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.prepare.SiteDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The changes that were, on a real disk.
class HistoryTest {
    @TempDir private Path root;

    private SiteDirectory directory() {
        return new SiteDirectory(root);
    }

    private History history() {
        return new History(directory());
    }

    private static String journal(int number, String outcome) {
        return """
        change %d apply
        by root@bl1, process 1
        begun 2026-11-22T17:00:01Z
        ended 2026-11-22T17:00:09Z %s
        """
                .formatted(number, outcome);
    }

    private void keep(int number, String outcome) {
        history().keep(number, journal(number, outcome));
    }

    private void hasStateBefore(int number) {
        history().before(number).note(".services", "web-a 1\n");
    }

    @Test
    void theFirstChangeIsNumberOne() {
        assertThat(history().next()).isEqualTo(1);
        assertThat(history().records()).isEmpty();
        assertThat(history().lastDone()).isEmpty();
    }

    @Test
    void theNextNumberIsOneMoreThanTheHighest() {
        keep(9, "done");
        keep(10, "done");
        directory().note("history/notes.txt", "somebody's own");
        assertThat(history().next()).isEqualTo(11);
        assertThat(history().records()).map(PastChange::number).containsExactly(10, 9);
    }

    @Test
    void fiftyAreKeptTheNewest() {
        IntStream.rangeClosed(1, 53)
                .forEach(number -> {
                    keep(number, "done");
                    hasStateBefore(number);
                });
        keep(54, "done");
        assertThat(history().records())
                .map(PastChange::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(5, 54).map(n -> 59 - n).boxed().toList());
        assertThat(root.resolve("history/4")).doesNotExist();
        assertThat(history().next()).isEqualTo(55);
    }

    @Test
    void onlyWhatWasDoneAndHasAStateBeforeCanBeTakenBack() {
        keep(1, "done");
        hasStateBefore(1);
        keep(2, "done");
        keep(3, "taken back: haproxy-b serves worse");
        hasStateBefore(3);
        assertThat(history().lastDone()).map(PastChange::number).hasValue(1);
    }

    /// Killed after the state was kept, and before the journal began: no change was begun.
    @Test
    void aStateThatWasKeptForAChangeThatNeverBeganIsNoChange() {
        keep(1, "done");
        hasStateBefore(2);
        assertThat(history().records()).map(PastChange::number).isEqualTo(List.of(1));
        assertThat(history().next()).isEqualTo(3);
    }
}
