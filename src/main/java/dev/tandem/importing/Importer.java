package dev.tandem.importing;

import dev.tandem.file.Surroundings;
import dev.tandem.importing.Front.Role;
import dev.tandem.importing.Told.Verdict;
import dev.tandem.importing.Yaml.Written;
import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Imports a pair: the entry point of this package.
///
/// 1. Each part of the input is carried to a key, or to lines of HAProxy's own; each says in the
///    {@link Fates} what has become of a line.
/// 2. The {@link Known} tells of the rest what Tandem does by itself; what nobody knows is listed.
/// 3. The text is read as a site file is. What that refuses is taken out and listed with its
///    reason, until nothing is refused: so the result is valid, whatever came in.
public final class Importer {
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /// The order of keys in a site file.
    private static final List<String> ORDER =
            List.of(
                    "site",
                    "vip",
                    "network",
                    "balancers",
                    "listen",
                    "tls",
                    "redirect_http",
                    "backend",
                    "servers",
                    "pools",
                    "routes",
                    "services",
                    "headers",
                    "compression",
                    "syslog",
                    "timing",
                    "limits",
                    "haproxy");

    private final String schema;
    private final Surroundings surroundings;

    /// @param schema where an editor finds the schema of site files
    /// @param surroundings the files that the configuration names, such as certificates
    public Importer(String schema, Surroundings surroundings) {
        this.schema = schema;
        this.surroundings = surroundings;
    }

