package dev.tandem.file;

import dev.tandem.file.Draft.PoolPart;
import dev.tandem.file.Draft.RoutePart;
import dev.tandem.file.Draft.RoutingPart;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Admission;
import dev.tandem.model.ClientLimits;
import dev.tandem.model.HaproxyBackend;
import dev.tandem.model.Pool;
import dev.tandem.model.Route;
import dev.tandem.model.Suggestion;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Checks that every route leads somewhere, that some request gets as far as it, and that no client
/// is sent in a circle.
final class RouteChecks {
    private static final Set<Integer> CODES = Set.of(301, 302, 303, 307, 308);
    private static final int USUAL_CODE = 302;

    private final Problems problems;
    private final List<RoutePart> routes;
    private final List<PoolPart> pools;
    private final Set<Beside> beside;

    /// What a site may have besides, that routes need or cannot be with.
    enum Beside {
        /// Clients are asked for their certificates.
        CLIENT_CERTIFICATES,
        /// Lines of the user's own count in the counter of routes.
        COUNTING_LINES
    }

    RouteChecks(Problems problems, RoutingPart routing, Set<Beside> beside) {
        this.problems = problems;
        this.routes = routing.routes();
        this.pools = routing.pools();
        this.beside = Set.copyOf(beside);
    }

    void check() {
        pools.forEach(this::name);
        for (RoutePart route : routes) {
            leads(route);
            pool(route);
            code(route);
            strip(route);
            certificate(route);
            limits(route);
        }
        reached();
        circles();
    }

    /// The route of a part in which nothing is wrong.
    static Route route(RoutePart part) {
        Route.Action action =
                part.redirect().isPresent()
                        ? new Route.Redirect(
                                part.redirect().get().value(),
                                part.code().map(Found::value).orElse(USUAL_CODE))
                        : new Route.ToPool(
                                part.to().map(Found::value).orElse(Pool.UNNAMED),
                                part.strip().map(Found::value));
        return new Route(
                part.host().map(Found::value),
                part.path().map(Found::value).orElse("/"),
                action,
                part.admission(),
                part.users());
    }

    private void name(PoolPart pool) {
        String name = pool.name().value();
        if (name.equals(Pool.UNNAMED)) {
            problems.add(
                    pool.name().spot(),
                    "pools: 'web' is the pool of 'servers' and 'backend'",
                    "choose another name, or write its servers there");
        } else if (HaproxyBackend.isTaken(name)) {
            problems.add(
                    pool.name().spot(),
                    "pools: the name '" + name + "' is one of Tandem's own in haproxy.cfg",
                    "choose another name, such as 'app-1'");
        }
    }

    private void leads(RoutePart route) {
        String path = route.place().value();
        if (route.to().isPresent() && route.redirect().isPresent()) {
            problems.add(
                    route.redirect().get().spot(),
                    path + ": 'redirect' cannot be combined with 'to'",
                    "remove one of the two");
        } else if (!route.leads()) {
            problems.add(
                    route.place().spot(),
                    path + " leads nowhere",
                    "add 'to' with a pool, such as 'to: web', or 'redirect' with a URL");
        }
    }

    private void pool(RoutePart route) {
        List<String> names =
                Stream.concat(
                                Stream.of(Pool.UNNAMED),
                                pools.stream().map(pool -> pool.name().value()))
                        .toList();
        route.to()
                .filter(to -> !names.contains(to.value()))
                .ifPresent(to ->
                        problems.add(
                                to.spot(),
                                "%s.to: there is no pool %s"
                                        .formatted(
                                                route.place().value(), Visible.quoted(to.value())),
                                Suggestion.closest(to.value(), names)
                                        .map(near -> "did you mean '" + near + "'?")
                                        .orElse("one of: " + String.join(", ", names))));
    }

    private void code(RoutePart route) {
        if (route.code().isEmpty()) {
            return;
        }
        Found<Integer> code = route.code().get();
        if (!CODES.contains(code.value())) {
            problems.add(
                    code.spot(),
                    "%s.code: %s is not the status of a redirect"
                            .formatted(route.place().value(), code.value()),
                    "one of 301, 302, 303, 307 and 308");
        } else if (route.redirect().isEmpty()) {
            problems.add(
                    code.spot(),
                    route.place().value() + ".code: there is no 'redirect' beside it",
                    "remove it, or add 'redirect'");
        }
    }

