package dev.tandem.evidence;

import dev.tandem.load.Clients;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Whether clients of a pool that is sticky stayed with the web server that they had.
///
/// An answer is held against the last one that its client had when it asked. It moved if it came
/// from another web server although the first one was up all the time: that one answered what was
/// sent before and after, with no more than {@link #GAP} in between. A web server that dies, hangs,
/// or is drained answers nothing of what is sent next, so whoever leaves it has not moved. When one
/// is drained, those who show its cookie leave a moment before the others.
///
/// @param clients how many clients were answered
/// @param answers how many good answers they had
/// @param moved those that came from another web server
public record Sessions(int clients, int answers, List<Moved> moved) {
    /// An order that takes a web server out and one that brings it back are further apart.
    private static final long GAP = Duration.ofMillis(300).toNanos();

    /// By then an order is in force.
    private static final long MOMENT = Duration.ofMillis(50).toNanos();

    public Sessions {
        moved = List.copyOf(moved);
    }

    /// An answer that came from another web server.
    ///
    /// @param request the request
    /// @param from the web server that its client had
    public record Moved(RequestRecord request, String from) {}

    /// What the records show; empty if there were no such clients.
    ///
    /// @param records in any order
    public static Optional<Sessions> of(List<RequestRecord> records) {
        List<RequestRecord> good =
                records.stream()
                        .filter(one -> one.outcome() == Outcome.OK && !one.server().isEmpty())
                        .sorted(Comparator.comparingLong(RequestRecord::done))
                        .toList();
        Map<Integer, List<RequestRecord>> byClient = new HashMap<>();
        good.stream()
                .filter(one -> one.kind() == RequestClass.STICKY)
                .forEach(one ->
                        byClient.computeIfAbsent(Clients.of(one.id()), _ -> new ArrayList<>())
                                .add(one));
        if (byClient.isEmpty()) {
            return Optional.empty();
        }
        List<Moved> moved = new ArrayList<>();
        byClient.values().forEach(one -> moved.addAll(moved(one, good)));
        moved.sort(Comparator.comparingLong(one -> one.request().sent()));
        int answers = byClient.values().stream().mapToInt(List::size).sum();
        return Optional.of(new Sessions(byClient.size(), answers, moved));
    }

    private static List<Moved> moved(List<RequestRecord> client, List<RequestRecord> good) {
        List<Moved> moved = new ArrayList<>();
        for (RequestRecord request : client) {
            client.stream()
                    .filter(one -> one.done() <= request.sent())
                    .reduce((_, later) -> later)
                    .map(RequestRecord::server)
                    .filter(from -> !from.equals(request.server()))
                    .filter(from -> isUp(from, request.sent(), good))
                    .ifPresent(from -> moved.add(new Moved(request, from)));
        }
        return moved;
    }

    private static boolean isUp(String server, long at, List<RequestRecord> good) {
        long[] sent =
                good.stream()
                        .filter(one -> one.server().equals(server))
                        .mapToLong(RequestRecord::sent)
                        .sorted()
                        .toArray();
        OptionalLong last = Arrays.stream(sent).filter(one -> one <= at).max();
        OptionalLong next = Arrays.stream(sent).filter(one -> one >= at + MOMENT).min();
        return last.isPresent() && next.isPresent() && next.getAsLong() - last.getAsLong() <= GAP;
    }
}
