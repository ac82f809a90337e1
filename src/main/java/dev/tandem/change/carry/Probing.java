package dev.tandem.change.carry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The answers of a balancer over each of its listeners. Pure.
///
/// @param by what the balancer is judged by
/// @param codes the status codes by listener (`http`, `https`), in the order of the requests; a
///   word when there was no answer
/// @param up the web servers that the balancer uses
record Probing(By by, SortedMap<String, List<String>> codes, List<String> up) {
    /// By what a balancer is judged.
    enum By {
        /// Requests to its listeners. None that is answered is worse than any.
        REQUESTS,
        /// The servers that it uses alone: it has no listeners for HTTP.
        SERVERS
    }

    Probing {
        up = List.copyOf(up);
    }

    /// That of requests.
    Probing(SortedMap<String, List<String>> codes, List<String> up) {
        this(By.REQUESTS, codes, up);
    }

    /// That of a site without HTTP.
    static Probing ofServers(List<String> up) {
        return new Probing(By.SERVERS, new TreeMap<>(), up);
    }

    /// Parses the output of `probe` in the image: a line for each request, with listener and code.
    static Probing parse(String text, List<String> up) {
        TreeMap<String, List<String>> codes = new TreeMap<>();
        text.lines()
                .map(line -> line.strip().split(" ", 2))
                .filter(words -> words.length == 2)
                .forEach(words ->
                        codes.computeIfAbsent(words[0], _ -> new ArrayList<>()).add(words[1]));
        return new Probing(codes, up);
    }

    /// What is worse for clients than before; empty when nothing is. Listeners for HTTP that a site
    /// no longer has are gone on purpose.
    ///
    /// @param before what clients had
    /// @param removed web servers that are leaving on purpose
    Optional<String> worseThan(Probing before, List<String> removed) {
        Set<String> listeners = by == By.REQUESTS ? before.codes().keySet() : Set.of();
        for (String listener : listeners) {
            int good = good(before, listener);
            if (good(this, listener) < good) {
                return Optional.of(
                        "over %s it answered %s; before, %s"
                                .formatted(listener, text(listener), before.text(listener)));
            }
        }
        List<String> lost =
                before.up().stream()
                        .filter(server -> !up.contains(server) && !removed.contains(server))
                        .toList();
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of("it does not see " + String.join(", ", lost) + " up, as before");
    }

    /// The share of answers that show that the request was served, in percent.
    private static int good(Probing probing, String listener) {
        List<String> all = probing.codes().getOrDefault(listener, List.of());
        long good = all.stream().filter(code -> code.matches("[23]\\d\\d")).count();
        return all.isEmpty() ? 0 : (int) (100 * good / all.size());
    }

    /// `200 4 times, 503 2 times`.
    private String text(String listener) {
        return codes.getOrDefault(listener, List.of("nothing")).stream()
                .collect(Collectors.groupingBy(c -> c, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(e -> e.getKey() + " " + e.getValue() + " times")
                .collect(Collectors.joining(", "));
    }
}
