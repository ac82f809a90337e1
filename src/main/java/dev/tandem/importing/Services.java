package dev.tandem.importing;

import dev.tandem.importing.Conditions.When;
import dev.tandem.importing.Term.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Writes TCP services: a frontend whose connections are handed on without being read.
final class Services {
    private static final Set<String> BALANCES =
            Set.of("roundrobin", "static-rr", "leastconn", "first", "source", "random");

    private final ImportDraft draft;

    Services(ImportDraft draft) {
        this.draft = draft;
    }

    /// Writes one where requests were read: here, connections are handed on.
    void handOn(Front front) {
        draft.ledger()
                .listed(
                        front.proxy().header(),
                        "this port leads elsewhere than the others, so its connections are"
                                + " handed on: its servers see the balancer's address");
        write(front);
    }

    /// Writes one, for each of its ports.
    void write(Front front) {
        if (!front.tlsPorts().isEmpty()) {
            draft.ledger()
                    .listed(
                            front.proxy().header(),
                            "ssl: TLS is not ended for a service, but passed through");
        }
        boolean leads =
                Stream.concat(front.usual().stream(), byName(front).map(line -> line.word(1)))
                        .map(draft::backend)
                        .flatMap(Optional::stream)
                        .anyMatch(backend -> !draft.servers().of(backend).isEmpty());
        for (int port : front.ports()) {
            if (leads) {
                write(front, port);
            }
        }
        if (leads) {
            front.binds().forEach(bind -> draft.ledger().carried(bind.line(), "services"));
            inspection(front);
        }
    }

    private void write(Front front, int port) {
        Proxy proxy = front.proxy();
        boolean first = port == front.ports().iterator().next();
        Optional<Proxy> usual = front.usual().flatMap(draft::backend);
        String name = draft.names().part(first ? proxy.name() : proxy.name() + "-" + port);
        String path = "services." + name;
        YamlPart service = draft.root().map("services").map(name).from(proxy.header());
        service.remark(proxy.header().at().toString())
                .number("listen", port)
                .from(binds(front, port));
        draft.ledger().carried(proxy.header(), path);
        Optional<Proxy> one = usual.or(() -> byName(front).findFirst().flatMap(this::backend));
        one.ifPresent(backend -> {
            List<ServerLine> servers = draft.servers().of(backend);
            draft.checks().tcp(backend, service, path, servers);
            balance(backend, service, path);
            draft.servers().proxyProtocol(service, path, servers);
        });
        idle(front, one, service, path);
        usual.ifPresent(backend -> {
            List<ServerLine> servers = draft.servers().of(backend);
            if (!servers.isEmpty()) {
                YamlPart to = service.map("servers").from(backend.header());
                draft.servers().tcp(to, path + ".servers", owner(front, port), servers, port);
            }
            draft.ledger().carried(backend.header(), path);
        });
        proxy.every("default_backend")
                .forEach(line -> draft.ledger().carried(line, path + ".servers"));
        names(front, service, path, port);
    }

    private static String owner(Front front, int port) {
        return front.proxy().name() + (front.ports().size() > 1 ? "-" + port : "");
    }

    private static List<Line> binds(Front front, int port) {
        return front.binds().stream()
                .filter(bind -> bind.ports().contains(port))
                .map(BindLine::line)
                .toList();
    }

    private void balance(Proxy backend, YamlPart service, String path) {
        backend.setting("balance")
                .ifPresent(line -> {
                    if (BALANCES.contains(line.word(1)) && line.words().size() == 2) {
                        draft.ledger().carried(line, path + ".balance");
                        if (!line.word(1).equals("leastconn")) {
                            service.text("balance", line.word(1)).from(line);
                        }
                    } else {
                        draft.ledger().listed(line, "balance is a word without an argument");
                    }
                });
    }

