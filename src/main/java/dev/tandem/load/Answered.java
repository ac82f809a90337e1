package dev.tandem.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Counts the records of a run as they come: how many of each outcome, and which classes have not
/// had an answer yet.
final class Answered {
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Set<RequestClass> unanswered = ConcurrentHashMap.newKeySet();

    Answered(LoadPlan plan) {
        plan.classes().forEach(one -> unanswered.add(one.kind()));
    }

    /// Counts these. Only one thread does.
    void add(List<RequestRecord> records) {
        for (RequestRecord record : records) {
            outcomes.merge(record.outcome(), 1L, Long::sum);
            if (record.outcome() == Outcome.OK) {
                unanswered.remove(record.kind());
            }
        }
    }

    /// Whether every class has had an answer; any thread may ask.
    boolean each() {
        return unanswered.isEmpty();
    }

    /// How many there were of each outcome.
    Map<Outcome, Long> outcomes() {
        return outcomes;
    }

    /// How many there were.
    long total() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }
}
