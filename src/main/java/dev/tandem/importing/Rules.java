package dev.tandem.importing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Carries rules on requests and answers: headers by keys, paths by `strip`, all else as lines of
/// HAProxy's own.
final class Rules {
    private static final Set<String> OF_TANDEM =
            Set.of("x-forwarded-for", "x-forwarded-proto", "x-forwarded-port", "x-forwarded-ssl");

    /// HAProxy's format as `headers` takes it.
    private static final Pattern FORMAT =
            Pattern.compile("(?:[ -~&&[^%]]|%%|%\\[[a-z][^\\[\\] ]*])+");

    private static final Pattern HSTS = Pattern.compile("max-age=(\\d{1,9});?");
    private static final Pattern OLD = Pattern.compile("(?<name>[A-Za-z0-9_-]+):\\s*(?<value>.*)");
    private static final Map<String, String> OLD_WORDS =
            Map.of("reqadd", "request", "rspadd", "response");

    private static final long DAY = 86_400;
    private static final long YEAR = 365 * DAY;

    private final ImportDraft draft;

    Rules(ImportDraft draft) {
        this.draft = draft;
    }

    /// Where the lines of a section go.
    ///
    /// @param name of the section
    /// @param blocks the blocks below `haproxy`
    record Target(String name, List<String> blocks) {
        Target {
            blocks = List.copyOf(blocks);
        }

        /// Whether they hold for one pool of several, which no key of `headers` says.
        boolean isOfPool() {
            return blocks.stream().anyMatch(block -> block.startsWith(RawLines.POOL));
        }
    }

    /// Whether it is a rule of that kind.
    static boolean isOne(Line line) {
        return line.word(0)
                .matches("http-(request|response|after-response)|filter|(req|rsp)i?(add|del)");
    }

    /// Whether it says what else of a request is logged, which a frontend alone can.
    static boolean isCapture(Line line) {
        return line.begins("capture") || line.begins("declare", "capture");
    }

    /// Carries one.
    void carry(Line line, Conditions conditions, Target target) {
        String first = line.word(0);
        if (first.matches("(req|rsp)i?(add|del)")) {
            old(line);
        } else if (line.begins("filter")) {
            if (line.word(1).equals("compression")) {
                draft.ledger().covered(line, "compression: on");
            } else {
                draft.ledger().listed(line, "filter " + line.word(1) + ": no key says this");
            }
        } else if (line.word(1).equals("use-service")) {
            draft.ledger().covered(line, "/metrics on listen.health");
        } else if (!header(line, conditions, target)) {
            raw(line, conditions, target);
        }
    }

    /// By a key of `headers`, or because Tandem sets it anyway.
    private boolean header(Line line, Conditions conditions, Target target) {
        String verb = line.word(1);
        String name = line.word(2).toLowerCase(Locale.ROOT);
        boolean asked = line.begins("http-request");
        if (asked && verb.matches("(set|add|del|replace)-header") && OF_TANDEM.contains(name)) {
            draft.ledger().covered(line, "X-Forwarded-For, -Proto and -Port are set, to the truth");
            conditions
                    .namedBy(line)
                    .forEach(acl -> draft.ledger().covered(acl, "X-Forwarded-Proto is set"));
            return true;
        }
        if (Conditions.begin(line) >= 0 || target.isOfPool()) {
            return false;
        }
        String side = asked ? "request" : "response";
        if (verb.equals("set-header")) {
            return set(line, side, line.word(2), String.join(" ", line.from(3)));
        }
        if (verb.equals("del-header") && line.words().size() == 3) {
            remove(line, side, line.word(2));
            return true;
        }
        return false;
    }

    private boolean set(Line line, String side, String name, String value) {
        Matcher hsts = HSTS.matcher(value);
        if (name.equalsIgnoreCase("Strict-Transport-Security") && hsts.matches()) {
            draft.root().map("tls").text("hsts", age(hsts.group(1))).from(line);
            draft.ledger().carried(line, "tls.hsts");
            return true;
        }
        if (!FORMAT.matcher(value).matches()) {
            return false;
        }
        YamlPart node = draft.root().map("headers").map(side).map("set");
        if (node.child(name).isPresent()
                && !node.child(name).get().value().equals(Yaml.text(value))) {
            draft.ledger().listed(line, "another rule sets this header already");
        } else {
            node.text(name, value).from(line);
            draft.ledger().carried(line, "headers." + side + ".set." + name);
        }
        return true;
    }

    private static String age(String seconds) {
        long all = Long.parseLong(seconds);
        return all % YEAR == 0 && all > 0
                ? all / YEAR + "y"
                : all % DAY == 0 ? all / DAY + "d" : all + "s";
    }

    private void remove(Line line, String side, String name) {
        YamlPart node = draft.root().map("headers").map(side);
        String before =
                node.child("remove")
                        .map(YamlPart::value)
                        .map(all -> all.replaceAll("^\\[|]$", ""))
                        .orElse("");
        String added = before.isEmpty() ? Yaml.text(name) : before + ", " + Yaml.text(name);
        Set<String> names = Set.of(before.split(", ", -1));
        if (!names.contains(Yaml.text(name))) {
            node.child("remove").ifPresent(node::remove);
            node.set("remove", "[" + added + "]").from(line);
        }
        draft.ledger().carried(line, "headers." + side + ".remove");
    }

    /// `rspadd Name:\ value`, as HAProxy had it until version 2.0.
    private void old(Line line) {
        Matcher gone = Pattern.compile("\\^?([A-Za-z0-9_-]+):?(\\.\\*)?").matcher(line.word(1));
        if (line.word(0).endsWith("del") && gone.matches() && line.words().size() == 2) {
            remove(line, line.word(0).startsWith("req") ? "request" : "response", gone.group(1));
            return;
        }
        Matcher old = OLD.matcher(line.word(1));
        boolean covered =
                old.matches() && OF_TANDEM.contains(old.group("name").toLowerCase(Locale.ROOT));
        boolean carried =
                !covered
                        && Conditions.begin(line) < 0
                        && old.matches()
                        && set(
                                line,
                                OLD_WORDS.getOrDefault(line.word(0), ""),
                                old.group("name"),
                                old.group("value"));
        if (covered) {
            draft.ledger().covered(line, "X-Forwarded-For, -Proto and -Port are set, to the truth");
        } else if (!carried) {
            draft.ledger().listed(line, line.word(0) + " is gone since HAProxy 2.1");
        }
    }

    private void raw(Line line, Conditions conditions, Target target) {
        draft.raw().add(line, conditions.namedBy(line), target.name, target.blocks);
    }
}
