package dev.tandem.render;

import dev.tandem.model.Backend;
import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.LanInterface;
import dev.tandem.model.Listen;
import dev.tandem.model.Network;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Subnet;
import dev.tandem.model.Tls;
import dev.tandem.model.Vip;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A site that a site file could describe, the same for the same seed.
///
/// @param seed to reproduce it
/// @param site the site
/// @param setting where it is rendered
record GeneratedSite(long seed, Site site, Setting setting) {
    private static final List<String> NAMES =
            List.of(
                    "web-a",
                    "web-b",
                    "haproxy-a",
                    "n1",
                    "a",
                    "0",
                    "1x",
                    "front-end",
                    "b-2-c",
                    "x-y",
                    "long-name-of-twenty-letters-30",
                    "z9",
                    "q",
                    "db",
                    "cache",
                    "edge-1",
                    "edge-2",
                    "u-v-w",
                    "k8",
                    "m");
    private static final List<String> SITES = List.of("tandem", "shop", "a-b", "t1", "very-long");

    static GeneratedSite of(long seed) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        Subnet lan = Subnet.of("10." + random.nextInt(100) + ".0.0/16");
        Subnet inner = Subnet.of("172." + (16 + random.nextInt(16)) + ".3.0/24");
        int count = 1 + random.nextInt(8);
        Ip4 vip = lan.base().plus(5 + random.nextInt(1000));
        List<Balancer> balancers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = letterFirst(names.get(i));
            balancers.add(new Balancer(name, name, inner.base().plus(100 + i), vip.plus(i + 1)));
        }
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(10); i++) {
            servers.add(server(random, names.get(count + i), inner.base().plus(2 + i)));
        }
        Site site =
                new Site(
                        pick(random, SITES),
                        new Vip(
                                vip,
                                lan,
                                new LanInterface.Auto(),
                                Optional.empty(),
                                1 + random.nextInt(255)),
                        new Network("vtnet", inner),
                        balancers,
                        new Listen(80, 443, 8404),
                        backend(random),
                        servers,
                        new Tls(List.of(), Optional.empty()));
        return new GeneratedSite(seed, site, RenderCase.setting(lan(random, lan)));
    }

    private static Backend backend(Random random) {
        return new Backend(
                pick(random, List.of(Backend.Balance.values())),
                random.nextInt(11),
                "/",
                List.of(),
                random.nextInt(101),
                pick(random, List.of(Backend.OutlierDetection.values())),
                pick(random, List.of(Backend.HttpReuse.values())));
    }

    private static Server server(Random random, String name, Ip4 address) {
        return switch (random.nextInt(6)) {
            case 0 ->
                    new Server.Existing(
                            name, Server.Scheme.HTTP, "192.0.2.7", 8080, Optional.empty());
            case 1 ->
                    new Server.Existing(
                            name,
                            Server.Scheme.HTTPS,
                            name + ".example.org",
                            443,
                            random.nextBoolean() ? Optional.of("./ca.pem") : Optional.empty());
            case 2 -> new Server.Own(name, address, Optional.of("./pages of " + name));
            case 3 -> new Server.Own(name, address, Optional.of("/srv/" + name));
            default -> new Server.Own(name, address, Optional.empty());
        };
    }

    private static Lan lan(Random random, Subnet subnet) {
        return switch (random.nextInt(3)) {
            case 0 -> new Lan.Macvlan("eth1", Optional.of(subnet.gateway()), Optional.empty());
            case 1 ->
                    new Lan.Macvlan("ens33", Optional.empty(), Optional.of(subnet.base().plus(2)));
            default -> new Lan.Bridge();
        };
    }

    private static String letterFirst(String name) {
        return Character.isLetter(name.charAt(0)) ? name : "b" + name;
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
