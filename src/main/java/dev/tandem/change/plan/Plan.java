package dev.tandem.change.plan;

import java.util.List;
import java.util.stream.Collectors;

/// The steps to take, in this order. Its text is the dry run, the log and what tests compare.
///
/// @param steps one at a time, from the first to the last
/// @param gaps what clients will notice in spite of all care, one sentence each
public record Plan(List<Step> steps, List<String> gaps) {
    /// The width of the column of the verbs.
    private static final int VERB = 10;

    public Plan {
        steps = List.copyOf(steps);
        gaps = List.copyOf(gaps);
    }

    /// Whether there is nothing to do.
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /// One line of the plan: verb, node, details and cause.
    ///
    /// @param width the width of the column of the nodes; 0 for a line that stands alone
    public static String line(Step step, int width) {
        String what = step.what().isEmpty() ? "" : step.what() + ": ";
        String node = step.node() + " ".repeat(Math.max(0, width - step.node().length()));
        String verb = width == 0 ? step.verb() : ("%-" + VERB + "s").formatted(step.verb());
        return verb + " " + node + "  " + what + step.cause();
    }

    /// One line per step.
    @Override
    public String toString() {
        int width = steps.stream().mapToInt(step -> step.node().length()).max().orElse(0);
        return steps.stream().map(step -> line(step, width)).collect(Collectors.joining("\n"));
    }
}
