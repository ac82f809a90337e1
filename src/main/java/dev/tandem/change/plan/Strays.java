package dev.tandem.change.plan;

import dev.tandem.render.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Containers of a site over machines that are on a machine where they should not be. They are
/// known by it: `m1/web-a`. Pure.
///
/// A node that is nowhere else is moved. Of a node that is also where it should be the other one is
/// a twin: it came back with a machine that was away, and has the same addresses.
///
/// @param wanted the site as it should be
/// @param seen the site as it is
public record Strays(Wanted wanted, Seen seen) {
    private static final String BETWEEN = "/";

    /// The name of a service that is known by its machine.
    public static String known(String machine, String service) {
        return machine + BETWEEN + service;
    }

    /// The machine by which a service is known, and the service; empty: it is known by itself.
    static Optional<List<String>> parts(String known) {
        int end = known.indexOf(BETWEEN);
        return end > 0
                ? Optional.of(List.of(known.substring(0, end), known.substring(end + 1)))
                : Optional.empty();
    }

    /// Whether a file lies on a machine for a node that is to leave it.
    ///
    /// @param path its place in the site's directory
    public static boolean isLeftBehind(String machine, String node, String path) {
        String there = Layout.there(path);
        return Layout.machineOf(path).equals(Optional.of(machine))
                && (Layout.isIn(node, there)
                        || Layout.isIn(Layout.Tls.path(node), there)
                        || Layout.isIn(Layout.Tls.path(Layout.Tls.BALANCERS), there));
    }

    /// The same for what is known by its machine; of anything else nothing is left behind.
    public static boolean isLeftBehind(String known, String path) {
        return parts(known)
                .filter(part -> isLeftBehind(part.getFirst(), part.getLast(), path))
                .isPresent();
    }

    /// The step that brings a node to its machine that is on another one only; empty when it is
    /// where it should be, or nowhere.
    Optional<Step> move(String node) {
        Optional<String> to = wanted.machine(node);
        if (to.isEmpty() || seen.containers().containsKey(node)) {
            return Optional.empty();
        }
        return stray(node)
                .map(one -> {
                    String from = parts(one.getKey()).orElseThrow().getFirst();
                    String cause =
                            Optional.ofNullable(seen.origin().moves().places().get(node))
                                    .map(Difference.Moved::text)
                                    .orElse("it is on " + from);
                    return new Step.Move(
                            node, new Step.Way(from, to.get()), one.getValue().name(), cause);
                });
    }

    /// Of several the one that runs, or else the first.
    private Optional<Map.Entry<String, Seen.Box>> stray(String node) {
        List<Map.Entry<String, Seen.Box>> all =
                seen.containers().entrySet().stream()
                        .filter(one -> isOf(one.getKey(), node))
                        .toList();
        return all.stream()
                .filter(one -> one.getValue().running())
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private static boolean isOf(String known, String node) {
        return parts(known).filter(part -> part.getLast().equals(node)).isPresent();
    }

    /// Whether it is one of a node that the site has.
    boolean has(String known) {
        return parts(known).filter(part -> wanted.machine(part.getLast()).isPresent()).isPresent();
    }

    /// The steps that remove twins, before anything else: both answer for one address.
    List<Step> twins() {
        List<Step> steps = new ArrayList<>();
        seen.containers()
                .forEach((known, box) -> {
                    if (has(known) && !isMoved(known)) {
                        String node = parts(known).orElseThrow().getLast();
                        String cause =
                                "%s is on %s, where it should be"
                                        .formatted(node, wanted.machine(node).orElseThrow());
                        steps.add(new Step.Remove(known, box.name(), cause));
                    }
                });
        return steps;
    }

    private boolean isMoved(String known) {
        List<String> part = parts(known).orElseThrow();
        return move(part.getLast())
                .filter(step ->
                        step instanceof Step.Move(_, Step.Way way, _, _)
                                && way.from().equals(part.getFirst()))
                .isPresent();
    }
}
