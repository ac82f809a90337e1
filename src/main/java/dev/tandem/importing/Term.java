package dev.tandem.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one condition of HAProxy looks at, as far as a route can say it.
///
/// @param kind what it looks at
/// @param values any of these fits
/// @param negated whether none of them may fit
/// @param remark what is not quite the same in a route; empty when all is
record Term(Kind kind, List<String> values, boolean negated, String remark) {
    private static final Pattern FETCH =
            Pattern.compile("(?<name>[a-z0-9_.]+)(\\((?<argument>[^)]*)\\))?(?<rest>,.*)?");
    private static final Set<String> HARMLESS =
            Set.of("lower", "host_only", "field(1,:)", "url_dec", "word(1,:)");

    Term {
        values = List.copyOf(values);
    }

    /// What can be looked at.
    enum Kind {
        /// The host that is asked for: a name, or `*.` and a name.
        HOST,
        /// What the path begins with.
        PATH,
        /// The client's address.
        SOURCE,
        /// Whether it came over TLS.
        TLS,
        /// The name that is asked for in TLS.
        SNI,
        /// Whether a client has begun with TLS.
        HELLO,
        /// Holds always.
        ALWAYS,
        /// Something that no route knows.
        OTHER
    }

    Term not() {
        return new Term(kind, values, !negated, remark);
    }

    /// Another one of the same name: either of them may fit.
    Optional<Term> or(Term other) {
        if (kind != other.kind || negated || other.negated || kind == Kind.OTHER) {
            return Optional.empty();
        }
        List<String> both = new ArrayList<>(values);
        both.addAll(other.values);
        return Optional.of(new Term(kind, both, false, remark.isEmpty() ? other.remark : remark));
    }

    /// Reads an expression: what is looked at, flags, and values.
    static Term of(List<String> words) {
        Matcher fetch = FETCH.matcher(words.isEmpty() ? "" : words.getFirst());
        Term unknown = new Term(Kind.OTHER, List.of(String.join(" ", words)), false, "");
        if (!fetch.matches() || !isHarmless(fetch.group("rest"))) {
            return unknown;
        }
        String name = fetch.group("name").replaceFirst("^(req|capture\\.req)\\.", "");
        boolean ignoresCase = false;
        String match = "";
        int at = 1;
        for (; at < words.size() && words.get(at).startsWith("-"); at++) {
            switch (words.get(at)) {
                case "-i" -> ignoresCase = true;
                case "-m" -> match = ++at < words.size() ? words.get(at) : "";
                case "-n", "--" -> {}
                default -> {
                    return unknown;
                }
            }
        }
        List<String> values = at < words.size() ? words.subList(at, words.size()) : List.of();
        String argument = fetch.group("argument") == null ? "" : fetch.group("argument");
        return of(name, argument.toLowerCase(Locale.ROOT), match, values, ignoresCase)
                .orElse(unknown);
    }

    private static boolean isHarmless(String rest) {
        String converters = rest == null ? "" : rest.substring(1);
        return converters.isEmpty()
                || HARMLESS.contains(converters)
                || HARMLESS.containsAll(List.of(converters.split(",(?![^(]*\\))", -1)));
    }

    private static Optional<Term> of(
            String name, String argument, String match, List<String> values, boolean any) {
        String how = match;
        String what = name;
        Matcher form = Pattern.compile("(.+)_(beg|end|dom|dir|sub|reg|str)").matcher(name);
        if (form.matches() && match.isEmpty()) {
            what = form.group(1);
            how = form.group(2);
        }
        return switch (what) {
            case "hdr", "fhdr" -> argument.startsWith("host") ? host(how, values) : Optional.empty();
            case "path", "url", "base" ->
                    what.equals("base") ? Optional.empty() : path(how, values, any);
            case "src" -> test(Kind.SOURCE, values);
            case "ssl_fc" -> test(Kind.TLS, List.of());
            case "req_ssl_sni", "ssl_sni", "ssl_fc_sni" ->
                    host(how, values).map(one -> new Term(Kind.SNI, one.values, false, one.remark));
            case "req_ssl_hello_type", "ssl_hello_type", "req_ssl_ver" ->
                    test(Kind.HELLO, List.of());
            case "always_true" -> test(Kind.ALWAYS, List.of());
            default -> Optional.empty();
        };
    }

    private static Optional<Term> test(Kind kind, List<String> values) {
        return Optional.of(new Term(kind, values, false, ""));
    }

    /// Names are compared without case and without a port, by routes as well.
    private static Optional<Term> host(String how, List<String> values) {
        List<String> names = new ArrayList<>();
        String remark = "";
        for (String value : values) {
            String name = value.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
            switch (how) {
                case "", "str" -> names.add(name);
                case "end" -> {
                    if (name.startsWith(".")) {
                        names.add("*" + name);
                    } else {
                        names.addAll(List.of(name, "*." + name));
                        remark = "the end of a host begins at a dot here";
                    }
                }
                case "dom" -> {
                    names.addAll(List.of(name, "*." + name));
                    remark = "the name is the end of the host here, not somewhere in it";
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Term(Kind.HOST, names, false, remark));
    }

    private static Optional<Term> path(String how, List<String> values, boolean any) {
        if (values.contains("/") && !how.equals("beg")) {
            return Optional.empty();
        }
        String remark = any ? "a route tells small letters of a path from capital ones" : "";
        return switch (how) {
            case "beg" -> Optional.of(new Term(Kind.PATH, values, false, remark));
            case "", "str" ->
                    Optional.of(
                            new Term(
                                    Kind.PATH,
                                    values,
                                    false,
                                    "a route is for all paths that begin so"));
            case "dir" ->
                    Optional.of(
                            new Term(
                                    Kind.PATH,
                                    values.stream().map(Term::directory).toList(),
                                    false,
                                    "a route is for the beginning of a path, not for a part of it"));
            default -> Optional.empty();
        };
    }

    private static String directory(String value) {
        return "/" + value.replaceAll("^/+|/+$", "") + "/";
    }
}