    /// Imports a pair.
    ///
    /// @param haproxy the text of its haproxy.cfg
    /// @param keepalived the text of its keepalived.conf, if there is one
    public Imported read(String haproxy, Optional<String> keepalived) {
        Fates ledger = new Fates();
        List<Line> lines = lines(haproxy);
        List<Line> vrrp = keepalived.map(Keepalived::lines).orElse(List.of());
        ledger.enter(lines);
        ledger.enter(vrrp);
        Cfg cfg = Cfg.read(lines);
        ImportDraft draft = ImportDraft.of(ledger, cfg);
        new Keepalived(draft).carry(vrrp);
        List<Front> fronts = carry(cfg, draft);
        ground(draft, fronts, haproxy + keepalived.orElse(""));
        new Known(ledger).explain(cfg);
        List<Written> written = new Repair(draft, surroundings).valid(ORDER);
        return new Imported(text(written, ledger.told()), ledger.told());
    }

    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            SourcePlace at = new SourcePlace(SourcePlace.File.HAPROXY, lines.size() + 1);
            lines.add(new Line(at, line.strip(), today(ImportWords.of(line))));
        }
        return lines;
    }

    /// Words of HAProxy 1, as they are said today.
    private static List<String> today(List<String> words) {
        List<String> said =
                switch (words.isEmpty() ? "" : words.getFirst()) {
                    case "contimeout" -> List.of("timeout", "connect");
                    case "clitimeout" -> List.of("timeout", "client");
                    case "srvtimeout" -> List.of("timeout", "server");
                    case "redispatch" -> List.of("option", "redispatch");
                    default -> List.of();
                };
        return said.isEmpty()
                ? words
                : Stream.concat(said.stream(), words.stream().skip(1)).toList();
    }

    private static List<Front> carry(Cfg cfg, ImportDraft draft) {
        List<Front> fronts =
                draft.proxies().stream()
                        .filter(one -> one.section().hasClients())
                        .map(one -> Front.of(one, draft))
                        .filter(one -> !one.binds().isEmpty())
                        .toList();
        new Globals(draft).carry(cfg);
        Behaviour behaviour = new Behaviour(draft);
        fronts.stream().filter(one -> one.role() == Role.DOOR).forEach(behaviour::limits);
        Doors doors = new Doors(draft, fronts);
        doors.write();
        Services services = new Services(draft);
        List<Front> tcp = fronts.stream().filter(one -> one.role() == Role.SERVICE).toList();
        Binds listening = new Binds(draft, base(cfg));
        tcp.forEach(front -> {
            services.write(front);
            listening.options(front);
        });
        doors.others()
                .forEach(front -> {
                    services.handOn(front);
                    listening.options(front);
                });
        List<Front> pages = fronts.stream().filter(one -> one.role() == Role.STATISTICS).toList();
        listening.ipv6(fronts);
        listening.write(
                doors.doors(),
                pages,
                Binds.all(Stream.concat(tcp.stream(), doors.others().stream())));
        Optional<Proxy> web =
                doors.pools().entrySet().stream()
                        .filter(one -> one.getValue().equals(Pools.WEB))
                        .map(one -> draft.backend(one.getKey()))
                        .flatMap(Optional::stream)
                        .findFirst();
        behaviour.doors(doors.doors(), web);
        return fronts;
    }

    /// Where certificates with a relative name lie.
    private static String base(Cfg cfg) {
        return cfg.all(Section.Kind.GLOBAL).stream()
                .flatMap(global -> global.all("crt-base").stream())
                .map(line -> line.word(1))
                .findFirst()
                .orElse("");
    }

    /// What every site file needs, whatever came in.
    private static void ground(ImportDraft draft, List<Front> fronts, String all) {
        YamlPart vip = draft.root().map("vip");
        if (vip.child("address").isEmpty()) {
            Optional<BindLine> bound =
                    fronts.stream()
                            .flatMap(front -> front.binds().stream())
                            .filter(bind -> bind.hosts().stream().anyMatch(Importer::isAddress))
                            .findFirst();
            bound.ifPresent(bind ->
                    vip.text(
                                    "address",
                                    bind.hosts().stream()
                                            .filter(Importer::isAddress)
                                            .sorted()
                                            .findFirst()
                                            .orElseThrow())
                            .from(bind.line())
                            .remark(bind.line().at().toString()));
        }
        YamlPart balancers = draft.root().map("balancers");
        for (String name : List.of("haproxy-a", "haproxy-b")) {
            balancers.add(new YamlPart(draft.names().node(name, ""), YamlPart.Form.VALUE, ""));
        }
        List<Ip4> addresses =
                ADDRESS.matcher(all)
                        .results()
                        .map(found -> Ip4.parse(found.group()))
                        .flatMap(Optional::stream)
                        .toList();
        Optional<Ip4> address = vip.child("address").flatMap(node -> Ip4.parse(node.value()));
        network(draft, addresses, address);
    }

    private static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches() && !host.startsWith("127.");
    }

    /// A network of the site's own, where nothing of this configuration is.
    private static void network(ImportDraft draft, List<Ip4> addresses, Optional<Ip4> vip) {
        List<String> candidates =
                List.of("172.20.0.0/24", "172.29.0.0/24", "10.213.0.0/24", "192.168.213.0/24");
        candidates.stream()
                .filter(text ->
                        Stream.concat(addresses.stream(), vip.stream())
                                .noneMatch(Subnet.of(text)::contains))
                .findFirst()
                .filter(text -> !text.equals(candidates.getFirst()))
                .ifPresent(text ->
                        draft.root()
                                .map("network")
                                .text("subnet", text)
                                .remark("the usual one has servers of yours"));
    }

    private String text(List<Written> written, List<Told> told) {
        Imported counted = new Imported("", told);
        String head =
                """
                # yaml-language-server: $schema=%s
                # Written by `tandem import`. Of %d lines that say something, %d are keys here, %d stay HAProxy's
                # own lines, %d Tandem does by itself, and %d need%s your eye%s
                """
                        .formatted(
                                schema,
                                told.size(),
                                counted.count(Verdict.CARRIED),
                                counted.count(Verdict.RAW),
                                counted.count(Verdict.COVERED),
                                counted.count(Verdict.LISTED),
                                counted.count(Verdict.LISTED) == 1 ? "s" : "",
                                counted.count(Verdict.LISTED) == 0 ? "." : ":");
        String listed =
                Listing.of(told).stream()
                        .map(line -> "#   " + line + "\n")
                        .collect(Collectors.joining());
        String body = written.stream().map(one -> one.text() + "\n").collect(Collectors.joining());
        return head + listed + "\n" + body;
    }
}
