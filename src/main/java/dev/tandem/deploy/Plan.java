package dev.tandem.deploy;

import java.util.List;
import java.util.stream.Collectors;

/// What will be done, in this order. Its text is shown, logged and compared in tests.
public record Plan(List<Step> steps) {
    public Plan {
        steps = List.copyOf(steps);
    }

    /// Whether there is nothing to do.
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /// One line a step: verb, service, cause.
    @Override
    public String toString() {
        int width = steps.stream().mapToInt(step -> step.service().length()).max().orElse(0);
        return steps.stream()
                .map(step ->
                        ("%-8s %-" + Math.max(width, 1) + "s  %s")
                                .formatted(step.verb(), step.service(), step.cause()))
                .collect(Collectors.joining("\n"));
    }
}
