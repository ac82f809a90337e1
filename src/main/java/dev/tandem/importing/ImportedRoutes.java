package dev.tandem.importing;

import dev.tandem.importing.Conditions.When;
import dev.tandem.importing.Term.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes routes: what a condition lets pass, each host with each path.
final class ImportedRoutes {
    private static final int MOST = 200;

    private final ImportDraft draft;

    ImportedRoutes(ImportDraft draft) {
        this.draft = draft;
    }

    /// What a route asks for.
    private record Fits(List<String> hosts, List<String> paths, List<String> sources) {}

    /// Whether a route can say it.
    static Optional<String> obstacle(When when) {
        for (List<Term> all : when.either()) {
            for (Term term : all) {
                if (term.kind() == Kind.OTHER) {
                    return Optional.of(
                            "no route looks at '%s'".formatted(term.values().getFirst()));
                }
                if (term.negated()) {
                    return Optional.of("a route says for what it is, not for what it is not");
                }
                if (term.kind() == Kind.TLS || term.kind() == Kind.HELLO) {
                    return Optional.of("routes are the same for HTTP and HTTPS");
                }
            }
            if (count(all, Kind.HOST) + count(all, Kind.SNI) > 1 || count(all, Kind.PATH) > 1) {
                return Optional.of("a route has one host and one path");
            }
        }
        return Optional.empty();
    }

    private static long count(List<Term> all, Kind kind) {
        return all.stream().filter(term -> term.kind() == kind).count();
    }

    /// Writes those for one rule.
    ///
    /// @param rule the line
    /// @param when what it is for, without an {@link #obstacle}
    /// @param to what the route does, written into each
    void write(Line rule, When when, Consumer<YamlPart> to) {
        List<Line> from = new ArrayList<>(when.acls());
        from.add(rule);
        for (List<Term> all : when.either()) {
            Fits fits =
                    new Fits(
                            values(all, Kind.HOST, Kind.SNI),
                            values(all, Kind.PATH, Kind.PATH),
                            values(all, Kind.SOURCE, Kind.SOURCE));
            remarks(rule, all);
            write(fits, from, rule, to);
        }
        from.forEach(line -> draft.ledger().carried(line, "routes"));
    }

    private void write(Fits fits, List<Line> from, Line rule, Consumer<YamlPart> to) {
        List<String> hosts = fits.hosts.isEmpty() ? List.of("") : fits.hosts;
        List<String> paths = fits.paths.isEmpty() ? List.of("") : fits.paths;
        if ((long) hosts.size() * paths.size() > MOST) {
            draft.ledger().listed(rule, "more than %d routes in one rule".formatted(MOST));
            return;
        }
        for (String host : hosts) {
            for (String path : paths) {
                YamlPart item = draft.root().map("routes").item().from(from);
                item.remark(rule.at().toString());
                if (!host.isEmpty()) {
                    item.text("host", host);
                }
                if (!path.isEmpty()) {
                    item.text("path", path);
                }
                if (!fits.sources.isEmpty()) {
                    item.set("allow", Yaml.list(fits.sources));
                }
                to.accept(item);
            }
        }
    }

    private static List<String> values(List<Term> all, Kind kind, Kind or) {
        return all.stream()
                .filter(term -> term.kind() == kind || term.kind() == or)
                .flatMap(term -> term.values().stream())
                .distinct()
                .toList();
    }

    private void remarks(Line rule, List<Term> all) {
        all.stream()
                .filter(term -> !term.remark().isEmpty())
                .forEach(term -> draft.ledger().listed(rule, term.remark()));
        if (count(all, Kind.SOURCE) > 0) {
            draft.ledger()
                    .listed(rule, "who is not in 'allow' gets 403; there, the next rule was asked");
        }
    }
}
