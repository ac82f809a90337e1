package dev.tandem.change.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Processes;
import dev.tandem.docker.Volumes;
import dev.tandem.model.Stop;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.scenario.TestSite;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One change of a site at a time, over all machines that talk to an engine: tried with a real one.
@Tag("containers")
class ChangeLockTest {
    private static final String SITE = "check-" + TestSite.CHECK + "-lock";
    private static final String VOLUME = SITE + "_tandem-lock";
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-22T17:00:01Z"), ZoneOffset.UTC);

    /// Higher than any process of Linux.
    private static final String DEAD = "99999999";

    private final Volumes volumes = new Volumes(new Processes());

    @TempDir private Path here;
    @TempDir private Path elsewhere;

    @AfterEach
    void nothingIsLeft() {
        volumes.remove(VOLUME);
    }

    private ChangeLock take(Path directory, ChangeLock.Stale stale) {
        ChangeLock.Purpose purpose =
                new ChangeLock.Purpose(SITE, new SiteDirectory(directory), "apply");
        return ChangeLock.take(purpose, volumes, CLOCK, stale);
    }

    private Map<String, String> labels() {
        return volumes.labels(VOLUME).orElse(Map.of());
    }

    /// What another Tandem leaves: its labels as this one would write them, but for these.
    private void left(Map<String, String> other) {
        Map<String, String> labels = new HashMap<>();
        try (ChangeLock _ = take(elsewhere, ChangeLock.Stale.REFUSE)) {
            labels.putAll(labels());
        }
        other.forEach((key, value) -> labels.put("dev.tandem.lock." + key, value));
        volumes.create(VOLUME, labels);
    }

    private Stop refused(Path directory) {
        try (ChangeLock _ = take(directory, ChangeLock.Stale.REFUSE)) {
            throw new AssertionError("it was taken");
        } catch (Stop stop) {
            assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
            return stop;
        }
    }

    @Test
    void itIsGoneWhenTheChangeHasEnded() {
        try (ChangeLock _ = take(here, ChangeLock.Stale.REFUSE)) {
            assertThat(labels())
                    .containsEntry("dev.tandem.lock.verb", "apply")
                    .containsEntry("dev.tandem.lock.by", ChangeLock.me())
                    .containsEntry("dev.tandem.lock.since", "2026-11-22T17:00:01Z");
        }
        assertThat(volumes.labels(VOLUME)).isEmpty();
    }

    @Test
    void aSecondChangeFromAnotherDirectoryIsRefusedAndSaysByWhom() {
        try (ChangeLock _ = take(elsewhere, ChangeLock.Stale.REFUSE)) {
            Stop stop = refused(here);

            assertThat(stop).hasMessage("another change of this site is under way");
            assertThat(stop.seen())
                    .isEqualTo(
                            "apply by %s, since 2026-11-22T17:00:01Z, in %s"
                                    .formatted(ChangeLock.me(), elsewhere));
            assertThat(stop.state())
                    .isEqualTo("this call changed nothing; the lock is the volume " + VOLUME);
            assertThat(stop.next()).contains("--take-lock");
        }
        take(here, ChangeLock.Stale.REFUSE).close();
    }

    @Test
    void aSecondChangeFromTheSameDirectoryIsRefusedAndSaysByWhom() {
        try (ChangeLock _ = take(here, ChangeLock.Stale.REFUSE)) {
            Stop stop = refused(here);

            assertThat(stop.seen())
                    .isEqualTo("apply by " + ChangeLock.me() + ", since 2026-11-22T17:00:01Z");
            assertThat(labels()).as("the lock stays with its owner").isNotEmpty();
        }
    }

    @Test
    void aLockOfAnotherMachineIsRefusedUntilSomebodyKnowsThatItIsDead() {
        left(Map.of("host", "another", "by", "root@another, process 1", "process", DEAD));

        assertThat(refused(here).seen()).startsWith("apply by root@another, process 1, since ");
        assertThat(refused(elsewhere).seen()).as("its directory says nothing").contains("another");
        try (ChangeLock _ = take(here, ChangeLock.Stale.TAKE)) {
            assertThat(labels()).containsEntry("dev.tandem.lock.by", ChangeLock.me());
        }
        assertThat(volumes.labels(VOLUME)).isEmpty();
    }

    @Test
    void aLockOfADeadProcessOfThisMachineIsTakenOver() {
        left(Map.of("process", DEAD));

        try (ChangeLock _ = take(here, ChangeLock.Stale.REFUSE)) {
            assertThat(labels())
                    .containsEntry(
                            "dev.tandem.lock.process",
                            Long.toString(ProcessHandle.current().pid()));
        }
    }

    /// The process runs again, or its number belongs to another one now: this directory's own lock,
    /// which the kernel released, tells that the change is over.
    @Test
    void aLockOfThisDirectoryIsTakenOverWhateverRunsUnderItsNumber() {
        left(Map.of("directory", here.toString()));

        take(here, ChangeLock.Stale.REFUSE).close();
        assertThat(volumes.labels(VOLUME)).isEmpty();
    }

    @Test
    void aVolumeWithoutLabelsIsSomebodys() {
        volumes.create(VOLUME, Map.of());
        assertThat(refused(here).seen()).startsWith("a change by somebody, since ?");
        take(here, ChangeLock.Stale.TAKE).close();
    }

    @Test
    void aRefusedChangeLeavesTheDirectoryToOthers() {
        left(Map.of("host", "another"));
        refused(here);
        volumes.remove(VOLUME);
        take(here, ChangeLock.Stale.REFUSE).close();
    }
}
