package dev.tandem.cli;

import dev.tandem.health.BalancerView;
import dev.tandem.health.ContainerView;
import dev.tandem.health.Health;
import dev.tandem.health.Picture;
import dev.tandem.health.ServerView;
import dev.tandem.health.ServiceView;
import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Listen;
import dev.tandem.model.Machine;
import dev.tandem.model.Renewal;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.TcpService;
import dev.tandem.observe.MachineHeard;
import dev.tandem.render.Layout;
import dev.tandem.text.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A status in human-readable form. The same tables end an `up`.
final class StatusText {
    private final Picture picture;
    private final Site site;

    private StatusText(Picture picture) {
        this.picture = picture;
        this.site = picture.site();
    }

    /// The whole text: head, tables, verdict.
    static String of(Health health, RunImages images) {
        return of(health, images, Renewal.NONE);
    }

    /// The same, with how it stands with the certificate of a CA.
    static String of(Health health, RunImages images, Renewal renewal) {
        String text =
                new StatusText(health.picture()).tables()
                        + images.table()
                        + certificate(health.picture().site(), renewal)
                        + "\n\n"
                        + verdict(health);
        return Warnings.unverified(health.picture().site()).stream()
                .map(line -> "\nwarning:   " + line)
                .reduce(text, String::concat);
    }

    /// The tables and the addresses to open.
    ///
    /// @param tls the directory of the site's certificates
    static String ofUp(Picture picture, Path tls) {
        StatusText text = new StatusText(picture);
        return text.tables() + "\n\n" + text.addresses(tls.resolve(Layout.Tls.AUTHORITY));
    }

    private static String certificate(Site site, Renewal renewal) {
        return site.tls()
                .acme()
                .map(acme -> RenewalWords.ofStatus(acme, renewal))
                .map(lines -> "\n\ncertificate: " + String.join("\n             ", lines))
                .orElse("");
    }

    private String tables() {
        List<String> tables = new ArrayList<>(List.of(head()));
        if (site.hasMachines()) {
            tables.add(machines());
        }
        tables.add(balancers());
        if (site.hasWebServers()) {
            tables.add(servers());
        }
        if (!picture.services().isEmpty()) {
            tables.add(services());
        }
        return String.join("\n\n", tables);
    }

