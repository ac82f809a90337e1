package dev.tandem.file;

import dev.tandem.file.Draft.BalancerPart;
import dev.tandem.file.ServicePart.OfServer;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Ip4;
import dev.tandem.model.Listen;
import dev.tandem.model.TcpServer.Endpoint;
import dev.tandem.model.TcpService;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Checks that each TCP service has a port and a name of its own, and that none of its servers is
/// the site itself.
final class ServiceChecks {
    private final Problems problems;
    private final Draft draft;
    private final Map<Integer, String> ports = new HashMap<>();
    private final Map<Ip4, String> balancers = new HashMap<>();

    /// Prepares the check of a draft whose addresses are all filled in.
    ServiceChecks(Problems problems, Draft draft) {
        this.problems = problems;
        this.draft = draft;
        draft.listen().ifPresent(listen -> ours(listen, !draft.servers().isEmpty()));
        draft.vip().address().ifPresent(found -> balancers.put(found.value(), "the VIP"));
        balancers.putAll(draft.furtherVips());
        for (BalancerPart balancer : draft.balancers()) {
            balancer.lanAddress()
                    .ifPresent(found -> balancers.putIfAbsent(found.value(), balancer.path()));
            balancer.address()
                    .ifPresent(found -> balancers.putIfAbsent(found.value(), balancer.path()));
        }
    }

    private void ours(Listen listen, boolean isForHttp) {
        if (isForHttp) {
            ports.put(listen.http(), FrontKeys.LISTEN_HTTP.path());
            ports.put(listen.https(), FrontKeys.LISTEN_HTTPS.path());
        }
        listen.moreHttp().forEach(port -> ports.put(port, FrontKeys.LISTEN_MORE_HTTP.path()));
        listen.moreHttps().forEach(port -> ports.put(port, FrontKeys.LISTEN_MORE_HTTPS.path()));
        ports.put(listen.health(), FrontKeys.LISTEN_HEALTH.path());
        ports.put(listen.agent(), "that of a program in every balancer");
    }

    void check() {
        for (ServicePart service : draft.services()) {
            name(service);
            service.port().ifPresent(port -> port(service, port));
            Map<String, Found<Endpoint>> places = new HashMap<>();
            for (OfServer server : service.servers()) {
                server.url()
                        .ifPresent(url -> {
                            circle(server, url);
                            inside(server, url);
                            twice(server, url, places);
                        });
            }
        }
    }

    private void name(ServicePart service) {
        String name = service.name().value();
        boolean isPool =
                draft.routing().pools().stream().anyMatch(pool -> pool.name().value().equals(name));
        if (isPool || TcpService.isTaken(name)) {
            problems.add(
                    service.name().spot(),
                    service.path() + ": haproxy.cfg has another part of that name",
                    "choose another name, such as 'tcp-" + name + "'");
        }
    }

    private void port(ServicePart service, Found<Integer> port) {
        String path = service.path() + ".listen";
        String owner =
                ports.putIfAbsent(
                        port.value(), "that of %s, on line %d".formatted(path, port.spot().line()));
        if (owner != null) {
            problems.add(
                    port.spot(),
                    "%s: the port %d is %s".formatted(path, port.value(), owner),
                    owner.startsWith("listen.")
                            ? "choose another one, or another " + owner
                            : "give each service a port of its own");
        }
    }

    private void circle(OfServer server, Found<Endpoint> url) {
        Optional<String> owner = Ip4.parse(url.value().host()).map(balancers::get);
        owner.ifPresent(balancer ->
                problems.add(
                        url.spot(),
                        server.path() + ".url: " + url.value().host() + " is " + balancer,
                        "connections would loop; write the server's own address"));
    }

    private void inside(OfServer server, Found<Endpoint> url) {
        Optional<Ip4> address =
                Ip4.parse(url.value().host()).filter(ip -> !balancers.containsKey(ip));
        draft.network()
                .subnet()
                .filter(subnet -> address.filter(subnet.value()::contains).isPresent())
                // The first address is this host, where a server may well run.
                .filter(subnet -> !Optional.of(subnet.value().gateway()).equals(address))
                .ifPresent(_ ->
                        problems.add(
                                url.spot(),
                                "%s.url: %s lies in network.subnet, where only this site's"
                                                .formatted(server.path(), url.value().host())
                                        + " containers belong",
                                "write another address, or choose another network.subnet"));
    }

    /// Of two services, one may have the same servers as the other: to read, say, and to write.
    private void twice(OfServer server, Found<Endpoint> url, Map<String, Found<Endpoint>> places) {
        Found<Endpoint> before =
                places.putIfAbsent(server.group() + " " + url.value().place(), url);
        if (before != null) {
            problems.add(
                    url.spot(),
                    "%s.url: %s is taken on line %d"
                            .formatted(
                                    server.path(),
                                    Visible.text(url.value().place()),
                                    before.spot().line()),
                    "every server of a service has an address and port of its own");
        }
    }
}
