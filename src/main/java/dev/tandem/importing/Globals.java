package dev.tandem.importing;

import dev.tandem.importing.Section.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Carries what holds for the whole of haproxy.cfg: where the log goes, sizes of buffers, name
/// servers.
final class Globals {
    private static final Pattern SYSLOG =
            Pattern.compile("(?:udp@|ipv4@)?(\\d+\\.\\d+\\.\\d+\\.\\d+)(?::(\\d{1,5}))?");
    private static final Pattern NAMESERVER =
            Pattern.compile("(?:udp@|tcp@)?(\\d+\\.\\d+\\.\\d+\\.\\d+)(?::(\\d{1,5}))?");
    private static final String SYSLOG_PORT = "514";
    private static final String DNS_PORT = "53";
    private static final int KILO = 1024;
    private static final int USUAL = 16 * KILO;

    private final ImportDraft draft;

    Globals(ImportDraft draft) {
        this.draft = draft;
    }

    void carry(Cfg cfg) {
        cfg.all(Kind.GLOBAL)
                .forEach(global -> {
                    draft.ledger().covered(global.header(), "rendered for each balancer");
                    global.all("tune.bufsize").forEach(this::headers);
                    global.lines().forEach(this::raw);
                });
        List<Line> logs = new ArrayList<>();
        cfg.sections().forEach(section -> logs.addAll(section.all("log")));
        syslog(logs);
        cfg.all(Kind.RESOLVERS).forEach(section -> nameservers(section, cfg));
    }

    /// What tunes, for who has measured.
    private void raw(Line line) {
        boolean tunes =
                line.word(0).startsWith("tune.")
                        && !line.word(0)
                                .matches("tune\\.(bufsize|maxrewrite|ssl\\.default-dh-param)");
        boolean strict =
                line.begins("ssl-default-bind-options")
                        && String.join(" ", line.words()).contains("ssl-min-ver TLSv1.3");
        if (tunes || strict) {
            draft.raw().add(line, List.of(), "global", List.of("global"));
        }
    }

    private void headers(Line line) {
        if (!line.word(1).matches("\\d{1,7}")) {
            return;
        }
        int size = Integer.parseInt(line.word(1));
        if (size > USUAL) {
            int kilo = (size + KILO - 1) / KILO;
            draft.root().map("listen").text("header_size", kilo + "k").from(line);
            draft.ledger().carried(line, "listen.header_size");
        } else {
            draft.ledger().covered(line, "listen.header_size is 16k");
        }
    }

    /// A log that stays on the machine is what `tandem logs` shows.
    private void syslog(List<Line> logs) {
        Set<String> targets = new LinkedHashSet<>();
        List<Line> from = new ArrayList<>();
        for (Line line : logs) {
            Matcher target = SYSLOG.matcher(line.word(1));
            if (!target.matches() || target.group(1).startsWith("127.")) {
                boolean local =
                        line.word(1).matches("global|/.*|stdout|stderr|127\\..*|localhost.*|fd@.*");
                if (local) {
                    draft.ledger().covered(line, "'tandem logs' shows it");
                } else {
                    draft.ledger().listed(line, "syslog goes to an IPv4 address");
                }
                continue;
            }
            String port = target.group(2) == null ? SYSLOG_PORT : target.group(2);
            targets.add(target.group(1) + (port.equals(SYSLOG_PORT) ? "" : ":" + port));
            from.add(line);
            draft.ledger().carried(line, "syslog");
        }
        if (!targets.isEmpty()) {
            draft.root().set("syslog", Yaml.list(List.copyOf(targets))).from(from);
        }
    }

    private void nameservers(Section section, Cfg cfg) {
        Set<String> servers = new LinkedHashSet<>();
        List<Line> from = new ArrayList<>();
        for (Line line : section.all("nameserver")) {
            Matcher address = NAMESERVER.matcher(line.word(2));
            if (!address.matches() || address.group(1).startsWith("127.")) {
                draft.ledger()
                        .listed(
                                line,
                                "it is not there from a balancer's container; backend.nameservers"
                                        + " names others");
                continue;
            }
            String port = address.group(2) == null ? DNS_PORT : address.group(2);
            servers.add(address.group(1) + (port.equals(DNS_PORT) ? "" : ":" + port));
            from.add(line);
        }
        draft.ledger().covered(section.header(), "names are looked up again all the time");
        boolean used =
                cfg.sections().stream()
                        .flatMap(one -> one.lines().stream())
                        .anyMatch(line -> line.words().contains("resolvers"));
        for (Line line : from) {
            draft.ledger().carried(line, "backend.nameservers");
        }
        if (!servers.isEmpty() && used) {
            draft.root()
                    .map("backend")
                    .set("nameservers", Yaml.list(List.copyOf(servers)))
                    .from(from);
        }
    }
}
