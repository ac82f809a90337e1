package dev.tandem.change.state;

import dev.tandem.change.plan.Plan;
import dev.tandem.change.plan.Step;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Notes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// What a change has done so far, on disk before and after every step: a text file that can be read
/// with `cat`, `.journal` in the site's directory while the change is in progress,
/// `history/N/journal` when it has ended.
///
/// ```
/// change 7 apply backend.check: / → /health
/// by root@host, process 4711
/// begun 2026-11-22T17:00:01Z
/// step 1 reload haproxy-b haproxy.cfg: backend.check: / → /health
/// begin 1 2026-11-22T17:00:03Z
/// done 1 2026-11-22T17:00:04Z
/// ended 2026-11-22T17:00:09Z done
/// ```
///
/// A journal without the last line belongs to an interrupted change: the next change plans from
/// what it sees, and only mentions it.
public final class Journal {
    private final SiteDirectory directory;
    private final Clock clock;
    private final StringBuilder text = new StringBuilder();

    /// How many steps have been planned so far.
    private int planned;

    private Journal(SiteDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /// Begins a journal. By then, the journal of an interrupted change is in the history.
    ///
    /// @param number the number of the change
    /// @param what the verb that was called, and what it concerns
    /// @param by the caller
    public static Journal begin(
            SiteDirectory directory, Clock clock, int number, String what, String by) {
        Journal journal = new Journal(directory, clock);
        journal.text.append("change ").append(number).append(' ').append(what).append('\n');
        journal.text.append("by ").append(by).append('\n');
        journal.text.append("begun ").append(journal.now()).append('\n');
        journal.save();
        return journal;
    }

    /// The interrupted change; empty if there is none.
    public static Optional<PastChange> interrupted(SiteDirectory directory) {
        String open = directory.read(Notes.JOURNAL);
        return open.isBlank() ? Optional.empty() : Optional.of(PastChange.parse(open));
    }

    /// Writes down a plan. Numbering continues from earlier plans of the same change, including its
    /// way back, so that each number means one step.
    ///
    /// @return the number of the first step
    public int plan(Plan plan) {
        int first = planned + 1;
        for (Step step : plan.steps()) {
            planned++;
            text.append("step ").append(planned).append(' ').append(Plan.line(step, 0));
            text.append('\n');
        }
        save();
        return first;
    }

    /// A step, or several that are done together, is about to be carried out.
    public void begin(List<Integer> steps) {
        steps.forEach(step -> line("begin " + step));
    }

    /// The steps were carried out.
    public void done(List<Integer> steps) {
        steps.forEach(step -> line("done " + step));
    }

    /// A remark for readers of the journal.
    public void note(String what) {
        line("note " + what.lines().findFirst().orElse(""));
    }

    /// The change has ended, with this outcome in a few words. The journal moves to the history.
    public void end(String outcome, History history, int number) {
        text.append("ended ").append(now()).append(' ').append(outcome).append('\n');
        history.keep(number, text.toString());
        directory.note(Notes.JOURNAL, "");
    }

    private void line(String what) {
        text.append(what).append(' ').append(now()).append('\n');
        save();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void save() {
        directory.note(Notes.JOURNAL, text.toString());
    }
}
