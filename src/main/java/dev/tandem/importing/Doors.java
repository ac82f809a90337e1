package dev.tandem.importing;

import dev.tandem.importing.Conditions.When;
import dev.tandem.importing.Front.Role;
import dev.tandem.importing.Rules.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes what comes in over HTTP: one set of routes for all ports, as a site file has it.
///
/// Which frontends are that one front door: the first with HTTPS, or else the first on port 80, or
/// else the first; and all others that lead to the same place. What leads elsewhere and looks at
/// nothing may become a TCP service; anything else is listed.
final class Doors {
    private static final int HTTP = 80;

    private final ImportDraft draft;
    private final Pools pools;
    private final ImportedRoutes routes;
    private final Redirects redirects;
    private final Rules rules;
    private final List<Front> doors = new ArrayList<>();
    private final List<Front> others = new ArrayList<>();

    Doors(ImportDraft draft, List<Front> fronts) {
        this.draft = draft;
        this.pools = new Pools(draft);
        this.routes = new ImportedRoutes(draft);
        this.redirects = new Redirects(draft, routes);
        this.rules = new Rules(draft);
        sort(fronts);
    }

    /// Those that are one front door together, with those that only send to HTTPS.
    List<Front> doors() {
        return List.copyOf(doors);
    }

    /// Those that lead elsewhere without looking at a request: connections can be handed on.
    List<Front> others() {
        return List.copyOf(others);
    }

    private void sort(List<Front> fronts) {
        List<Front> http = fronts.stream().filter(one -> one.role() == Role.DOOR).toList();
        Optional<Front> first = http.stream().min(Comparator.comparingInt(Doors::rank));
        first.ifPresent(doors::add);
        for (Front front : http) {
            if (front.equals(first.get())) {
                continue;
            }
            boolean same =
                    first.get().rules().equals(front.rules())
                            && first.get().usual().equals(front.usual());
            boolean alike =
                    first.get().usual().equals(front.usual())
                            && (isBare(front) || isBare(first.get()));
            if (same || alike) {
                doors.add(front);
                if (!same) {
                    draft.ledger()
                            .listed(
                                    front.proxy().header(),
                                    "the routes of %s and of this one hold for all ports here"
                                            .formatted(first.get().proxy().name()));
                }
            } else if (isBare(front) && front.tlsPorts().isEmpty()) {
                others.add(front);
            } else {
                leave(front);
            }
        }
        fronts.stream().filter(one -> one.role() == Role.REDIRECT).forEach(doors::add);
    }

    private static int rank(Front front) {
        return !front.tlsPorts().isEmpty() ? 0 : front.plainPorts().contains(HTTP) ? 1 : 2;
    }

    private static boolean isBare(Front front) {
        return front.proxy().own("use_backend").isEmpty();
    }

    private void leave(Front front) {
        String why = "it leads elsewhere than the other ports: all ports have the same routes";
        draft.ledger().listed(front.proxy().header(), why);
        front.proxy().section().lines().forEach(line -> draft.ledger().listed(line, why));
    }

    /// Writes them all.
    void write() {
        if (doors.isEmpty()) {
            return;
        }
        usual();
        for (Front front : doors) {
            draft.ledger().carried(front.proxy().header(), "listen");
            moves(front);
        }
        for (Front front : doors) {
            leads(front);
        }
        for (Front front : doors) {
            Target target = new Target(front.proxy().name(), front.blocks());
            front.proxy().section().lines().stream()
                    .filter(line -> Rules.isOne(line) || Rules.isCapture(line))
                    .filter(line -> !draft.ledger().isTold(line))
                    .forEach(line -> rules.carry(line, front.conditions(), target));
        }
        pools.all().keySet().stream()
                .sorted()
                .map(draft::backend)
                .flatMap(Optional::stream)
                .forEach(this::inside);
    }

    /// The pool for what fits no route.
    private void usual() {
        Front first = doors.getFirst();
        Optional<Line> always = first.always();
        first.proxy()
                .every("default_backend")
                .forEach(line -> {
                    if (always.isPresent()) {
                        draft.ledger().listed(line, "a use_backend before it takes everything");
                    } else {
                        draft.ledger().carried(line, "servers");
                    }
                });
        always.ifPresent(line -> draft.ledger().carried(line, "servers"));
        Optional<String> usual = first.usual();
        String name =
                usual.orElse(
                        first.proxy().own("use_backend").stream()
                                .findFirst()
                                .map(line -> line.word(1))
                                .orElse(""));
        if (usual.isEmpty() && first.role() == Role.DOOR) {
            draft.ledger()
                    .listed(
                            first.proxy().header(),
                            "without default_backend, what fits no use_backend gets 503; here it"
                                    + " goes to the pool web");
        }
        draft.backend(name).ifPresent(pools::web);
    }