    private void strip(RoutePart route) {
        if (route.strip().isEmpty()) {
            return;
        }
        Found<String> strip = route.strip().get();
        String path = route.place().value() + ".strip";
        if (route.redirect().isPresent()) {
            problems.add(
                    strip.spot(),
                    path + " has no effect with 'redirect'",
                    "remove it: the URL says where clients go");
        } else if (route.path()
                .filter(one -> !one.value().startsWith(strip.value() + "/"))
                .isPresent()) {
            problems.add(
                    strip.spot(),
                    "%s: 'path' does not begin with %s"
                            .formatted(path, Visible.quoted(strip.value() + "/")),
                    "write 'path: " + strip.value() + "/', or longer");
        }
    }

    private void certificate(RoutePart route) {
        if (!beside.contains(Beside.CLIENT_CERTIFICATES)) {
            route.certificate()
                    .ifPresent(spot ->
                            problems.add(
                                    spot,
                                    route.place().value()
                                            + ".client_certificate: nobody is asked for one",
                                    "add 'tls.clients' with their CA, or remove it"));
        }
    }

    private void limits(RoutePart route) {
        if (beside.contains(Beside.COUNTING_LINES)
                && !route.admission().limits().equals(ClientLimits.NONE)) {
            problems.add(
                    route.place().spot(),
                    route.place().value()
                            + ".limits: a line below 'haproxy' counts in track-sc3, as limits of"
                            + " routes do",
                    "count in track-sc4 there, with 'tune.stick-counters 5' in haproxy.global");
        }
    }

    /// A route of which an earlier one has all requests is one that somebody believes in.
    private void reached() {
        for (int i = 0; i < routes.size(); i++) {
            RoutePart route = routes.get(i);
            for (RoutePart before : routes.subList(0, i)) {
                if (route.isRead() && before.isRead() && route(before).covers(route(route))) {
                    shadowed(route, before);
                    break;
                }
            }
        }
    }

    private void shadowed(RoutePart route, RoutePart before) {
        boolean same = route(before).name().equals(route(route).name());
        problems.add(
                route.place().spot(),
                "no request gets as far as %s: %s on line %d %s"
                        .formatted(
                                route.place().value(),
                                before.place().value(),
                                before.place().spot().line(),
                                same ? "is for the same" : "has all of them"),
                same ? "remove one of the two" : "move it up, before " + before.place().value());
    }

    /// A client that is told by a route to ask for a path.
    private record Asks(int route, String path) {}

    /// Follows clients that do what they are told.
    private void circles() {
        Set<Integer> told = new HashSet<>();
        for (int i = 0; i < routes.size(); i++) {
            Set<Integer> way = new LinkedHashSet<>();
            String path = routes.get(i).path().map(Found::value).orElse("/");
            Optional<Asks> at = Optional.of(new Asks(i, path));
            while (at.isPresent() && way.add(at.get().route())) {
                at = at.flatMap(this::sent);
            }
            boolean isCircle = at.isPresent() && at.get().route() == i;
            if (isCircle && told.addAll(way)) {
                circle(i, way);
            }
        }
    }

    /// Which route has the request that one makes a client send; empty when none makes it, or none
    /// has it. On another port, or at a host that no route names, there may be somebody else.
    private Optional<Asks> sent(Asks asks) {
        RoutePart part = routes.get(asks.route());
        if (!part.isRead()
                || part.redirect().isEmpty()
                || !(route(part).action() instanceof Route.Redirect to)) {
            return Optional.empty();
        }
        String path = to.keepsPath() ? asks.path() : to.path();
        Route.ToPool nowhere = new Route.ToPool(Pool.UNNAMED, Optional.empty());
        Route asked = new Route(Optional.of(to.authority()), path, nowhere, Admission.EVERYTHING);
        if (routes.stream()
                .noneMatch(one ->
                        one.isRead()
                                && one.host().isPresent()
                                && route(one).hasHost(asked.host()))) {
            return Optional.empty();
        }
        return IntStream.range(0, routes.size())
                .filter(i -> routes.get(i).isRead() && route(routes.get(i)).covers(asked))
                .mapToObj(i -> new Asks(i, path))
                .findFirst();
    }

    private void circle(int first, Set<Integer> way) {
        RoutePart route = routes.get(first);
        List<String> others =
                way.stream().skip(1).map(one -> routes.get(one).place().value()).toList();
        String over =
                others.isEmpty()
                        ? "which this route is for"
                        : others.stream().collect(Collectors.joining(", ", "over ", " and back"));
        problems.add(
                route.redirect().map(Found::spot).orElse(route.place().spot()),
                "%s.redirect: clients would go in a circle: to %s, %s"
                        .formatted(
                                route.place().value(),
                                route.redirect().map(Found::value).orElse(""),
                                over),
                "send them to a host or a path that no route redirects");
    }
}
