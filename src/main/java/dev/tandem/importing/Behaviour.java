package dev.tandem.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Carries what a front door does besides choosing a web server: times, limits, compression, its
/// page.
final class Behaviour {
    private static final Pattern RATE = Pattern.compile(".*\\bhttp_req_rate\\((\\d+[a-z]*)\\).*");
    private static final Pattern MORE =
            Pattern.compile(
                    ".*(?:sc\\d?_|src_)http_req_rate\\S* (?:-m int )?(gt|ge) (\\d{1,7})\\b.*");
    private static final Pattern CONNECTIONS =
            Pattern.compile(".*src_conn_cur\\S* (gt|ge) (\\d{1,7})\\b.*");

    private final ImportDraft draft;

    Behaviour(ImportDraft draft) {
        this.draft = draft;
    }

    /// Of the front door.
    void doors(List<Front> doors, Optional<Proxy> web) {
        doors.forEach(front -> compression(front.proxy()));
        for (Front front : doors) {
            Proxy proxy = front.proxy();
            proxy.setting("timeout", "client").ifPresent(line -> time(line, "client"));
            proxy.setting("timeout", "http-request").ifPresent(line -> time(line, "http_request"));
            proxy.setting("timeout", "tunnel").ifPresent(line -> time(line, "tunnel"));
        }
        web.ifPresent(proxy -> {
            proxy.setting("timeout", "server").ifPresent(line -> time(line, "server"));
            proxy.setting("timeout", "tunnel").ifPresent(line -> time(line, "tunnel"));
            proxy.setting("timeout", "queue").ifPresent(line -> time(line, "queue"));
            compression(proxy);
        });
    }

    private void time(Line line, String key) {
        YamlPart timing = draft.root().map("timing");
        Optional<YamlPart> before = timing.child(key);
        String said = Times.millis(line.word(2)).map(Times::text).orElse("");
        if (before.isPresent() && !before.get().value().equals(Yaml.text(said))) {
            draft.ledger()
                    .listed(
                            line,
                            "timing.%s is %s, from another section"
                                    .formatted(key, before.get().value()));
            return;
        }
        draft.time(line, timing, key, "timing");
    }

    private void compression(Proxy proxy) {
        proxy.every("compression", "algo")
                .forEach(line -> {
                    draft.root().set("compression", "on").from(line);
                    draft.ledger().carried(line, "compression");
                });
    }

    /// The usual three lines that count what a client asks in a time.
    void limits(Front front) {
        Optional<Line> table = front.proxy().own("stick-table").stream().findFirst();
        for (Line line : front.proxy().section().lines()) {
            String text = meaning(front, line);
            boolean refuses = line.word(1).matches("deny|tarpit|connection|content");
            Matcher rate = RATE.matcher(table.map(Line::text).orElse(""));
            Matcher more = MORE.matcher(text);
            Matcher connections = CONNECTIONS.matcher(text);
            if (refuses && rate.matches() && more.matches()) {
                requests(front, line, table.orElseThrow(), rate.group(1), more.group(2));
            } else if (refuses && connections.matches()) {
                draft.root()
                        .map("limits")
                        .map("per_client")
                        .set("connections", connections.group(2))
                        .from(line);
                told(front, line, "limits.per_client.connections");
                table.ifPresent(
                        one -> draft.ledger().carried(one, "limits.per_client.connections"));
            }
        }
    }

    /// A rule with what its names mean.
    private static String meaning(Front front, Line line) {
        List<String> all = new ArrayList<>(line.words());
        front.conditions().namedBy(line).forEach(acl -> all.addAll(acl.words()));
        return String.join(" ", all);
    }

    private void requests(Front front, Line line, Line table, String in, String most) {
        Optional<Long> millis = Times.millis(in);
        if (millis.isEmpty() || millis.get() % 1000 != 0) {
            return;
        }
        draft.root()
                .map("limits")
                .map("per_client")
                .set("requests", "%s/%ds".formatted(most, millis.get() / 1000))
                .from(line, table);
        told(front, line, "limits.per_client.requests");
        draft.ledger().carried(table, "limits.per_client.requests");
        front.proxy().section().lines().stream()
                .filter(one -> one.words().stream().anyMatch(word -> word.matches("track-sc\\d")))
                .filter(one -> one.words().contains("src"))
                .forEach(one -> draft.ledger().carried(one, "limits.per_client.requests"));
    }

    private void told(Front front, Line line, String key) {
        draft.ledger().carried(line, key);
        front.conditions().namedBy(line).forEach(acl -> draft.ledger().carried(acl, key));
    }
}
