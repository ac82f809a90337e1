package dev.tandem.change.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.docker.Volumes;
import dev.tandem.docker.fake.FakeEngine;
import dev.tandem.docker.fake.FakeTime;
import dev.tandem.model.Stop;
import dev.tandem.prepare.SiteDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lock of a site over machines: on all of them, or on none.
class LockOverMachinesTest {
    private static final String VOLUME = "shop_tandem-lock";

    private final FakeEngine m1 = new FakeEngine(new FakeTime());
    private final FakeEngine m2 = new FakeEngine(new FakeTime());
    private final FakeEngine m3 = new FakeEngine(new FakeTime());
    @TempDir private Path base;
    private ChangeLock.Purpose purpose =
            new ChangeLock.Purpose("", new SiteDirectory(Path.of("/")), "");

    @BeforeEach
    void aSite() {
        purpose = new ChangeLock.Purpose("shop", new SiteDirectory(base), "apply");
    }

    private ChangeLock take(ChangeLock.Stale stale) {
        return ChangeLock.take(
                purpose,
                List.of(new Volumes(m1), new Volumes(m2), new Volumes(m3)),
                Clock.systemUTC(),
                stale);
    }

    private static Map<String, String> labels(FakeEngine engine) {
        return new Volumes(engine).labels(VOLUME).orElse(Map.of());
    }

    @Test
    void allHaveTheSameTokenAndNoneIsLeft() {
        try (ChangeLock _ = take(ChangeLock.Stale.REFUSE)) {
            assertThat(labels(m1)).containsKey("dev.tandem.lock.token");
            assertThat(labels(m2)).isEqualTo(labels(m1));
            assertThat(labels(m3)).isEqualTo(labels(m1));
        }
        assertThat(List.of(labels(m1), labels(m2), labels(m3))).containsOnly(Map.of());
    }

    @Test
    void oneThatIsHeldLeavesNoneOfTheOthers() {
        Map<String, String> hers = Map.of("dev.tandem.lock.by", "eve@elsewhere");
        new Volumes(m2).create(VOLUME, hers);
        assertThatThrownBy(() -> take(ChangeLock.Stale.REFUSE))
                .isInstanceOfSatisfying(
                        Stop.class, stop -> assertThat(stop.seen()).contains("eve@elsewhere"));
        assertThat(labels(m1)).isEmpty();
        assertThat(labels(m2)).isEqualTo(hers);
        assertThat(m3.log()).isEmpty();
    }

    @Test
    void oneThatIsKnownToBeDeadIsTaken() {
        new Volumes(m3).create(VOLUME, Map.of("dev.tandem.lock.by", "eve@elsewhere"));
        try (ChangeLock _ = take(ChangeLock.Stale.TAKE)) {
            assertThat(labels(m3)).isEqualTo(labels(m1));
        }
        assertThat(labels(m3)).isEmpty();
    }
}