    /// The longest silence that both sides allow.
    private void idle(Front front, Optional<Proxy> backend, YamlPart service, String path) {
        Optional<Line> tunnel =
                backend.flatMap(one -> one.setting("timeout", "tunnel"))
                        .or(() -> front.proxy().setting("timeout", "tunnel"));
        List<Line> sides =
                Stream.concat(
                                front.proxy().setting("timeout", "client").stream(),
                                backend.flatMap(one -> one.setting("timeout", "server")).stream())
                        .toList();
        List<Line> used = tunnel.map(List::of).orElse(sides);
        used.stream()
                .flatMap(line -> Times.millis(line.word(2)).stream())
                .max(Long::compare)
                .ifPresent(longest -> service.text("idle", Times.text(longest)).from(used));
        Stream.concat(used.stream(), sides.stream())
                .distinct()
                .forEach(line -> draft.ledger().carried(line, path + ".idle"));
    }

    private Stream<Line> byName(Front front) {
        return front.proxy().own("use_backend").stream()
                .filter(line -> front.conditions().of(line).filter(Services::isByName).isPresent());
    }

    private Optional<Proxy> backend(Line line) {
        return draft.backend(line.word(1));
    }

    private static boolean isByName(When when) {
        return when.either().stream()
                .allMatch(all ->
                        all.stream().anyMatch(term -> term.kind() == Kind.SNI && !term.negated())
                                && all.stream()
                                        .allMatch(term ->
                                                !term.negated()
                                                        && (term.kind() == Kind.SNI
                                                                || term.kind() == Kind.HELLO)));
    }

    private void names(Front front, YamlPart service, String path, int port) {
        for (Line line : front.proxy().own("use_backend")) {
            Optional<When> when = front.conditions().of(line).filter(Services::isByName);
            Optional<Proxy> backend = backend(line);
            if (when.isEmpty() || backend.isEmpty()) {
                String why =
                        backend.isEmpty()
                                ? "there is no backend of this name"
                                : "of a connection, the name that TLS asks for is known, no more";
                if (front.always().filter(line::equals).isEmpty()) {
                    draft.ledger().listed(line, why);
                    front.conditions()
                            .namedBy(line)
                            .forEach(acl -> draft.ledger().listed(acl, why));
                } else {
                    draft.ledger().carried(line, path + ".servers");
                }
                continue;
            }
            name(line, when.get(), backend.get(), service, new At(path, port));
        }
    }

    /// Where a service is.
    private record At(String path, int port) {}

    private void name(Line line, When when, Proxy backend, YamlPart service, At at) {
        List<String> names =
                when.either().stream()
                        .flatMap(List::stream)
                        .filter(term -> term.kind() == Kind.SNI)
                        .flatMap(term -> term.values().stream())
                        .distinct()
                        .toList();
        for (String name : names) {
            YamlPart node = service.map("by_name").map(name).from(line).from(when.acls());
            node.remark(line.at().toString());
            draft.servers()
                    .tcp(
                            node.map("servers").from(backend.header()),
                            at.path + ".by_name." + name,
                            backend.name(),
                            draft.servers().of(backend),
                            at.port);
        }
        when.either().stream()
                .flatMap(List::stream)
                .filter(term -> !term.remark().isEmpty())
                .forEach(term -> draft.ledger().listed(line, term.remark()));
        backend.every("option", "ssl-hello-chk")
                .forEach(option ->
                        draft.ledger().covered(option, "with by_name, a handshake is the check"));
        Stream.concat(Stream.of(line, backend.header()), when.acls().stream())
                .forEach(one -> draft.ledger().carried(one, at.path + ".by_name"));
    }

    /// What waits for the name in TLS.
    private void inspection(Front front) {
        for (Line line : front.proxy().own("tcp-request")) {
            boolean waits =
                    line.word(1).equals("inspect-delay")
                            || (line.begins("tcp-request", "content", "accept")
                                    && String.join(" ", line.words()).contains("hello_type"));
            if (waits) {
                draft.ledger().covered(line, "by_name waits for the name");
                front.conditions()
                        .namedBy(line)
                        .forEach(acl -> draft.ledger().covered(acl, "by_name waits for the name"));
            } else {
                draft.ledger().listed(line, "a service looks at no connection");
            }
        }
    }
}
