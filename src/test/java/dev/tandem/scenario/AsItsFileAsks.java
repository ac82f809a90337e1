package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Each test begins with what the last one that went well has left, and leaves the site as its file
/// asks, with no request lost: what a test that failed has left is taken back, so that only one
/// fails.
final class AsItsFileAsks implements BeforeEachCallback, AfterEachCallback {
    private final ChangingSite live;
    private String applied;

    AsItsFileAsks(ChangingSite live) {
        this.live = live;
        this.applied = live.site().text();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!live.site().text().equals(applied)) {
            live.site().file("tandem.yaml", applied);
            live.applied();
            live.lost();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        live.nothingIsLost("this test");
        live.nothingIsLeftToDo();
        assertThat(live.holders()).containsExactly("haproxy-a");
        applied = live.site().text();
    }
}
