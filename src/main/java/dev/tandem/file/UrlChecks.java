package dev.tandem.file;

import dev.tandem.file.Draft.BalancerPart;
import dev.tandem.file.Draft.ServerPart;
import dev.tandem.file.PathRules.Url;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Spot;
import dev.tandem.model.Ip;
import dev.tandem.model.Ip4;
import dev.tandem.model.Server;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Checks where the URLs of existing servers lead.
///
/// A URL of a balancer would send every request in circles until the balancer runs out of
/// connections; a URL inside the site's own network can only be a mistake, because no other machine
/// is on it; and a URL that appears twice gives one machine the load of two.
final class UrlChecks {
    private final Problems problems;
    private final Draft draft;
    private final Map<Ip4, String> balancers = new HashMap<>();
    private final Map<Ip4, String> servers = new HashMap<>();
    private final Map<String, Spot> urls = new HashMap<>();

    /// Prepares the check of a draft whose addresses are all filled in.
    UrlChecks(Problems problems, Draft draft) {
        this.problems = problems;
        this.draft = draft;
        draft.vip().address().ifPresent(found -> balancers.put(found.value(), "the VIP"));
        balancers.putAll(draft.furtherVips());
        for (BalancerPart balancer : draft.balancers()) {
            balancer.lanAddress()
                    .ifPresent(found -> balancers.putIfAbsent(found.value(), balancer.path()));
        }
        if (draft.machines().isGiven()) {
            draft.servers()
                    .forEach(server ->
                            server.address()
                                    .ifPresent(at -> servers.put(at.value(), server.path())));
        }
    }

    void check() {
        for (ServerPart server : draft.servers()) {
            server.url()
                    .ifPresent(url -> {
                        circle(server, url);
                        inside(server, url);
                        own(server, url);
                        byAddress(server, url);
                        twice(server, url);
                    });
        }
    }

    private void circle(ServerPart server, Found<Url> url) {
        Optional<String> owner = Ip4.parse(url.value().host()).map(balancers::get);
        if (owner.isPresent()) {
            problems.add(
                    url.spot(),
                    server.path() + ".url: " + url.value().host() + " is " + owner.get(),
                    "requests would loop; write the web server's own address");
        }
    }

    private void inside(ServerPart server, Found<Url> url) {
        Optional<Ip4> address = Ip4.parse(url.value().host());
        boolean isInside =
                address.isPresent()
                        && draft.network()
                                .subnet()
                                .filter(subnet -> subnet.value().contains(address.get()))
                                // The first address is this host, where a web server may well run.
                                .filter(subnet -> !subnet.value().gateway().equals(address.get()))
                                .isPresent();
        if (isInside) {
            problems.add(
                    url.spot(),
                    "%s.url: %s lies in network.subnet, where only this site's containers belong"
                            .formatted(server.path(), url.value().host()),
                    "write another address, or choose another network.subnet");
        }
    }

    /// On the LAN, a web server of the site's own could be named by its address, too.
    private void own(ServerPart server, Found<Url> url) {
        Ip4.parse(url.value().host())
                .map(servers::get)
                .ifPresent(owner ->
                        problems.add(
                                url.spot(),
                                "%s.url: %s is %s, which is there already"
                                        .formatted(server.path(), url.value().host(), owner),
                                "remove " + server.path()));
    }

    /// HAProxy compares names only: a certificate that is issued for an address never matches.
    private void byAddress(ServerPart server, Found<Url> url) {
        if (url.value().scheme() == Server.Scheme.HTTPS
                && Ip.ofHost(url.value().host()).isPresent()
                && !isNamed(server)) {
            problems.add(
                    url.spot(),
                    server.path() + ".url: HAProxy cannot verify a certificate against an address",
                    "add 'tls_name' with the hostname in the certificate of the web server, or"
                            + " write that into the URL");
        }
    }

    private static boolean isNamed(ServerPart server) {
        return server instanceof Draft.ExistingPart there
                && (there.tlsName().isPresent()
                        || there.verify().equals(Optional.of(Server.Verify.NONE)));
    }

    private void twice(ServerPart server, Found<Url> url) {
        String place = url.value().host() + ":" + url.value().port();
        Spot before = urls.putIfAbsent(place, url.spot());
        if (before != null) {
            problems.add(
                    url.spot(),
                    server.path() + ".url: " + place + " is taken on line " + before.line(),
                    "every server has an address and port of its own");
        }
    }
}
