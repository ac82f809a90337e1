package dev.tandem.drill;

import dev.tandem.model.Backend;
import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.LanInterface;
import dev.tandem.model.Listen;
import dev.tandem.model.Network;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Subnet;
import dev.tandem.model.Tls;
import dev.tandem.model.Vip;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Sites for predictions: so many balancers, web servers and retries.
final class SampleSite {
    private SampleSite() {}

    /// Two balancers, two web servers, two retries.
    static Site customer() {
        return of(2, 2, 2);
    }

    static Site of(int balancers, int servers, int retries) {
        return new Site(
                "tandem",
                new Vip(
                        Ip4.of("192.168.0.150"),
                        Subnet.of("192.168.0.0/24"),
                        new LanInterface.Auto(),
                        Optional.empty(),
                        150),
                new Network("vtnet", Subnet.of("172.20.0.0/24")),
                IntStream.range(0, balancers).mapToObj(SampleSite::balancer).toList(),
                new Listen(80, 443, 8404),
                new Backend(Backend.Balance.ROUNDROBIN, retries, "/"),
                IntStream.range(0, servers).mapToObj(SampleSite::server).toList(),
                new Tls(List.of(), Optional.empty()));
    }

    private static Balancer balancer(int place) {
        String name = "lb-" + place;
        return new Balancer(
                name, name, Ip4.of("172.20.0.50").plus(place), Ip4.of("192.168.0.151").plus(place));
    }

    private static Server server(int place) {
        Ip4 address = Ip4.of("172.20.0.2").plus(place);
        return new Server.Own("web-" + place, address, Optional.empty());
    }
}