    private static String parents(Lan.Machines lan) {
        return lan.each().entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue().parent())
                .collect(Collectors.joining(", "));
    }

    private boolean isThere() {
        return picture.balancers().stream()
                .anyMatch(view -> view.container() instanceof ContainerView.There);
    }

    private String head() {
        String lan =
                picture.lan()
                        .map(l ->
                                switch (l) {
                                    case Lan.Bridge() -> "a bridge of this host";
                                    case Lan.Macvlan m -> "macvlan on " + m.parent();
                                    case Lan.Machines m -> "macvlan on " + parents(m);
                                })
                        .orElse(isThere() ? "not known from here" : "not built");
        String title = "site " + site.name() + "    ";
        String vips =
                Stream.concat(Stream.of(site.vip().address()), site.vip().more().stream())
                        .map(Ip4::toString)
                        .collect(Collectors.joining(", "));
        String margin = "\n" + " ".repeat(title.length());
        return "%sVIP %s %s held by %s%s%sLAN %s: %s"
                .formatted(
                        title,
                        vips,
                        site.vip().more().isEmpty() ? "is" : "are",
                        holders(picture.holders()),
                        picture.own().stream()
                                .map(one -> margin + own(one))
                                .collect(Collectors.joining()),
                        margin,
                        site.vip().subnet(),
                        lan);
    }

    private static String own(Picture.OwnVip vip) {
        return "VIP %s is held by %s; first at %s"
                .formatted(vip.address(), holders(vip.holders()), vip.first());
    }

    private static String holders(Optional<List<String>> holders) {
        return holders.map(all -> all.isEmpty() ? "nobody" : String.join(" and ", all))
                .orElse("(unknown)");
    }

    private String machines() {
        Table table = new Table("MACHINE", "REACHED BY", "ENGINE");
        for (Machine machine : site.machines()) {
            MachineHeard seen = picture.placement().machines().get(machine.name());
            table.row(
                    machine.name(),
                    machine.reach().toString(),
                    switch (seen) {
                        case MachineHeard.Answered _ -> "answers";
                        case MachineHeard.Silent silent -> "SILENT: " + silent.seen();
                        case null -> "not asked";
                    });
        }
        return table.toString();
    }

    /// Over machines a balancer has one address.
    private String balancersOverMachines() {
        Table table = new Table("BALANCER", "MACHINE", "VRRP", "HAPROXY", "ADDRESS", "CONTAINER");
        for (BalancerView view : picture.balancers()) {
            table.row(
                    view.balancer().name(),
                    machine(view.balancer().name()),
                    role(view),
                    haproxy(view),
                    view.balancer().address().toString(),
                    view.container().state());
        }
        return table.toString();
    }

    private String machine(String node) {
        return site.places().getOrDefault(node, "");
    }

    private String balancers() {
        if (site.hasMachines()) {
            return balancersOverMachines();
        }
        Table table = new Table("BALANCER", "VRRP", "HAPROXY", "ADDRESS", "LAN", "CONTAINER");
        for (BalancerView view : picture.balancers()) {
            table.row(
                    view.balancer().name(),
                    role(view),
                    haproxy(view),
                    view.balancer().address().toString(),
                    view.balancer().lanAddress().toString(),
                    view.container().state());
        }
        return table.toString();
    }

    /// Its role, and its duty if that is not the usual one.
    private static String role(BalancerView view) {
        String role = view.role().name();
        return view instanceof BalancerView.Answering answering
                ? answering.unusualDuty().map(duty -> role + " " + duty.word()).orElse(role)
                : role;
    }

    private static String haproxy(BalancerView view) {
        return switch (view) {
            case BalancerView.Answering answering -> answering.serving() ? "serves" : "down";
            case BalancerView.Silent silent -> silent.reason().orElse("unknown");
        };
    }

    private String servers() {
        List<String> headings = new ArrayList<>(List.of("WEB SERVER"));
        if (site.hasPools()) {
            headings.add("POOL");
        }
        if (site.hasMachines()) {
            headings.add("MACHINE");
        }
        site.balancers().forEach(balancer -> headings.add("BY " + balancer.name()));
        headings.addAll(List.of("ADDRESS", "CONTAINER"));
        Table table = new Table(headings.toArray(String[]::new));
        for (ServerView view : picture.servers()) {
            List<String> cells = new ArrayList<>(List.of(view.server().name()));
            if (site.hasPools()) {
                cells.add(site.poolOf(view.server().name()).orElse(""));
            }
            if (site.hasMachines()) {
                cells.add(machine(view.server().name()));
            }
            view.seenBy().forEach(seenBy -> cells.add(seenBy.words()));
            cells.add(
                    switch (view.server()) {
                        case Server.Own own -> own.address().toString();
                        case Server.Existing there -> there.host() + ":" + there.port();
                    });
            cells.add(view.container().map(ContainerView::state).orElse("not ours"));
            table.row(cells);
        }
        return table.toString();
    }

    private String services() {
        List<String> headings = new ArrayList<>(List.of("SERVER"));
        site.balancers().forEach(balancer -> headings.add("BY " + balancer.name()));
        headings.addAll(List.of("ADDRESS", "SERVICE"));
        Table table = new Table(headings.toArray(String[]::new));
        for (ServiceView view : picture.services()) {
            String service = view.service().name() + ", port " + view.service().listen();
            for (ServiceView.OfServer server : view.servers()) {
                List<String> cells = new ArrayList<>(List.of(server.server().name()));
                server.seenBy().forEach(seenBy -> cells.add(seenBy.words()));
                cells.add(server.server().url().place());
                cells.add(server.server().share().backup() ? service + ", backup" : service);
                table.row(cells);
            }
        }
        return table.toString();
    }

    private String addresses(Path ca) {
        if (!site.hasWebServers()) {
            return addressesOfServices();
        }
        Listen listen = site.listen();
        String vip = site.vip().address().toString();
        String https = url("https", vip, listen.https());
        Table table = new Table("OPEN", url("http", vip, listen.http()), "the VIP");
        boolean ownCa = !site.tls().isForeign();
        table.row("", https, ownCa ? "the VIP, with a certificate of this site's CA" : "the VIP");
        for (Balancer balancer : site.balancers()) {
            String address = balancer.address().toString();
            table.row("", url("http", address, listen.http()), balancer.name() + ", directly");
            table.row("", url("http", address, listen.health()), "its health page");
        }
        for (TcpService service : site.tcpServices()) {
            table.row("", vip + ":" + service.listen(), service.name());
        }
        String command = "\n\ncurl --cacert " + quoted(ca) + " " + https;
        return table + (ownCa ? command : "");
    }

    private String addressesOfServices() {
        List<TcpService> services = site.tcpServices();
        String vip = site.vip().address().toString();
        TcpService first = services.getFirst();
        Table table = new Table("OPEN", vip + ":" + first.listen(), first.name());
        services.stream()
                .skip(1)
                .forEach(one -> table.row("", vip + ":" + one.listen(), one.name()));
        for (Balancer balancer : site.balancers()) {
            String page = url("http", balancer.address().toString(), site.listen().health());
            table.row("", page, "the health page of " + balancer.name());
        }
        return table.toString();
    }

    /// As it can be pasted into a shell.
    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static String url(String scheme, String host, int port) {
        boolean usual = scheme.equals("http") ? port == 80 : port == 443;
        return scheme + "://" + host + (usual ? "" : ":" + port) + "/";
    }

    private static String verdict(Health health) {
        if (health.picture().absent()) {
            return "Nothing of this site runs here. Bring it up with: tandem up";
        }
        if (health.good()) {
            return "All is well: every node serves, and runs what tandem.yaml asks for.";
        }
        List<String> lines = new ArrayList<>();
        health.lacks().forEach(lack -> lines.add("not well:  " + lack.sentence()));
        health.drift().forEach(drift -> lines.add("drift:     " + drift.sentence()));
        return lines.stream().collect(Collectors.joining("\n"));
    }
}
