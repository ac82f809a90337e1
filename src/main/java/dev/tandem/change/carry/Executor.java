package dev.tandem.change.carry;

import dev.tandem.change.plan.Plan;
import dev.tandem.change.plan.Step;
import dev.tandem.change.state.Journal;
import dev.tandem.text.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Carries out a plan, step by step, without decisions of its own, and writes each step down before
/// and after.
///
/// For a new site, the steps that make or start containers come together at the beginning and run
/// at once; every other step ends before the next one begins.
final class Executor {
    private final StepActions deeds;
    private final Journal journal;
    private final Progress progress;

    Executor(StepActions deeds, Journal journal, Progress progress) {
        this.deeds = deeds;
        this.journal = journal;
        this.progress = progress;
    }

    /// Carries out the whole plan.
    ///
    /// @throws dev.tandem.model.Stop at the first step that does not succeed
    void execute(Plan plan) {
        List<Step> steps = plan.steps();
        int first = journal.plan(plan);
        int next = 0;
        while (next < steps.size()) {
            int end = next;
            while (end < steps.size() && isStart(steps.get(end))) {
                end++;
            }
            if (end > next) {
                start(steps.subList(next, end), numbers(first + next, first + end));
                next = end;
            } else {
                journal.begin(List.of(first + next));
                deeds.act(steps.get(next));
                journal.done(List.of(first + next));
                next++;
            }
        }
    }

    private void start(List<Step> steps, List<Integer> numbers) {
        List<String> services = new ArrayList<>(steps.stream().map(Step::node).toList());
        journal.begin(numbers);
        progress.begin("starting " + String.join(", ", services));
        deeds.start(services);
        progress.done("started " + String.join(", ", services));
        journal.done(numbers);
    }

    private static boolean isStart(Step step) {
        return step instanceof Step.Create || step instanceof Step.Start;
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
