package dev.tandem.importing;

import dev.tandem.importing.Conditions.When;
import dev.tandem.importing.Term.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `redirect` rules: to HTTPS, or to another place.
final class Redirects {
    private static final String ACME = "/.well-known/acme-challenge";
    private static final Pattern URL =
            Pattern.compile("(?<begin>https?://[^/%?#\\s]+)(?<path>/[^%\\s]*)?");

    private final ImportDraft draft;
    private final ImportedRoutes routes;

    Redirects(ImportDraft draft, ImportedRoutes routes) {
        this.draft = draft;
        this.routes = routes;
    }

    static boolean isOne(Line line) {
        return line.begins("redirect") || line.begins("http-request", "redirect");
    }

    /// Whether it does nothing but send everybody from HTTP to HTTPS.
    static boolean isToHttps(Line line, Conditions conditions) {
        if (!isOne(line) || !after(line, "scheme").equals("https")) {
            return false;
        }
        Optional<When> when = conditions.of(line);
        return when.isPresent()
                && when.get().either().size() == 1
                && when.get().either().getFirst().stream().allMatch(Redirects::isUsual);
    }

    /// Nobody is sent in a circle, and a certificate authority gets its answer: by itself.
    private static boolean isUsual(Term term) {
        return switch (term.kind()) {
            case TLS -> term.negated();
            case PATH ->
                    term.negated()
                            && term.values().stream()
                                    .allMatch(path ->
                                            path.startsWith(ACME) || path.equals("/.well-known/"));
            case ALWAYS -> !term.negated();
            case HOST, SOURCE, SNI, HELLO, OTHER -> false;
        };
    }

    /// Carries the redirect to HTTPS.
    void toHttps(Line line, Conditions conditions) {
        draft.root().set("redirect_http", "on").from(line);
        draft.ledger().carried(line, "redirect_http");
        conditions.namedBy(line).forEach(acl -> draft.ledger().carried(acl, "redirect_http"));
    }

    /// Carries one to another place; false when no route can say it.
    boolean elsewhere(Line line, Conditions conditions) {
        boolean keeps = !after(line, "prefix").isEmpty();
        Matcher url = URL.matcher(keeps ? after(line, "prefix") : after(line, "location"));
        Optional<When> when = conditions.of(line);
        if (when.isEmpty() || !url.matches() || ImportedRoutes.obstacle(when.get()).isPresent()) {
            return false;
        }
        boolean plain =
                line.words().stream()
                        .noneMatch(List.of("drop-query", "append-slash", "set-cookie")::contains);
        String path = url.group("path") == null ? "" : url.group("path");
        if (!plain || (keeps && !path.matches("/?")) || hasSource(when.get())) {
            return false;
        }
        String to = url.group("begin") + (keeps ? "" : path.isEmpty() ? "/" : path);
        String code = after(line, "code");
        routes.write(
                line,
                when.get(),
                item -> {
                    item.text("redirect", to);
                    if (!code.isEmpty() && !code.equals("302")) {
                        item.set("code", code);
                    }
                });
        return true;
    }

    private static boolean hasSource(When when) {
        return when.either().stream()
                .flatMap(List::stream)
                .anyMatch(term -> term.kind() == Kind.SOURCE);
    }

    private static String after(Line line, String word) {
        int at = line.words().indexOf(word);
        return at < 0 ? "" : line.word(at + 1);
    }
}
