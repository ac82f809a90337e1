package dev.tandem.drill;

import dev.tandem.model.Backend;
import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Return;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Vip;
import dev.tandem.prepare.Sample;
import java.util.Optional;
import java.util.stream.IntStream;

/// Sites for predictions, with a given number of balancers, web servers and retries.
public final class SampleSite {
    private SampleSite() {}

    /// Two balancers, two web servers, two retries.
    public static Site customer() {
        return of(2, 2, 2);
    }

    public static Site of(int balancers, int servers, int retries) {
        return of(balancers, servers, retries, Return.ALWAYS);
    }

    static Site of(int balancers, int servers, int retries, Return returns) {
        Site usual = Sample.site();
        Vip vip = usual.vip();
        return new Site(
                usual.name(),
                new Vip(
                        vip.address(),
                        vip.subnet(),
                        vip.lanInterface(),
                        vip.gateway(),
                        vip.routerId(),
                        returns),
                usual.network().orElseThrow(),
                IntStream.range(0, balancers).mapToObj(SampleSite::balancer).toList(),
                usual.listen(),
                new Backend(Backend.Balance.ROUNDROBIN, retries, "/"),
                IntStream.range(0, servers).mapToObj(SampleSite::server).toList(),
                usual.tls());
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
