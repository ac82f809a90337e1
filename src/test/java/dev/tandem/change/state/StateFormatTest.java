package dev.tandem.change.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Stop;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Notes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which directories this version works on.
class StateFormatTest {
    private static final int NEWER = StateFormat.KNOWN + 1;

    @TempDir private Path base;

    private SiteDirectory directory(String note) {
        SiteDirectory directory = new SiteDirectory(base.resolve("shop"));
        directory.note(Notes.FORMAT, note);
        return directory;
    }

    @Test
    void aDirectoryWithoutTheNoteIsOfTheFirstVersionAndKnown() {
        SiteDirectory first = new SiteDirectory(base.resolve("shop"));
        first.note(".services", "web-a 1\n");
        assertThatCode(() -> StateFormat.refuseNewer(first)).doesNotThrowAnyException();
    }

    @Test
    void whatThisVersionMarksItKnowsAgain() {
        SiteDirectory directory = directory("");
        StateFormat.mark(directory);
        assertThat(directory.read(Notes.FORMAT))
                .isEqualTo(
                        "format " + StateFormat.KNOWN + "\ntandem " + StateFormat.version() + "\n");
        assertThatCode(() -> StateFormat.refuseNewer(directory)).doesNotThrowAnyException();
    }

    /// Its version is newer, what it wrote is understood.
    @Test
    void aNewerVersionThatWritesTheSameFormatIsNotRefused() {
        SiteDirectory directory = directory("format " + StateFormat.KNOWN + "\ntandem 99.0.0\n");
        assertThatCode(() -> StateFormat.refuseNewer(directory)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "and a line that only the newer one understands\n"})
    void aNewerFormatIsRefusedWithTheVersionToUse(String more) {
        String note = "format " + NEWER + "\ntandem 99.1.0\n" + more;
        SiteDirectory directory = directory(note);
        assertThatThrownBy(() -> StateFormat.refuseNewer(directory))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
                            assertThat(stop.seen())
                                    .contains("shop/.format: format " + NEWER)
                                    .contains("by tandem 99.1.0; this is tandem ");
                            assertThat(stop.state()).isEqualTo("nothing was changed");
                            assertThat(stop.next()).isEqualTo("use tandem 99.1.0 or newer");
                        });
        assertThat(directory.read(Notes.FORMAT)).isEqualTo(note);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"format\n", "format x\ntandem 1\n", "format 1\n", "1", " \n", "format 1"})
    void aNoteThatSaysNothingIsRefused(String note) {
        SiteDirectory directory = directory(note);
        assertThatThrownBy(() -> StateFormat.refuseNewer(directory))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
                            assertThat(stop).hasMessageStartingWith("cannot tell which Tandem");
                            assertThat(stop.seen()).contains("/shop/.format begins with '");
                        });
    }

    @Test
    void aCopyOfAStateSaysWhoWroteIt() {
        SiteDirectory old = new SiteDirectory(base.resolve("old"));
        SiteDirectory copy = new SiteDirectory(base.resolve("copy"));
        new SavedState(old).copyTo(copy);
        assertThat(copy.root().resolve(Notes.FORMAT)).as("of 0.1.0").doesNotExist();
        old.note(Notes.FORMAT, "format 1\ntandem 0.9.0\n");
        new SavedState(old).copyTo(copy);
        assertThat(copy.read(Notes.FORMAT)).isEqualTo("format 1\ntandem 0.9.0\n");
    }

    /// A rollback takes the notes of a state of earlier days; who wrote the directory last stays.
    @Test
    void theNotesOfAnEarlierStateDoNotReplaceIt() {
        SiteDirectory present = directory("format 1\ntandem 0.9.0\n");
        SiteDirectory before = new SiteDirectory(base.resolve("before"));
        before.note(Notes.FORMAT, "format 1\ntandem 0.8.0\n");
        before.note(".orders", "web-a drain\n");
        new SavedState(present).takeNotes(new SavedState(before));
        assertThat(present.read(".orders")).isEqualTo("web-a drain\n");
        assertThat(present.read(Notes.FORMAT)).isEqualTo("format 1\ntandem 0.9.0\n");
    }
}
