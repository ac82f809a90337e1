package dev.tandem.importing;

import dev.tandem.importing.Conditions.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A frontend or listen section, and what it is for.
///
/// @param proxy the section
/// @param role what it is for
/// @param binds where it listens
/// @param conditions what its names mean
record Front(Proxy proxy, Role role, List<BindLine> binds, Conditions conditions) {
    Front {
        binds = List.copyOf(binds);
    }

    /// What a frontend is for.
    enum Role {
        /// HAProxy's own page, or its metrics.
        STATISTICS,
        /// It sends all to HTTPS.
        REDIRECT,
        /// HTTP.
        DOOR,
        /// Connections that nobody reads.
        SERVICE
    }

    static Front of(Proxy proxy, ImportDraft draft) {
        Conditions conditions = new Conditions(proxy.own("acl"));
        List<BindLine> binds = BindLine.all(proxy);
        Front front = new Front(proxy, Role.SERVICE, binds, conditions);
        return new Front(proxy, front.found(draft), binds, conditions);
    }

    private Role found(ImportDraft draft) {
        boolean leads = !targets().isEmpty() || !proxy.own("server").isEmpty();
        boolean page =
                !proxy.own("stats").isEmpty()
                        || proxy.own("http-request").stream()
                                .anyMatch(line -> line.word(1).equals("use-service"));
        if (!leads && page) {
            return Role.STATISTICS;
        }
        if (!isHttp(draft)) {
            return Role.SERVICE;
        }
        boolean sends =
                proxy.section().lines().stream()
                        .anyMatch(line -> Redirects.isToHttps(line, conditions));
        return sends && !leads && binds.stream().noneMatch(BindLine::isTls)
                ? Role.REDIRECT
                : Role.DOOR;
    }

    private boolean isHttp(ImportDraft draft) {
        Optional<String> mode = proxy.mode();
        return mode.isPresent()
                ? mode.get().equals("http")
                : targets().stream()
                        .map(line -> draft.backend(line.word(1)))
                        .anyMatch(
                                one -> one.flatMap(Proxy::mode).filter("http"::equals).isPresent());
    }

    /// The lines that say where requests go.
    List<Line> targets() {
        List<Line> all = new ArrayList<>(proxy.own("use_backend"));
        all.addAll(proxy.own("default_backend"));
        if (all.isEmpty()) {
            proxy.setting("default_backend").ifPresent(all::add);
        }
        return all;
    }

    /// Where requests go that fit no condition: a backend, or the section itself.
    Optional<String> usual() {
        Optional<Line> always = always();
        if (always.isPresent()) {
            return always.map(line -> line.word(1));
        }
        return proxy.setting("default_backend")
                .map(line -> line.word(1))
                .or(() ->
                        proxy.own("server").isEmpty()
                                ? Optional.empty()
                                : Optional.of(proxy.name()));
    }

    /// A `use_backend` that holds for all that has come so far.
    Optional<Line> always() {
        return proxy.own("use_backend").stream().filter(this::holdsAlways).findFirst();
    }

    private boolean holdsAlways(Line line) {
        Optional<When> when = conditions.of(line);
        return when.isPresent()
                && when.get().either().stream()
                        .anyMatch(all ->
                                all.stream()
                                        .allMatch(term ->
                                                term.kind() == Term.Kind.ALWAYS
                                                        && !term.negated()));
    }

    /// Its ports for plain HTTP, or for connections.
    Set<Integer> plainPorts() {
        return ports(binds.stream().filter(bind -> !bind.isTls()).toList());
    }

    /// Its ports where TLS ends.
    Set<Integer> tlsPorts() {
        return ports(binds.stream().filter(BindLine::isTls).toList());
    }

    private static Set<Integer> ports(List<BindLine> binds) {
        Set<Integer> ports = new TreeSet<>();
        binds.forEach(bind -> ports.addAll(bind.ports()));
        return ports;
    }

    Set<Integer> ports() {
        return ports(binds);
    }

    /// The blocks that lines for its listeners go to.
    List<String> blocks() {
        List<String> blocks = new ArrayList<>();
        if (!plainPorts().isEmpty()) {
            blocks.add("http");
        }
        if (!tlsPorts().isEmpty()) {
            blocks.add("https");
        }
        return blocks;
    }

    /// Its rules as they are, so that two sections with the same ones can be told.
    List<List<String>> rules() {
        return proxy.section().lines().stream()
                .filter(line ->
                        line.begins("acl")
                                || line.begins("use_backend")
                                || line.begins("default_backend"))
                .map(Line::words)
                .toList();
    }
}
