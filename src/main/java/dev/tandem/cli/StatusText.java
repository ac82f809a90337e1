package dev.tandem.cli;

import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Lan;
import dev.tandem.model.Listen;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.ServerSeen;
import dev.tandem.render.Layout;
import dev.tandem.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// A status as a person reads it. The same tables end an `up`.
final class StatusText {
    private final Status status;
    private final Site site;

    private StatusText(Status status) {
        this.status = status;
        this.site = status.target().site();
    }

    /// All of it: head, tables, verdict.
    static String of(Status status) {
        StatusText text = new StatusText(status);
        return String.join("\n\n", text.head(), text.balancers(), text.servers(), text.verdict());
    }

    /// The tables and the addresses to open.
    static String ofUp(Status status) {
        StatusText text = new StatusText(status);
        return String.join("\n\n", text.head(), text.balancers(), text.servers(), text.addresses());
    }

    private String head() {
        SortedSet<String> holders = status.snapshot().vipHolders();
        String holder = holders.isEmpty() ? "nobody" : String.join(" and ", holders);
        if (status.snapshot().answers().isEmpty()) {
            holder = "(unknown)";
        }
        String lan =
                status.lan()
                        .map(l ->
                                switch (l) {
                                    case Lan.Bridge() -> "a bridge of this host";
                                    case Lan.Macvlan m -> "macvlan on " + m.parent();
                                })
                        .orElse("not built");
        return "site %s    VIP %s is held by %s    LAN %s: %s"
                .formatted(site.name(), site.vip().address(), holder, site.vip().subnet(), lan);
    }

    private String balancers() {
        Table table = new Table("BALANCER", "VRRP", "HAPROXY", "ADDRESS", "LAN", "CONTAINER");
        for (Balancer balancer : site.balancers()) {
            BalancerSeen seen = status.snapshot().balancers().get(balancer.name());
            String vrrp =
                    status.snapshot()
                            .answer(balancer.name())
                            .map(StatusText::role)
                            .orElse("UNKNOWN");
            String haproxy =
                    switch (seen) {
                        case Answered answered -> answered.serving() ? "serves" : "down";
                        case BalancerSeen.Silent silent -> silent.reason();
                        case null -> "unknown";
                    };
            table.row(
                    balancer.name(),
                    vrrp,
                    haproxy,
                    balancer.address().toString(),
                    balancer.lanAddress().toString(),
                    container(balancer.name()));
        }
        return table.toString();
    }

    /// Its role, and its duty where that is not the usual one.
    private static String role(Answered answered) {
        String role = answered.vrrp().name();
        return answered.standing()
                .duty()
                .filter(duty -> duty != Duty.SERVE)
                .map(duty -> role + " " + duty.word())
                .orElse(role);
    }

    private String servers() {
        List<String> headings = new ArrayList<>(List.of("WEB SERVER"));
        site.balancers().forEach(balancer -> headings.add("BY " + balancer.name()));
        headings.addAll(List.of("ADDRESS", "CONTAINER"));
        Table table = new Table(headings.toArray(String[]::new));
        for (Server server : site.servers()) {
            List<String> cells = new ArrayList<>(List.of(server.name()));
            site.balancers().forEach(balancer -> cells.add(view(balancer, server)));
            switch (server) {
                case Server.Own own -> {
                    cells.add(own.address().toString());
                    cells.add(container(own.name()));
                }
                case Server.Existing there -> {
                    cells.add(there.host() + ":" + there.port());
                    cells.add("not ours");
                }
            }
            table.row(cells);
        }
        return table.toString();
    }

    /// One word when HTTP and HTTPS agree, else both.
    private String view(Balancer balancer, Server server) {
        List<String> words =
                status.snapshot().answer(balancer.name()).stream()
                        .flatMap(answered -> answered.servers().stream())
                        .filter(seen -> seen.server().equals(server.name()))
                        .map(ServerSeen::words)
                        .toList();
        if (words.isEmpty()) {
            return "unknown";
        }
        return words.stream().distinct().count() == 1
                ? words.getFirst()
                : "http " + words.getFirst() + ", https " + words.getLast();
    }

    private String container(String service) {
        return status.snapshot()
                .container(service)
                .map(c -> c.name() + " " + c.state())
                .orElse("absent");
    }

    private String addresses() {
        Listen listen = site.listen();
        String vip = site.vip().address().toString();
        String https = url("https", vip, listen.https());
        String ca = status.target().directory().tls().resolve(Layout.Tls.AUTHORITY).toString();
        Table table = new Table("OPEN", url("http", vip, listen.http()), "the VIP");
        boolean ownCa = site.tls().provided().isEmpty();
        table.row("", https, ownCa ? "curl --cacert " + ca + " " + https : "your certificate");
        for (Balancer balancer : site.balancers()) {
            String address = balancer.address().toString();
            table.row("", url("http", address, listen.http()), balancer.name() + ", directly");
            table.row("", url("http", address, listen.health()), "its health page");
        }
        return table.toString();
    }

    private static String url(String scheme, String host, int port) {
        boolean usual = scheme.equals("http") ? port == 80 : port == 443;
        return scheme + "://" + host + (usual ? "" : ":" + port) + "/";
    }

    private String verdict() {
        if (status.absent()) {
            return "Nothing of this site runs here. Bring it up with: tandem up";
        }
        if (status.good()) {
            return "All is well: every node serves, and runs what tandem.yaml asks for.";
        }
        List<String> lines = new ArrayList<>();
        status.lacks().forEach(lack -> lines.add("not well:  " + lack));
        status.drift().forEach(drift -> lines.add("drift:     " + drift));
        return lines.stream().collect(Collectors.joining("\n"));
    }
}
