package dev.tandem.change.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Orders;
import dev.tandem.model.Site;
import dev.tandem.prepare.Sample;
import dev.tandem.prepare.SiteDirectory;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The saved states of a site, on a real disk.
class SavedStatesTest {
    private static final String TEXT = "site: tandem\n";
    private static final Site SITE = Sample.site();

    @TempDir private Path root;
    private SavedStates states = new SavedStates(new SiteDirectory(Path.of("-")), this::read);

    /// The only text that is understood.
    private Optional<Site> read(String text) {
        return Optional.of(SITE).filter(_ -> text.equals(TEXT));
    }

    @BeforeEach
    void directory() {
        states = new SavedStates(new SiteDirectory(root), this::read);
    }

    private static void describe(SavedState state, String text) {
        state.describe(text, Orders.NONE, Sample.wanted("web-a", "1"));
    }

    @Test
    void aSiteThatIsNewHasNoStateAndWasNotApplied() {
        assertThat(states.present().exists()).isFalse();
        assertThat(states.applied()).isEmpty();
        assertThat(states.site(states.before(1))).isEmpty();
    }

    @Test
    void theSiteThatWasAppliedIsReadFromItsFile() {
        describe(states.present(), TEXT);
        assertThat(states.applied()).hasValue(SITE);
    }

    @Test
    void aSiteFileThatIsNotUnderstoodAnyMoreIsNoSite() {
        describe(states.present(), "pair: tandem\n");
        assertThat(states.present().exists()).isTrue();
        assertThat(states.applied()).isEmpty();
    }

    /// To go back to it would be to remove every container.
    @Test
    void aSiteFileWithoutAStateIsNoSite() {
        states.directory().note(".tandem.yaml", TEXT);
        assertThat(states.applied()).isEmpty();
    }

    @Test
    void theStateBeforeAChangeIsThatOfTheHistory() {
        describe(states.present(), "site: tandem # edited\n");
        describe(states.before(3), TEXT);
        assertThat(root.resolve("history/3/before/.tandem.yaml")).hasContent(TEXT);
        assertThat(states.site(states.before(3))).hasValue(SITE);
        assertThat(states.applied()).isEmpty();
    }
}
