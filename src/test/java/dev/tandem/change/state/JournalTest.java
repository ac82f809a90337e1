package dev.tandem.change.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.plan.Plan;
import dev.tandem.change.plan.Step;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Notes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a change writes down, and what is read of it, also when it was cut short.
class JournalTest {
    private static final Instant TIME = Instant.parse("2026-11-22T17:00:01Z");
    private static final Clock CLOCK = Clock.fixed(TIME, ZoneOffset.UTC);
    private static final Plan PLAN =
            new Plan(
                    List.of(
                            new Step.Drain("web-a", "its container is replaced next"),
                            new Step.Replace("web-a", "servers.web-a.content: none → ./pages")),
                    List.of());

    private static final String WHOLE =
            """
            change 7 apply
            by root@bl1, process 4711
            begun 2026-11-22T17:00:01Z
            step 1 drain web-a  its container is replaced next
            step 2 replace web-a  servers.web-a.content: none → ./pages
            begin 1 2026-11-22T17:00:01Z
            done 1 2026-11-22T17:00:01Z
            begin 2 2026-11-22T17:00:01Z
            done 2 2026-11-22T17:00:01Z
            ended 2026-11-22T17:00:01Z done
            """;

    @TempDir private Path root;

    private Journal begun(SiteDirectory directory) {
        Journal journal = Journal.begin(directory, CLOCK, 7, "apply", "root@bl1, process 4711");
        journal.plan(PLAN);
        return journal;
    }

    private static void does(Journal journal, int step) {
        journal.begin(List.of(step));
        journal.done(List.of(step));
    }

    @Test
    void itsTextIsWhatOneReads() {
        SiteDirectory directory = new SiteDirectory(root);
        Journal journal = begun(directory);
        does(journal, 1);
        does(journal, 2);
        journal.end("done", new History(directory), 7);

        assertThat(directory.read("history/7/journal")).isEqualTo(WHOLE);
        assertThat(directory.read(Notes.JOURNAL)).isEmpty();
        assertThat(Journal.interrupted(directory)).isEmpty();
    }

    @Test
    void stepsOfALaterPlanAreNumberedOn() {
        SiteDirectory directory = new SiteDirectory(root);
        Journal journal = Journal.begin(directory, CLOCK, 7, "apply", "root");
        assertThat(journal.plan(PLAN)).isEqualTo(1);
        assertThat(journal.plan(PLAN)).isEqualTo(3);
        assertThat(directory.read(Notes.JOURNAL).lines().filter(line -> line.startsWith("step ")))
                .map(line -> line.substring(0, 8))
                .containsExactly("step 1 d", "step 2 r", "step 3 d", "step 4 r");
    }

    @Test
    void everyLineIsOnDiskBeforeTheNextThingIsDone() {
        SiteDirectory directory = new SiteDirectory(root);
        Journal journal = begun(directory);
        assertThat(directory.read(Notes.JOURNAL)).endsWith("none → ./pages\n");
        journal.begin(List.of(1, 2));
        assertThat(directory.read(Notes.JOURNAL))
                .endsWith("begin 1 2026-11-22T17:00:01Z\nbegin 2 2026-11-22T17:00:01Z\n");
        journal.note("stopped: no\nmore of it");
        assertThat(directory.read(Notes.JOURNAL))
                .endsWith("\nnote stopped: no 2026-11-22T17:00:01Z\n");
    }

    @Test
    void oneWithoutAnEndIsOfAChangeThatWasInterrupted() {
        SiteDirectory directory = new SiteDirectory(root);
        does(begun(directory), 1);

        PastChange left = Journal.interrupted(directory).orElseThrow();

        assertThat(left.outcome()).isEqualTo("interrupted");
        assertThat(left.steps()).isEqualTo(1);
        assertThat(left.title())
                .isEqualTo("the apply of 2026-11-22T17:00:01Z, which was interrupted");
    }

    @Test
    void aWholeOneIsRead() {
        assertThat(PastChange.parse(WHOLE))
                .isEqualTo(
                        new PastChange(
                                7,
                                "apply",
                                "",
                                "root@bl1, process 4711",
                                Optional.of(TIME),
                                Optional.of(TIME),
                                "done",
                                2));
    }

    @Test
    void theOutcomeMayHaveManyWords() {
        String text = WHOLE.replace("Z done\n", "Z taken back: haproxy-b serves worse\n");
        assertThat(PastChange.parse(text).outcome())
                .isEqualTo("taken back: haproxy-b serves worse");
    }

    @Test
    void cutShortAnywhereItIsReadAsFarAsItGoesAndNeverAsDone() {
        for (int end = 0; end < WHOLE.indexOf("Z done\n") + 1; end++) {
            PastChange read = PastChange.parse(WHOLE.substring(0, end));
            assertThat(read.outcome()).as("the first %d", end).isEqualTo("interrupted");
            assertThat(read.number()).isIn(0, 7);
            assertThat(read.steps()).isBetween(0, 2);
            assertThat(read.title()).endsWith(", which was interrupted");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "change", "change x", "change 99999999999 apply", "ended", "begun x"})
    void garbageIsAChangeOfWhichNothingIsKnown(String text) {
        PastChange read = PastChange.parse(text);
        assertThat(read.number()).isZero();
        assertThat(read.begun()).isEmpty();
        assertThat(read.ended()).isEmpty();
        assertThat(read.outcome()).isEqualTo("interrupted");
    }

    @Test
    void timesAreKeptToTheMillisecond() {
        SiteDirectory directory = new SiteDirectory(root);
        Clock late = Clock.offset(CLOCK, Duration.ofNanos(1_234_567));
        Journal.begin(directory, late, 1, "apply", "root");
        assertThat(directory.read(Notes.JOURNAL)).endsWith("begun 2026-11-22T17:00:01.001Z\n");
    }
}
