package dev.tandem.file;

import dev.tandem.file.Draft.ExistingPart;
import dev.tandem.file.Draft.PoolPart;
import dev.tandem.file.Draft.ServerPart;
import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Backend;
import dev.tandem.model.Backend.Balance;
import dev.tandem.model.Backend.Sticky;
import java.util.List;
import java.util.Optional;

/// Reads `backend.sticky`, and what must fit it.
final class StickyBinder {
    private StickyBinder() {}

    static Optional<Sticky> bind(Fields backend) {
        return backend.optional(WebKeys.BACKEND_STICKY, StickyBinder::word).map(Found::value);
    }

    private static Verdict<Sticky> word(String text) {
        for (Sticky sticky : Sticky.values()) {
            if (sticky.word().equals(text)) {
                return new Fits<>(sticky);
            }
        }
        return new Unfit<>(
                Visible.quoted(text) + " is not a way to stay with a web server",
                "one of " + String.join(", ", WebKeys.STICKINGS.choices()));
    }

    /// Where the client's address decides, no algorithm does.
    static Optional<Balance> balance(Fields backend, Optional<Sticky> sticky) {
        boolean isDecided =
                sticky.equals(Optional.of(Sticky.SOURCE)) && backend.has(WebKeys.BACKEND_BALANCE);
        return backend.optional(
                        WebKeys.BACKEND_BALANCE, text -> balance(PathRules.balance(text), isDecided))
                .map(Found::value);
    }

    private static Verdict<Balance> balance(Verdict<Balance> verdict, boolean isDecided) {
        return isDecided && verdict instanceof Fits<Balance>(Balance word) && word != Balance.SOURCE
                ? new Unfit<>(
                        "with 'sticky: source' the client's address decides",
                        "remove 'balance', or use sticky: cookie")
                : verdict;
    }

    /// Each balancer numbers the addresses of a hostname for itself: the same cookie would mean
    /// another one there.
    static void check(Draft draft, Problems problems) {
        draft.servers().stream()
                .filter(server -> hasCookie(draft, server))
                .forEach(server -> replicas(server, problems));
    }

    private static void replicas(ServerPart server, Problems problems) {
        if (server instanceof ExistingPart there) {
            there.replicas()
                    .filter(found -> found.value() > 1)
                    .ifPresent(found ->
                            problems.add(
                                    found.spot(),
                                    "%s.replicas: each balancer has them in an order of its own, so"
                                                    .formatted(server.path())
                                            + " that no cookie can name one",
                                    "use sticky: source, or give each an entry of its own"));
        }
    }

    private static boolean hasCookie(Draft draft, ServerPart server) {
        Optional<Backend> settings =
                server.seat()
                        .pool()
                        .map(name -> named(draft.routing().pools(), name))
                        .orElse(draft.backend());
        return settings.filter(one -> one.sticky() == Sticky.COOKIE).isPresent();
    }

    private static Optional<Backend> named(List<PoolPart> pools, String name) {
        return pools.stream()
                .filter(pool -> pool.name().value().equals(name))
                .findFirst()
                .flatMap(PoolPart::settings);
    }
}
