package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What somebody changes beside Tandem is shown by `plan`, with that as its cause, and put right by
/// `apply`, without a request being lost.
@Tag("containers")
@Tag("counting")
@Tag("slow")
class DriftOutsideTest {
    @RegisterExtension static final ChangingSite LIVE = new ChangingSite();
    @RegisterExtension static final AsItsFileAsks EACH = new AsItsFileAsks(LIVE);
    private static final TestSite SITE = LIVE.site();

    @AfterEach
    void bothWebServersAnswer() {
        assertThat(LIVE.answering()).containsExactly("web-a", "web-b");
    }

    /// As an editor leaves it.
    private static void append(String path, String line) {
        String text = Shell.answer("cat", SITE.rendered().resolve(path).toString());
        SITE.file(".tandem/" + SITE.name() + "/" + path, text + "\n" + line + "\n");
    }

    @Test
    void anEditedAndLoadedFileIsWrittenAndLoadedAgain() {
        append("haproxy-b/haproxy.cfg", "# edited");
        assertThat(SITE.exec("haproxy-b", "reload", "haproxy").exit()).isZero();
        assertThat(LIVE.plan())
                .isEqualTo(
                        """
                        reload     haproxy-b  haproxy.cfg: changed outside
                        probe      haproxy-b  before it gets traffic\
                        """);
        LIVE.applied();
    }

    @Test
    void aContainerThatSomebodyStoppedIsStarted() {
        SITE.docker("stop", "haproxy-b");
        assertThat(LIVE.plan())
                .isEqualTo(
                        """
                        start      haproxy-b  it is exited
                        probe      haproxy-b  before it gets traffic\
                        """);
        LIVE.applied();
    }
}