    private void moves(Front front) {
        for (Line line : front.proxy().section().lines()) {
            if (!Redirects.isOne(line)) {
                continue;
            }
            if (Redirects.isToHttps(line, front.conditions())) {
                redirects.toHttps(line, front.conditions());
            } else if (!redirects.elsewhere(line, front.conditions())) {
                draft.raw()
                        .add(
                                line,
                                front.conditions().namedBy(line),
                                front.proxy().name(),
                                front.blocks());
            }
        }
    }

    private void leads(Front front) {
        Optional<Line> always = front.always();
        for (Line line : front.proxy().own("use_backend")) {
            if (always.equals(Optional.of(line))) {
                draft.ledger().carried(line, "servers");
                continue;
            }
            if (always.isPresent() && line.at().compareTo(always.get().at()) > 0) {
                draft.ledger().listed(line, "a use_backend before it takes everything");
                continue;
            }
            if (!front.equals(doors.getFirst()) && doors.getFirst().rules().equals(front.rules())) {
                draft.ledger().carried(line, "routes");
                front.conditions()
                        .namedBy(line)
                        .forEach(acl -> draft.ledger().carried(acl, "routes"));
                continue;
            }
            lead(front, line);
        }
        front.proxy().own("default_backend").stream()
                .filter(line -> !draft.ledger().isTold(line))
                .forEach(line -> draft.ledger().carried(line, "servers"));
    }

    private void lead(Front front, Line line) {
        Optional<Proxy> backend = draft.backend(line.word(1));
        if (backend.isEmpty()) {
            draft.ledger()
                    .listed(
                            line,
                            line.word(1).contains("%")
                                    ? "a name that is made from the request leads to no pool"
                                    : "there is no backend of this name");
            return;
        }
        if (!backend.get().own("stats").isEmpty() && backend.get().own("server").isEmpty()) {
            draft.ledger().covered(line, "the page is on the port listen.health");
            draft.ledger().covered(backend.get().header(), "the page is on the port listen.health");
            return;
        }
        Optional<When> when = front.conditions().of(line);
        Optional<String> obstacle =
                when.isEmpty()
                        ? Optional.of("its condition is none that can be read")
                        : ImportedRoutes.obstacle(when.get());
        if (obstacle.isPresent()) {
            draft.ledger().listed(line, obstacle.get());
            front.conditions()
                    .namedBy(line)
                    .forEach(acl -> draft.ledger().listed(acl, obstacle.get()));
            return;
        }
        Optional<String> pool = pools.named(backend.get());
        if (pool.isEmpty()) {
            draft.ledger().listed(line, "its backend has no server that can be carried");
            return;
        }
        routes.write(line, when.get(), item -> item.text("to", pool.get()));
    }

    /// What a backend does with requests.
    private void inside(Proxy backend) {
        String pool = pools.all().getOrDefault(backend.name(), "");
        boolean shares = pools.shares(backend.name());
        Conditions conditions = new Conditions(backend.own("acl"));
        Target target = new Target(backend.name(), List.of(block(pool)));
        for (Line line : backend.section().lines()) {
            if (draft.ledger().isTold(line) || !(Rules.isOne(line) || Redirects.isOne(line))) {
                continue;
            }
            Optional<String> strip = Strips.of(line);
            if (shares) {
                draft.ledger()
                        .listed(line, "another backend has the same servers: no pool is its own");
            } else if (Redirects.isToHttps(line, conditions) && pool.equals(Pools.WEB)) {
                redirects.toHttps(line, conditions);
            } else if (strip.isEmpty() || !strip(line, pool, strip.get())) {
                rules.carry(line, conditions, target);
            }
        }
    }

    /// Where lines of HAProxy's own stand that are for one pool.
    private static String block(String pool) {
        return pool.equals(Pools.WEB) ? "backend" : RawLines.POOL + pool;
    }

    /// Takes the beginning off the path in all routes that lead there; false when there is none.
    private boolean strip(Line line, String pool, String begin) {
        List<YamlPart> items =
                draft.root().map("routes").children().stream()
                        .filter(item -> is(item, "to", pool))
                        .filter(item -> item.child("path").isPresent())
                        .toList();
        boolean fits =
                !items.isEmpty()
                        && items.stream()
                                .allMatch(item ->
                                        is(item, "path", begin) || is(item, "path", begin + "/"));
        if (!fits) {
            return false;
        }
        for (YamlPart item : items) {
            if (is(item, "path", begin)) {
                item.child("path").ifPresent(item::remove);
                item.text("path", begin + "/");
                draft.ledger()
                        .listed(line, begin + " without a slash behind it is another route's");
            }
            item.text("strip", begin).from(line);
        }
        draft.ledger().carried(line, "routes.strip");
        return true;
    }

    private static boolean is(YamlPart item, String key, String text) {
        return item.child(key).filter(node -> node.value().equals(Yaml.text(text))).isPresent();
    }

    /// The pool of each backend.
    Map<String, String> pools() {
        return pools.all();
    }
}
