package dev.tandem.drill.judge;

import dev.tandem.evidence.Sessions;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the records of a drill show, before any opinion about it.
///
/// @param counts the number of requests per outcome, by class; what did not occur is left out
/// @param sent how many requests left the generator
/// @param latencies how long answers took; a phase without answers is left out
/// @param outage the longest outage; empty if no request that counts was lost
/// @param gap the longest time between two good answers, of all classes that count for an outage;
///   empty if there were fewer than two
/// @param recovery how long it took until all was well again
/// @param takeover from the moment the fault struck until another balancer held the VIP, if known
/// @param twice the ids of requests that ran twice and must not, in order
/// @param sessions whether clients stayed with their web server; empty where nothing is sticky
/// @param bins the outcomes over time
public record Measured(
        SortedMap<RequestClass, SortedMap<Outcome, Long>> counts,
        long sent,
        SortedMap<Phase, Latencies> latencies,
        Optional<OutageSpan> outage,
        Optional<Duration> gap,
        Recovery recovery,
        Optional<Duration> takeover,
        List<String> twice,
        Optional<Sessions> sessions,
        Bins bins) {
    public Measured {
        SortedMap<RequestClass, SortedMap<Outcome, Long>> copy = new TreeMap<>();
        counts.forEach((kind, outcomes) ->
                copy.put(kind, Collections.unmodifiableSortedMap(new TreeMap<>(outcomes))));
        counts = Collections.unmodifiableSortedMap(copy);
        latencies = Collections.unmodifiableSortedMap(new TreeMap<>(latencies));
        twice = List.copyOf(twice);
    }

    /// The number of requests per outcome, over all classes.
    public SortedMap<Outcome, Long> outcomes() {
        SortedMap<Outcome, Long> all = new TreeMap<>();
        counts.values().forEach(one -> one.forEach((what, n) -> all.merge(what, n, Long::sum)));
        return all;
    }

    /// How many were planned.
    public long planned() {
        return outcomes().values().stream().mapToLong(Long::longValue).sum();
    }

    /// How many had this outcome.
    public long count(Outcome outcome) {
        return outcomes().getOrDefault(outcome, 0L);
    }

    /// How many were answered correctly.
    public long answered() {
        return count(Outcome.OK);
    }

    /// How many were lost, by outcome: all but the answered ones. A request that was shed counts as
    /// lost: its user was not served. One that this machine could not send does not.
    public SortedMap<Outcome, Long> lostByKind() {
        SortedMap<Outcome, Long> lost = outcomes();
        lost.keySet().removeAll(List.of(Outcome.OK, Outcome.OWN_FAULT));
        return lost;
    }

    /// How many were lost.
    public long lost() {
        return lostByKind().values().stream().mapToLong(Long::longValue).sum();
    }

    /// The largest p99 of all phases.
    public Optional<Duration> p99() {
        return latencies.values().stream().map(Latencies::p99).max(Duration::compareTo);
    }

    /// Whether a request with this outcome was lost: its user was not served.
    public static boolean isLost(Outcome outcome) {
        return outcome != Outcome.OK && outcome != Outcome.OWN_FAULT;
    }
}
